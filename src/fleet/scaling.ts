import { limitRate } from '../plan/limit-rate.js';
import { demandOf } from '../plan/search/demand.js';
import { targetRate } from './autoscaling.js';
import { goneOf, type Look, predictionAt } from './evaluate.js';
import type { Autoscaling } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

/** What a target may lose for fewer replicas in quiet hours, as a share of it. */
const MOST_GIVEN_UP = 0.15;

/**
 * Bounds and targets of an autoscaler for these replicas; null where even a hardly used one misses the objective. Held at the
 * target, every number of replicas from the least to the most survives what is to be survived.
 */
export function scalingOf(question: FleetQuestion, look: Look): Autoscaling | null {
  const highest = limitRate((rate) => predictionAt(question, look, rate), question.profile.objective);
  if (highest === null) return null;
  const { workload } = question.profile;
  const minReplicas = leastReplicas(question, look.replicas);
  const gone = goneOf(question, minReplicas);
  const target = targetRate(highest, { ...question, replicas: Math.max(minReplicas, gone + 1), gone });
  const peak = question.rates?.reduce((most, { ratePerSecond }) => Math.max(most, ratePerSecond), 0) ?? 0;
  const needed = Math.ceil(Math.max(workload.ratePerSecond!, peak) / target);
  const { cpuMs } = demandOf(question.profile);
  const { meanMs } = predictionAt(question, look, target);
  return {
    minReplicas,
    maxReplicas: Math.max(look.replicas, needed, minReplicas),
    cpuTargetPercent: Math.max(1, Math.floor((100 * target * cpuMs) / 1000 / look.shape.cores)),
    inFlightTarget: Number(((target * (meanMs ?? 0)) / 1000).toPrecision(3)),
    targetRate: target,
    limitRate: highest,
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
