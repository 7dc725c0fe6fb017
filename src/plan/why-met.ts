import type { Objective } from '../profile/types.js';
import { bindingResource } from './bound.js';
import type { Evaluated, Planning } from './candidate.js';
import type { Choice } from './choose.js';
import { bindingUtilization, metricOf } from './judge.js';
import { systemSlots } from './slots.js';
import { counted, listed, milliseconds, percent, perSecond, sized } from './text.js';
import type { Bound } from './types.js';

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
    boundOf(planning, best, below),
    `${head}: the least memory that gives ${shown} at ${perSecond(rate)} (${reached}); ${less} ${shortfall(below, planning)}.`,
  ];
}

/** Where one step less misses a limit of the objective that is what binds; else the resource it runs out of. */
function boundOf(planning: Planning, best: Evaluated, below: Evaluated): Bound {
  const missed = below.verdict!.missed.filter((text) => text !== 'utilization' && text !== 'stable');
  return missed.length > 0 && !planning.profile.objective.assumed
    ? 'slo'
    : bindingResource(planning, below.verdict!.missed.includes('stable') ? below.candidate : best.candidate);
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
