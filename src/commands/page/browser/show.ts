import type { Shown } from './answer.js';

/** Shows an answer; where there is none, the last one stays, dimmed. */
export function showAnswer({ html, texts }: Shown): void {
  const place = document.querySelector<HTMLElement>('#answer')!;
  place.setAttribute('aria-busy', 'false');
  place.classList.toggle('stale', html === null);
  const taking = document.querySelector<HTMLElement>('#taking')!;
  taking.hidden = html === null;
  if (html === null) return;
  // The chart of the answer before stays until its own is there.
  place.replaceChildren(...nodesOf(html), ...place.querySelectorAll('section:has(> #chart)'));
  showTexts(texts);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]'))
    button.addEventListener('click', () => void copy(button));
}

/** Shows the chart of the answer that is shown, last. */
export function showChart(html: string | null): void {
  const place = document.querySelector<HTMLElement>('#answer')!;
  for (const before of place.querySelectorAll('section:has(> #chart)')) before.remove();
  if (html !== null) place.append(...nodesOf(html));
}

/** Markup as nodes. Every text in it was escaped; parsed apart from the page, nothing in it can run. */
const nodesOf = (html: string): Node[] =>
  Array.from(new DOMParser().parseFromString(html, 'text/html').body.childNodes, (node) =>
    document.importNode(node, true),
  );

function showTexts(texts: Shown['texts']): void {
  const place = document.querySelector<HTMLElement>('#texts')!;
  const open = new Set(
    Array.from(place.querySelectorAll('details[open]'), (details) => details.getAttribute('data-title')),
  );
  place.replaceChildren(
    ...texts.map(({ title, text }, n) => {
      const details = document.createElement('details');
      details.dataset.title = title;
      details.open = open.has(title) || (n === 0 && open.size === 0);
      const summary = document.createElement('summary');
      summary.textContent = title;
      const copyable = document.createElement('div');
      copyable.className = 'copyable';
      const code = document.createElement('pre');
      code.id = `text-${n}`;
      code.tabIndex = 0;
      code.textContent = text;
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.copy = code.id;
      button.textContent = 'Copy';
      button.setAttribute('aria-label', `Copy ${title}`);
      copyable.append(code, button);
      details.append(summary, copyable);
      return details;
    }),
  );
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = document.getElementById(button.dataset.copy ?? '')?.textContent ?? '';
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}
