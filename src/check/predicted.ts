import { lawMean } from '../math/laws/moments.js';
import type { Predict, Prediction } from '../model/types.js';
import { peakInFlight } from '../plan/search/demand.js';
import { factsOf } from '../servers/gunicorn/classes.js';
import { facilityOf } from '../servers/gunicorn/discipline.js';
import type { WorkerClass } from '../servers/gunicorn/worker-class.js';
import type { Question } from './question.js';

/** A server's settings as numbers; null where not known. */
export interface Shape {
  readonly workers: number | null;
  readonly threads: number | null;
  readonly workerClass: WorkerClass | null;
  readonly workerConnections: number | null;
  readonly backlog: number | null;
  readonly timeoutMs: number | null;
  readonly cores: number | null;
}

/** Mean CPU and waiting of a request in ms; null where they were not given. */
export function timesOf({
  workload,
}: Question): { readonly cpuMs: number; readonly serviceMs: number } | null {
  if (!workload) return null;
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  return { cpuMs, serviceMs: cpuMs + lawMean(workload.io) };
}

/** Requests that one worker holds memory and connections for at once; null where it cannot be known. */
export function inFlightPerWorker(shape: Shape, question: Question): number | null {
  if (shape.workerClass === null || shape.workers === null) return null;
  const { concurrency } = factsOf(shape.workerClass);
  if (concurrency === 'one') return 1;
  if (concurrency === 'threads') return shape.threads;
  if (concurrency === 'connections') return shape.workerConnections;
  const times = timesOf(question);
  const rate = question.workload?.ratePerSecond ?? null;
  return times && rate !== null && shape.workers > 0
    ? peakInFlight((rate * times.serviceMs) / 1000, shape.workers)
    : 1;
}

/** What the server will do under the given workload; null where something of either is not known. */
export function predictionOf(shape: Shape, question: Question, predict: Predict): Prediction | null {
  const { workers, threads, workerClass, workerConnections, backlog, timeoutMs, cores } = shape;
  if (!question.workload || !workers || !threads || workerClass === null || cores === null) return null;
  return predict(
    facilityOf({
      workerClass,
      gunicorn: question.gunicorn,
      workers,
      threads: workerClass === 'gthread' ? threads : 1,
      workerConnections: workerConnections || 1,
      backlog: backlog || 1,
      cores,
      gil: question.gil,
      timeoutMs: timeoutMs ?? 0,
    }),
    question.workload,
  );
}
