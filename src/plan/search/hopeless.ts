import type { Prediction } from '../../model/types.js';
import { ASSUMED_OBJECTIVE } from '../../profile/objective.js';
import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import { MOST_SLOTS } from '../limits.js';
import { type Evaluated, facilityFor, type Planning, startPlanning } from './candidate.js';
import { judge } from './judge.js';
import type { Found } from './with-rate.js';
import { bestWithoutRate } from './without-rate.js';

/**
 * Why no number of workers can meet the objective: a request alone takes too long, or computes more than the cores
 * give, or there are more of them at once than any server holds.
 */
export type Hopeless =
  | { readonly because: 'request'; readonly alone: Prediction }
  | { readonly because: 'cores'; readonly busyCores: number }
  | { readonly because: 'size' };

/** A rate so low that requests never meet, relative to one request at a time. */
const ALONE = 1e-6;
/** Room for the error of a prediction: only what is clearly too slow is hopeless. */
const CLEARLY = 0.98;

/** null where some configuration may meet the objective. */
export function hopelessness({ profile, demand, predict }: Planning): Hopeless | null {
  const { objective, workload, cores } = profile;
  const alone = predict(
    facilityFor(
      { ...profile, cores: Math.max(1, cores) },
      {
        workerClass: 'sync',
        workers: 1,
        threads: 1,
        workerConnections: null,
      },
    ),
    { ...workload, ratePerSecond: (ALONE * 1000) / demand.serviceMs },
  );
  const limits = objective.limits.map((limit) => ({ ...limit, limit: limit.limit / CLEARLY }));
  if (alone.stable && !judge(alone, { ...objective, limits, maxUtilization: null }).met)
    return { because: 'request', alone };
  const busyCores = (workload.ratePerSecond! * demand.cpuMs) / 1000;
  if (busyCores >= cores * (objective.maxUtilization ?? 1) * (1 + 1e-9))
    return { because: 'cores', busyCores };
  return demand.load! >= MOST_SLOTS ? { because: 'size' } : null;
}

/** What to run all the same: as few workers as let most requests start at once, or as many as the cores can feed. */
export function bestOfHopeless(
  planning: Planning,
  hopeless: Hopeless,
  workerClass: WorkerClass,
  search: (planning: Planning, workerClass: WorkerClass) => Found,
): Found {
  const candidate =
    hopeless.because === 'request' && planning.demand.load! < MOST_SLOTS
      ? modest(planning, workerClass, search)
      : bestWithoutRate(planning, workerClass);
  return { best: candidate && planning.evaluate(candidate), met: false, below: null };
}

function modest(
  { profile, predict }: Planning,
  workerClass: WorkerClass,
  search: (planning: Planning, workerClass: WorkerClass) => Found,
): Evaluated['candidate'] | null {
  const easier = startPlanning({ ...profile, objective: ASSUMED_OBJECTIVE }, predict);
  return search(easier, workerClass).best?.candidate ?? null;
}
