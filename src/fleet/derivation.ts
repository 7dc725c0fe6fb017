import { requestTimesOf } from '../plan/search/demand.js';
import type { DerivationStep } from '../plan/types.js';
import { inArithmetic } from '../text/numbers.js';
import { TOLERANCE } from './autoscaling.js';
import { mostLoad } from './evaluate.js';
import type { Fleet } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

/** How the number of replicas and the targets of the autoscaler came about, in the order in which they depend on each other. */
export function deriveFleet(question: FleetQuestion, fleet: Fleet): readonly DerivationStep[] {
  return [...load(question, fleet), ...states(question, fleet), ...autoscaling(question, fleet)];
}

function load({ profile }: FleetQuestion, { prediction }: Fleet): DerivationStep[] {
  const rate = profile.workload.ratePerSecond!;
  const { cpuMs } = requestTimesOf(profile);
  const most = mostLoad(profile);
  const { capacityPerSecond } = prediction;
  return [
    {
      quantity: 'busy cores',
      formula: 'rate × CPU time',
      substituted: `${inArithmetic(rate)}/s × ${inArithmetic(cpuMs)} ms`,
      value: (rate * cpuMs) / 1000,
      source: "Little's law",
    },
    {
      quantity: 'replicas for the load, at least',
      formula: '⌈rate / (most load × capacity of one)⌉',
      substituted: `⌈${inArithmetic(rate)} / (${inArithmetic(most)} × ${inArithmetic(capacityPerSecond)})⌉`,
      value: Math.ceil(rate / (most * capacityPerSecond)),
      source: '--max-utilization',
    },
  ];
}

function states(question: FleetQuestion, { replicas, lost, update }: Fleet): DerivationStep[] {
  const steps: DerivationStep[] = [];
  if (lost.replicas < replicas)
    steps.push({
      quantity: 'replicas left after a loss',
      formula: 'replicas − those to be survived',
      substituted: `${replicas} − ${replicas - lost.replicas}`,
      value: lost.replicas,
      source: `--survive ${question.survive}`,
    });
  steps.push({
    quantity: 'replicas that serve during an update, at least',
    formula: 'replicas − ⌊unavailable⌋',
    substituted: `${replicas} − ${update.unavailable}`,
    value: replicas - update.unavailable,
    source: 'kubernetes.io, Deployments: max unavailable is rounded down, max surge up',
  });
  return steps;
}

function autoscaling(question: FleetQuestion, fleet: Fleet): DerivationStep[] {
  const { autoscaling: targets, shape } = fleet;
  if (!targets) return [];
  const { profile, growthPerMinute, reactionMs } = question;
  const { cpuMs } = requestTimesOf(profile);
  const { limitRate, targetRate, cpuTargetPercent } = targets;
  const grown = 1 + (growthPerMinute * reactionMs) / 60_000;
  const left = (targetRate * grown * (1 + TOLERANCE)) / limitRate;
  return [
    {
      quantity: 'requests per second of one replica, at the target',
      formula:
        "rate at which the objective ends × left of the least replicas after a loss / (growth until a replica serves × the autoscaler's tolerance)",
      substituted: `${inArithmetic(limitRate)} × ${inArithmetic(left)} / (${inArithmetic(grown)} × ${inArithmetic(1 + TOLERANCE)})`,
      value: targetRate,
      source: 'kubernetes.io, Horizontal Pod Autoscaling: within 0.1 of the target nothing changes',
    },
    {
      quantity: 'CPU target, percent of the request',
      formula: '⌊100 × rate at the target × CPU time / cores⌋',
      substituted: `⌊100 × ${inArithmetic(targetRate)}/s × ${inArithmetic(cpuMs)} ms / ${inArithmetic(shape.cores)}⌋`,
      value: cpuTargetPercent,
      source: 'definition',
    },
  ];
}
