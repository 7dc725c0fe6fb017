import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import {
  type Candidate,
  type Evaluated,
  inFlightPerWorker,
  mostWorkers,
  type Planning,
} from './candidate.js';
import { allowed } from './shape.js';
import { bestWithRate, type Found } from './with-rate.js';
import { bestWithoutRate, wantedWithoutRate } from './without-rate.js';

/** The best configuration of one class, and what it was kept from. */
export interface Choice {
  readonly workerClass: WorkerClass;
  readonly best: Evaluated;
  /** With a rate: whether the objective is met; null without one. */
  readonly met: boolean | null;
  /** With a rate: the next smaller configuration, which misses the objective. */
  readonly below: Evaluated | null;
  /** Without a rate: what the class would run if nothing limited it; null where it runs just that. */
  readonly wanted: Candidate | null;
  /** What keeps the class from `wanted`, or from meeting the objective; null where nothing outside the class does. */
  readonly limitedBy: 'memory' | 'connections' | null;
}

/** null where not even one worker of the class fits. */
export function chooseFor(planning: Planning, workerClass: WorkerClass): Choice | null {
  return planning.demand.load === null
    ? chooseWithoutRate(planning, workerClass)
    : chooseWithRate(workerClass, bestWithRate(planning, workerClass));
}

function chooseWithoutRate(planning: Planning, workerClass: WorkerClass): Choice | null {
  const best = bestWithoutRate(planning, workerClass);
  if (!best) return null;
  const wanted = wantedWithoutRate(planning, workerClass);
  const short = !allowed(planning, wanted);
  return {
    workerClass,
    best: planning.evaluate(best),
    met: null,
    below: null,
    wanted: short ? wanted : null,
    limitedBy: short ? limitOf(planning, wanted) : null,
  };
}

function chooseWithRate(workerClass: WorkerClass, found: Found): Choice | null {
  const { best, met, below } = found;
  if (!best) return null;
  return { workerClass, best, met, below, wanted: null, limitedBy: null };
}

/** Whether memory or the database is what a configuration exceeds. */
export const limitOf = (planning: Planning, candidate: Candidate): 'memory' | 'connections' =>
  mostWorkers(planning.profile, inFlightPerWorker(planning, candidate)).by;
