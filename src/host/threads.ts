import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { embedded } from './embedded.js';

/** Starts a thread, which finds what it is given as its `workerData`, with as much memory as `resourceLimits` allow. */
export type StartThread = (workerData: unknown, resourceLimits?: ResourceLimits) => Worker;

/**
 * How to start threads that run a script of the built program, by its name under `dist/chunks`; null where the program
 * is not built, and its sources run instead.
 */
export function threadsOf(script: string): StartThread | null {
  const inside = embedded(`chunks/${script}`);
  if (inside !== null)
    return (workerData, resourceLimits) => new Worker(inside, { eval: true, workerData, resourceLimits });
  const file = fileURLToPath(new URL(`./chunks/${script}`, import.meta.url));
  return existsSync(file)
    ? (workerData, resourceLimits) => new Worker(file, { workerData, resourceLimits })
    : null;
}

/** Gives a thread an order, and waits for its answer; a thread answers one order at a time. */
export function askThread<Answer>(worker: Worker, order: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void): void => {
      worker.off('message', onMessage).off('error', onError);
      act();
    };
    const onMessage = (answer: Answer): void => done(() => resolve(answer));
    const onError = (error: Error): void => done(() => reject(error));
    worker.on('message', onMessage).on('error', onError);
    worker.postMessage(order);
  });
}
