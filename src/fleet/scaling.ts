import { limitRate } from '../plan/limit-rate.js';
import { requestTimesOf } from '../plan/search/demand.js';
import { targetRate } from './autoscaling.js';
import { goneOf, type Look, predictionAt } from './evaluate.js';
import type { Autoscaling } from './plan-of-fleet.js';
import type { FleetPlanning } from './question.js';

/** What a target may lose for fewer replicas in quiet hours, as a share of it. */
const MOST_GIVEN_UP = 0.15;

/** How far beyond the limit the loss of one may take the others until another serves, where no loss need be survived. */
const BRIEFLY_BEYOND = 1.25;

/**
 * Bounds and targets of an autoscaler for these replicas; null where even a hardly used one misses the objective. Held at the
 * target, every number of replicas from the least to the most survives what is to be survived.
 */
export function scalingOf(question: FleetPlanning, look: Look): Autoscaling | null {
  const minReplicas = leastReplicas(question, look.replicas);
  const gone = Math.min(goneOf(question, minReplicas), look.replicas - 1);
  // A balancer evens out few replicas less than many: the limit is that of the fewest.
  const fewest = { ...look, replicas: Math.max(1, minReplicas - Math.max(1, gone)) };
  const highest = limitRate((rate) => predictionAt(question, fewest, rate), question.profile.objective);
  if (highest === null) return null;
  const { workload } = question.profile;
  const target = heldAt(question, highest, { replicas: Math.max(minReplicas, gone + 1), gone });
  const peak = question.rates?.reduce((most, { ratePerSecond }) => Math.max(most, ratePerSecond), 0) ?? 0;
  const needed = Math.ceil(Math.max(workload.ratePerSecond!, peak) / target);
  const { cpuMs } = requestTimesOf(question.profile);
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

/** The rate of one replica at the target; of several, the loss of one takes the others not far beyond their limit. */
function heldAt(
  question: FleetPlanning,
  limitPerSecond: number,
  { replicas, gone }: { readonly replicas: number; readonly gone: number },
): number {
  const target = targetRate(limitPerSecond, { ...question, replicas, gone });
  return replicas === 1 ? target : Math.min(target, BRIEFLY_BEYOND * limitPerSecond * (1 - 1 / replicas));
}

/**
 * The fewest replicas that an autoscaler may leave. Of few replicas a loss takes a large share, for which all must be held
 * lower, at every hour: fewer than this would cost more at the peak than they save at night.
 */
function leastReplicas(question: FleetPlanning, replicas: number): number {
  if (question.survive === 0) return leastWithoutLoss(question, replicas);
  const left = (n: number): number => 1 - goneOf(question, n) / n;
  const wanted = (1 - MOST_GIVEN_UP) * left(replicas);
  let n = question.survive === 'zone' ? question.zones : question.survive + 1;
  while (n < replicas && left(n) < wanted) n++;
  return n;
}

/**
 * The same where the objective need not hold with one gone. Somebody must answer all the same, and keep up until another
 * serves: of several replicas at least two stay, so many that those left are not far beyond their limit.
 */
function leastWithoutLoss(question: FleetPlanning, replicas: number): number {
  if (replicas === 1) return 1;
  const target = targetRate(1, { ...question, replicas, gone: 0 });
  return Math.min(replicas, Math.max(2, Math.ceil(1 / (1 - target / BRIEFLY_BEYOND))));
}
