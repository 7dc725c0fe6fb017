import { answerTo, type Shown } from './answer.js';
import { buildForm, readForm, showProblems, writeForm } from './form.js';
import { addressOf, type Typed, typedFrom } from './question.js';
import { showAnswer } from './show.js';

/** What a first visitor sees. */
const EXAMPLE: Typed = { cores: '4', mem: '1024', perWorker: '256' };
/** Typing comes in bursts: the address is written once one has ended. */
const PAUSE_MS = 400;

interface Asked {
  readonly number: number;
  readonly typed: Typed;
}

/** This same script runs in a worker too, where it only answers. */
if (typeof document === 'undefined') answerInWorker();
else start();

function answerInWorker(): void {
  addEventListener('message', ({ data }: MessageEvent<Asked>) => {
    postMessage({ number: data.number, shown: answerTo(data.typed) });
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
    worker?.addEventListener('message', ({ data }: MessageEvent<{ number: number; shown: Shown }>) => {
      busy = false;
      if (next) {
        send(next);
        next = null;
      }
      if (data.number === number || !busy) show(data.shown);
    });
    return (typed) => {
      if (!worker) show(answerTo(typed));
      else if (busy) next = typed;
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
