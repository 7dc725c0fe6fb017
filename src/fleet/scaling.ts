import { lawMean } from '../math/laws/moments.js';
import { judge } from '../plan/search/judge.js';
import { targetRate } from './autoscaling.js';
import { goneOf, type Look, predictionAt } from './evaluate.js';
import type { Autoscaling } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

/** Rounds of halving: the rate is known to a thousandth of the capacity. */
const ROUNDS = 10;

/** What a target may lose for fewer replicas in quiet hours, as a share of it. */
const MOST_GIVEN_UP = 0.1;

/**
 * Bounds and targets of an autoscaler for these replicas; null where even a hardly used one misses the objective. Held at the
 * target, every number of replicas from the least to the most survives what is to be survived.
 */
export function scalingOf(question: FleetQuestion, look: Look): Autoscaling | null {
  const limitRate = limitOf(question, look);
  if (limitRate === null) return null;
  const { workload } = question.profile;
  const minReplicas = leastReplicas(question, look.replicas);
  const gone = goneOf(question, minReplicas);
  const target = targetRate(limitRate, { ...question, replicas: Math.max(minReplicas, gone + 1), gone });
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

/**
 * The fewest replicas that an autoscaler may leave. Of few replicas a loss takes a large share, for which all must be held
 * lower, at every hour: fewer than this would cost more at the peak than they save at night.
 */
function leastReplicas(question: FleetQuestion, replicas: number): number {
  const left = (n: number): number => 1 - goneOf(question, n) / n;
  const wanted = (1 - MOST_GIVEN_UP) * left(replicas);
  let n = question.survive === 'zone' ? question.zones : question.survive + 1;
  while (n < replicas && left(n) < wanted) n++;
  return n;
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
