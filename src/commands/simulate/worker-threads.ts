import type { Worker } from 'node:worker_threads';
import type { Host } from '../../host/host.js';
import { askThread, type StartThread, threadsOf } from '../../host/threads.js';
import type { Runner } from '../../simulation/engine/drive.js';
import type { Ran, Round } from '../../simulation/run/experiment.js';
import { type Tally, type TallyData, unpackTally } from '../../simulation/run/run-totals.js';

/** What a worker thread is told: one replication of a round. */
export interface Order {
  readonly round: Omit<Round, 'numbers'>;
  readonly number: number;
}

export interface WorkerSetup {
  /** Not 0 once the run is to end. */
  readonly stop: Int32Array;
}

export interface WorkerReport {
  readonly tally: TallyData;
  readonly responses: number[] | null;
}

/** Spreads replications over `threads` worker threads; the numbers do not depend on how many there are. */
export function threadedRunner(start: StartThread, threads: number): Runner {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workers: Worker[] = [];
  const workerAt = (index: number): Worker => {
    workers[index] ??= start({ stop } satisfies WorkerSetup);
    return workers[index];
  };
  return {
    async run({ numbers, ...round }, ended): Promise<Ran> {
      const tallies = new Map<number, Tally>();
      let next = 0;
      const work = async (worker: Worker): Promise<void> => {
        while (next < numbers.length && stop[0] === 0) {
          const number = numbers[next++]!;
          const { tally: data, responses } = await askThread<WorkerReport>(worker, {
            round,
            number,
          } satisfies Order);
          const tally = unpackTally(data, responses);
          tallies.set(number, tally);
          ended(tally);
        }
      };
      const used = Math.min(threads, numbers.length);
      await Promise.all(Array.from({ length: used }, (_, index) => work(workerAt(index))));
      // In the order of their numbers, so that sums do not depend on who was first.
      const inOrder = numbers.flatMap((number) => tallies.get(number) ?? []);
      return { tallies: inOrder, interrupted: stop[0] !== 0 };
    },
    stop: () => {
      Atomics.store(stop, 0, 1);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Worker threads where the program is built; null where there is no script for them to run. */
export function builtRunner(host: Host): Runner | null {
  const start = threadsOf('simulation-worker.cjs');
  return start && threadedRunner(start, Math.max(1, host.hardwareThreads));
}
