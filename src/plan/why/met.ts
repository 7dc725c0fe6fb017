import type { Objective } from '../../profile/types.js';
import { counted, listed, milliseconds, percent, perSecond, sized } from '../../text/sentences.js';
import { bindingResource } from '../search/bound.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { bindingUtilization, metricOf } from '../search/judge.js';
import { systemSlots } from '../search/slots.js';
import type { Bound } from '../types.js';

/** Why this, where the objective is met: the least memory that meets it, and what one step less would give. */
export function whyWithRate(planning: Planning, { best, below }: Choice): readonly [Bound, string] {
  const { candidate } = best;
  const rate = planning.profile.workload.ratePerSecond!;
  const head = sized(candidate.workers, candidate.threads);
  const shown = objectiveText(planning.profile.objective);
  const reached = reachedText(best, planning.profile.objective);
  if (!below) {
    const alone =
      systemSlots(candidate) === 1 ? 'one request at a time is enough' : 'the least that can be run';
    return [
      bindingResource(planning, candidate),
      `${head}: ${alone} for ${perSecond(rate)} with ${shown} (${reached}).`,
    ];
  }
  const less =
    below.candidate.workers === candidate.workers
      ? counted(below.candidate.threads, 'thread')
      : sized(below.candidate.workers, below.candidate.threads);
  return [
    boundOf(planning, below),
    `${head}: the least memory that gives ${shown} at ${perSecond(rate)} (${reached}); ${less} ${shortfall(below, planning)}.`,
  ];
}

/** What one step less runs out of: a limit of the user's objective, or the resource that overloads or fills it. */
function boundOf(planning: Planning, below: Evaluated): Bound {
  const { missed } = below.verdict!;
  const { objective } = planning.profile;
  if (missed.includes('stable')) return bindingResource(planning, below.candidate);
  const limits = objective.limits.some((limit) => missed.includes(limit.text));
  if (limits) return objective.assumed ? 'slots' : 'slo';
  return busiest(below);
}

/** The busiest resource; where slots are as busy as locks, as in classes that serve one request at a time, the slots. */
function busiest({ prediction }: Evaluated): Bound {
  const { cpu, gil, slots } = prediction.utilization!;
  if (cpu >= Math.max(gil, slots ?? 0)) return 'cpu';
  return (slots ?? 0) >= gil ? 'slots' : 'gil';
}

export function objectiveText({ limits, maxUtilization }: Objective): string {
  const parts = limits.map((limit) => limit.text);
  if (maxUtilization !== null) parts.push(`utilisation ≤ ${percent(maxUtilization)}`);
  return listed(parts);
}

/** The values that the objective speaks of. */
export function reachedText(
  { prediction }: Pick<Evaluated, 'prediction'>,
  { limits, maxUtilization }: Objective,
): string {
  const parts = limits.flatMap(({ metric }) => {
    const value = metricOf(prediction, metric);
    if (value === null) return [];
    return [`${metric} ${metric === 'wait' ? percent(value) : milliseconds(value)}`];
  });
  const use = maxUtilization === null ? null : bindingUtilization(prediction);
  if (use !== null) parts.push(`utilisation ${percent(use)}`);
  return listed(parts.length > 0 ? parts : ['stable']);
}

/** What a configuration that misses the objective does instead. */
export function shortfall(evaluated: Evaluated, { profile }: Planning): string {
  const verdict = evaluated.verdict!;
  if (verdict.missed.includes('stable'))
    return `could serve only ${perSecond(evaluated.prediction.capacityPerSecond)}`;
  const limits = profile.objective.limits.filter((limit) => verdict.missed.includes(limit.text));
  const maxUtilization = verdict.missed.includes('utilization') ? profile.objective.maxUtilization : null;
  return `would give ${reachedText(evaluated, { ...profile.objective, limits, maxUtilization })}`;
}
