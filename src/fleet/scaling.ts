import { lawMean } from '../math/laws/moments.js';
import { judge } from '../plan/search/judge.js';
import { targetRate } from './autoscaling.js';
import { goneOf, type Look, predictionAt } from './evaluate.js';
import type { Autoscaling } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

/** Rounds of halving: the rate is known to a thousandth of the capacity. */
const ROUNDS = 10;

/** Bounds and targets of an autoscaler for these replicas; null where even a hardly used one misses the objective. */
export function scalingOf(question: FleetQuestion, look: Look): Autoscaling | null {
  const limitRate = limitOf(question, look);
  if (limitRate === null) return null;
  const { workload } = question.profile;
  const gone = goneOf(question, look.replicas);
  const minReplicas = Math.max(question.survive === 'zone' ? question.zones : gone + 1, 1);
  const target = targetRate(limitRate, { ...question, replicas: Math.max(look.replicas, gone + 1), gone });
  const peak = question.rates?.reduce((most, { ratePerSecond }) => Math.max(most, ratePerSecond), 0) ?? 0;
  const needed = Math.ceil(Math.max(workload.ratePerSecond!, peak) / target);
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const { meanMs } = predictionAt(question, look, target);
  return {
    minReplicas,
    maxReplicas: Math.max(look.replicas, needed, minReplicas),
    cpuTargetPercent: Math.max(1, Math.floor((100 * target * cpuMs) / 1000 / look.shape.cores)),
    inFlightTarget: Number(((target * (meanMs ?? 0)) / 1000).toPrecision(3)),
    targetRate: target,
    limitRate,
  };
}

/** The highest rate of one replica at which the objective holds. */
function limitOf(question: FleetQuestion, look: Look): number | null {
  const { capacityPerSecond } = look.states!.normal.prediction;
  const objective = { ...question.profile.objective, maxUtilization: null };
  const holds = (rate: number): boolean => judge(predictionAt(question, look, rate), objective, rate).met;
  let low = 0;
  let high = capacityPerSecond;
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low > 0 ? low : null;
}
