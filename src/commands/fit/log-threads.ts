import type { Worker } from 'node:worker_threads';
import { SourceError } from '../../host/errors.js';
import type { BytesOfFile, Host } from '../../host/host.js';
import { askThread, threadsOf } from '../../host/threads.js';
import {
  type CountedPart,
  type CountParts,
  inThisThread,
  type PlainLog,
} from '../../observe/logs/reading/count-parts.js';

/** What a thread is told once. */
export interface PartSetup {
  readonly cwd: string;
  readonly log: PlainLog;
}

/** A thread's answer; `unreadable` says in a sentence why there is no part. */
export type PartAnswer = { readonly part: CountedPart } | { readonly unreadable: string };

/** Each takes about 20 MB, so that all stay below 150 MB. */
const MOST_THREADS = 3;
/** What a line leaves behind is swept at once rather than kept for later. */
const LIMITS = { maxYoungGenerationSizeMb: 6 };

/** Reads the parts of logs in worker threads; in this one on one core, or where the program is not built. */
export function inThreads({ hardwareThreads, cwd, files }: Host): CountParts {
  const start = hardwareThreads < 2 ? null : threadsOf('log-worker.cjs');
  if (!start) return inThisThread(files);
  return async (log, parts, take) => {
    const setup: PartSetup = { cwd, log };
    const workers = Array.from({ length: Math.min(hardwareThreads, MOST_THREADS, parts.length) }, () =>
      start(setup, LIMITS),
    );
    const counted = new Map<number, CountedPart>();
    let next = 0;
    let taken = 0;
    const work = async (worker: Worker): Promise<void> => {
      while (next < parts.length) {
        const index = next++;
        counted.set(index, await partFrom(worker, parts[index]!));
        for (let part = counted.get(taken); part; part = counted.get(taken)) {
          take(part);
          counted.delete(taken++);
        }
      }
    };
    try {
      await Promise.all(workers.map(work));
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  };
}

async function partFrom(worker: Worker, place: BytesOfFile): Promise<CountedPart> {
  const answer = await askThread<PartAnswer>(worker, place);
  if ('unreadable' in answer) throw new SourceError(answer.unreadable);
  return answer.part;
}
