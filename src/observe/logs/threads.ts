import { Worker } from 'node:worker_threads';
import type { CountingThread, FromThread } from './counter.js';

/**
 * Threads that count lines; none where the program does not run from its built files, since threads need one of their own.
 * The one place that starts threads for logs.
 */
export function countingThreads(count: number): CountingThread[] {
  const built = /^(.*\/dist\/)(?:chunks\/)?[^/]+\.cjs$/.exec(import.meta.url)?.[1];
  if (built === undefined) return [];
  return Array.from({ length: count }, () => {
    const worker = new Worker(new URL('chunks/fit-worker.cjs', built), {
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
    });
    return {
      send: (message) => worker.postMessage(message),
      onMessage: (listener) => void worker.on('message', (message: FromThread) => listener(message)),
      onError: (listener) => void worker.on('error', listener),
      stop: () => void worker.terminate(),
    };
  });
}
