import type { Prediction } from '../../model/types.js';
import { ASSUMED_OBJECTIVE } from '../../profile/objective.js';
import type { Kind } from '../../servers/server.js';
import { slotsDiscipline } from '../../servers/shapes/threaded.js';
import { MOST_SLOTS } from '../limits.js';
import { type Evaluated, type Planning, startPlanning } from './candidate.js';
import { judge, withoutCeiling } from './judge.js';
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
    {
      ...slotsDiscipline({ workers: 1, threads: 1 }, { gil: true }, { backlog: 1 }),
      cores: Math.max(1, cores),
    },
    { ...workload, ratePerSecond: (ALONE * 1000) / demand.serviceMs },
  );
  const limits = objective.limits.map((limit) => ({ ...limit, limit: limit.limit / CLEARLY }));
  if (alone.stable && !judge(alone, withoutCeiling({ ...objective, limits }), 0).met)
    return { because: 'request', alone };
  const busyCores = (workload.ratePerSecond! * demand.cpuMs) / 1000;
  if (busyCores >= cores * (objective.maxUtilization ?? 1) * (1 + 1e-9))
    return { because: 'cores', busyCores };
  return demand.load! >= MOST_SLOTS ? { because: 'size' } : null;
}

/**
 * The configuration shown when the objective cannot be met. If one request alone is too slow: what `search` finds for an
 * objective that is assumed instead; otherwise as many workers as keep the cores busy.
 */
export function bestOfHopeless(
  planning: Planning,
  hopeless: Hopeless,
  kind: Kind,
  search: (easier: Planning) => Evaluated | null,
): Evaluated | null {
  if (hopeless.because === 'request' && planning.demand.load! < MOST_SLOTS) {
    const easier = startPlanning({ ...planning.profile, objective: ASSUMED_OBJECTIVE }, planning.predict);
    const found = search(easier);
    return found && planning.evaluate(found.candidate);
  }
  const candidate = bestWithoutRate(planning, kind);
  return candidate && planning.evaluate(candidate);
}
