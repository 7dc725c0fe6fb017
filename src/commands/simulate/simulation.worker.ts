import { parentPort, workerData } from 'node:worker_threads';
import { replicate } from '../../simulation/run/replicate.js';
import { packTally } from '../../simulation/run/run-totals.js';
import type { Order, WorkerReport, WorkerSetup } from './worker-threads.js';

/** Runs one replication after another, as told. */
const { stop } = workerData as WorkerSetup;

parentPort?.on('message', ({ round, number }: Order) => {
  const tally = replicate(
    round.experiment,
    number,
    round.length,
    round.keepResponses,
    () => Atomics.load(stop, 0) !== 0,
  );
  const report: WorkerReport = { tally: packTally(tally), responses: tally.responses };
  parentPort?.postMessage(report, [report.tally.counts.buffer as ArrayBuffer]);
});
