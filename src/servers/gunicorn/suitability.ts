import { factsOf } from './classes.js';
import { WORKER_CLASSES, type WorkerClass } from './worker-class.js';

/** What the application and its surroundings ask of a worker class. */
export interface Needs {
  readonly gunicorn: number;
  readonly websockets: boolean;
  readonly proxy: boolean;
}

export interface Unsuitable {
  readonly workerClass: WorkerClass;
  readonly reason: string;
}

/** Whether the class exists in this version of Gunicorn; the reason where it does not. */
export function missingIn(workerClass: WorkerClass, gunicorn: number): string | null {
  const { since, until } = factsOf(workerClass);
  if (gunicorn < since) return `does not exist before Gunicorn ${since}`;
  return gunicorn > until ? `was removed in Gunicorn ${until + 1}` : null;
}

/** Why a class does not suit; null where it does. An ASGI class is never unsuitable by itself: its note says what it needs. */
export function whyUnsuitable(workerClass: WorkerClass, needs: Needs): string | null {
  const missing = missingIn(workerClass, needs.gunicorn);
  if (missing) return missing;
  const facts = factsOf(workerClass);
  if (needs.websockets && !facts.websockets)
    return 'does not speak WebSockets, which need gevent, asgi or uvicorn';
  if (!needs.proxy && facts.needsProxy)
    return 'a slow client holds a worker for its whole transfer where no buffering proxy stands in front';
  return null;
}

/** All classes, split into those that suit and those that do not. */
export function sortClasses(needs: Needs): {
  readonly suitable: readonly WorkerClass[];
  readonly unsuitable: readonly Unsuitable[];
} {
  const unsuitable = WORKER_CLASSES.flatMap((workerClass) => {
    const reason = whyUnsuitable(workerClass, needs);
    return reason ? [{ workerClass, reason }] : [];
  });
  const out = new Set(unsuitable.map((u) => u.workerClass));
  return { suitable: WORKER_CLASSES.filter((c) => !out.has(c)), unsuitable };
}
