import { lawMean } from '../math/laws/moments.js';
import type { DerivationStep } from '../plan/types.js';
import { mostLoad } from './evaluate.js';
import type { Fleet } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

/** With enough digits for a reader to follow the arithmetic. */
const plain = (value: number): string => String(Number(value.toPrecision(7)));

/** How the number of replicas and the targets of the autoscaler came about, in the order in which they depend on each other. */
export function deriveFleet(question: FleetQuestion, fleet: Fleet): readonly DerivationStep[] {
  return [...load(question, fleet), ...states(question, fleet), ...autoscaling(question, fleet)];
}

function load({ profile }: FleetQuestion, { prediction }: Fleet): DerivationStep[] {
  const { workload } = profile;
  const rate = workload.ratePerSecond!;
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const most = mostLoad(profile);
  const { capacityPerSecond } = prediction;
  return [
    {
      quantity: 'busy cores',
      formula: 'rate × CPU time',
      substituted: `${plain(rate)}/s × ${plain(cpuMs)} ms`,
      value: (rate * cpuMs) / 1000,
      source: "Little's law",
    },
    {
      quantity: 'replicas for the load, at least',
      formula: '⌈rate / (most load × capacity of one)⌉',
      substituted: `⌈${plain(rate)} / (${plain(most)} × ${plain(capacityPerSecond)})⌉`,
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
  const { autoscaling: targets, shape, replicas, lost } = fleet;
  if (!targets) return [];
  const { profile, growthPerMinute, reactionMs } = question;
  const cpuMs = lawMean(profile.workload.cpu) + profile.workload.overheadMs;
  const { limitRate, targetRate, cpuTargetPercent } = targets;
  return [
    {
      quantity: 'requests per second of one replica, at the target',
      formula:
        "rate at which the objective ends × left after a loss / (growth until a replica serves × the autoscaler's tolerance)",
      substituted: `${plain(limitRate)} × ${plain(lost.replicas / replicas)} / (${plain(1 + (growthPerMinute * reactionMs) / 60_000)} × 1.1)`,
      value: targetRate,
      source: 'kubernetes.io, Horizontal Pod Autoscaling: within 0.1 of the target nothing changes',
    },
    {
      quantity: 'CPU target, percent of the request',
      formula: '⌊100 × rate at the target × CPU time / cores⌋',
      substituted: `⌊100 × ${plain(targetRate)}/s × ${plain(cpuMs)} ms / ${plain(shape.cores)}⌋`,
      value: cpuTargetPercent,
      source: 'definition',
    },
  ];
}
