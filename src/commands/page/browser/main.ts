import { answerTo, type Shown } from './answer.js';
import { buildForm, readForm, showProblems, writeForm } from './form.js';
import { addressOf, type Typed, typedFrom } from './question.js';
import { showAnswer, showChart } from './show.js';

/** What a first visitor sees. */
const EXAMPLE: Typed = { cores: '4', mem: '1024', perWorker: '256' };
/** Typing comes in bursts: the address is written once one has ended. */
const PAUSE_MS = 400;

interface Asked {
  readonly number: number;
  readonly typed: Typed;
}

/** What the worker tells of a question: the answer, and then, where there is one, its chart. */
type Told = { readonly number: number } & ({ readonly shown: Shown } | { readonly chart: string | null });

/** This same script runs in a worker too, where it only answers. */
if (typeof document === 'undefined') answerInWorker();
else start();

/** A chart waits until nothing newer is asked. */
function answerInWorker(): void {
  let latest = 0;
  addEventListener('message', ({ data: { number, typed } }: MessageEvent<Asked>) => {
    latest = number;
    const { shown, chart } = answerTo(typed);
    postMessage({ number, shown } satisfies Told);
    if (shown.html !== null)
      setTimeout(() => {
        if (latest === number) postMessage({ number, chart: chart() } satisfies Told);
      });
  });
}

function start(): void {
  const form = document.querySelector<HTMLFormElement>('#question')!;
  const ask = asker();
  let written: ReturnType<typeof setTimeout> | undefined;
  buildForm(form);
  const load = (): void => {
    const typed = location.hash.length > 1 ? typedFrom(location.hash) : EXAMPLE;
    writeForm(form, typed);
    ask(typed);
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  // A step of the history for every input that was changed, not for every key.
  let isNew = true;
  const write = (): void => {
    clearTimeout(written);
    const address = `#${addressOf(readForm(form))}`;
    if (isNew) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    isNew = false;
  };
  form.addEventListener('input', () => {
    ask(readForm(form));
    clearTimeout(written);
    written = setTimeout(write, PAUSE_MS);
  });
  form.addEventListener('change', () => {
    write();
    isNew = true;
  });
  addEventListener('popstate', load);
  load();

  function asker(): (typed: Typed) => void {
    const worker = startWorker();
    let number = 0;
    let busy = false;
    let next: Typed | null = null;
    const show = (shown: Shown): void => {
      showProblems(form, shown.problems);
      showAnswer(shown);
    };
    const send = (typed: Typed): void => {
      number += 1;
      busy = true;
      worker!.postMessage({ number, typed } satisfies Asked);
    };
    worker?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if ('chart' in data) {
        if (data.number === number) showChart(data.chart);
        return;
      }
      busy = false;
      if (next) send(next);
      else show(data.shown);
      next = null;
    });
    return (typed) => {
      if (!worker) {
        const { shown, chart } = answerTo(typed);
        show(shown);
        if (shown.html !== null) showChart(chart());
      } else if (busy) next = typed;
      else send(typed);
    };
  }
}

/** A worker from this page's own script; null where a browser allows none, and the page answers by itself. */
function startWorker(): Worker | null {
  try {
    const script = document.currentScript?.textContent ?? '';
    return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  } catch {
    return null;
  }
}
