import type { Objective } from '../../profile/types.js';
import { counted, listed, milliseconds, percent, perSecond, shareOf, sized } from '../../text/sentences.js';
import { bindingResource } from '../search/bound.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { errorOf, metricOf, shareOfCapacity } from '../search/judge.js';
import { type Room, withRoom } from '../search/room.js';
import { systemSlots } from '../search/slots.js';
import type { Bound } from '../types.js';

/** Why this, where the objective is met: the least memory that meets it with this room, and what one step less would give. */
export function whyWithRate(planning: Planning, choice: Choice): readonly [Bound, string] {
  const { best, below, room, oneWouldDo } = choice;
  const { candidate } = best;
  const { objective, workload, server } = planning.profile;
  const asked = withRoom(planning, room);
  const rate = workload.ratePerSecond!;
  const head = sized(candidate.workers, candidate.threads);
  const wish = `${objectiveText(objective)} at ${shareOf(rate, server.replicas)}${roomText(room)}`;
  const reached = reachedText(best, asked.profile);
  if (oneWouldDo)
    return [
      'availability',
      `${head}: the least memory with more than one process that gives ${wish} (${reached}); ${sized(1, oneWouldDo.threads)} would do it too, but leave nobody to serve while it restarts.`,
    ];
  if (!below) {
    const alone =
      systemSlots(candidate) === 1 ? 'one request at a time is enough' : 'the least that can be run';
    return [bindingResource(planning, candidate), `${head}: ${alone} for ${wish} (${reached}).`];
  }
  const less =
    below.candidate.workers === candidate.workers
      ? counted(below.candidate.threads, 'thread')
      : sized(below.candidate.workers, below.candidate.threads);
  return [
    boundOf(asked, below, room.margin),
    `${head}: the least memory that gives ${wish} (${reached}); ${less} ${shortfall(below, asked, room.margin)}.`,
  ];
}

function roomText({ margin, ceiling }: Room): string {
  const parts = [...(margin ? ["the model's error"] : []), ...(ceiling ? ['bursts'] : [])];
  return parts.length > 0 ? ` with room for ${listed(parts)}` : '';
}

/** What one step less runs out of: a limit of the user's objective, or the resource that overloads or fills it. */
function boundOf(asked: Planning, below: Evaluated, margin: boolean): Bound {
  const { missed, uncertain } = below.verdict!;
  const { objective } = asked.profile;
  if (missed.includes('stable')) return bindingResource(asked, below.candidate);
  const short = margin ? [...missed, ...uncertain] : missed;
  if (objective.limits.some((limit) => short.includes(limit.text)))
    return objective.assumed ? 'slots' : 'slo';
  return busiest(below);
}

/** The busiest resource; where slots are as busy as locks, as in classes that serve one request at a time, the slots. */
function busiest({ prediction }: Evaluated): Bound {
  const { cpu, gil, slots, connections = 0 } = prediction.utilization!;
  if (connections > Math.max(cpu, gil, slots ?? 0)) return 'connections';
  if (cpu >= Math.max(gil, slots ?? 0)) return 'cpu';
  return (slots ?? 0) >= gil ? 'slots' : 'gil';
}

export function objectiveText({ limits, maxUtilization }: Objective): string {
  const parts = limits.map((limit) => limit.text);
  if (maxUtilization !== null) parts.push(`utilisation ≤ ${percent(maxUtilization)}`);
  return listed(parts);
}

interface Asked {
  readonly objective: Pick<Objective, 'limits' | 'maxUtilization'>;
  readonly workload: { readonly ratePerSecond: number | null };
}

/** The values that the objective speaks of, each with its published error. */
export function reachedText(
  { prediction, errors }: Pick<Evaluated, 'prediction' | 'errors'>,
  { objective: { limits, maxUtilization }, workload }: Asked,
): string {
  const parts = limits.flatMap(({ metric }) => {
    const value = metricOf(prediction, metric);
    if (value === null) return [];
    const error = errorOf(errors, metric);
    const shown = metric === 'wait' ? percent(value) : milliseconds(value);
    return [`${metric} ${shown}${error === null ? '' : ` ± ${percent(error)}`}`];
  });
  const use = maxUtilization === null ? null : shareOfCapacity(prediction, workload.ratePerSecond);
  if (use !== null) parts.push(`utilisation ${percent(use)}`);
  return listed([...new Set(parts.length > 0 ? parts : ['stable'])]);
}

/** What a configuration that misses what is asked does instead. */
export function shortfall(evaluated: Evaluated, { profile }: Planning, margin = false): string {
  const { missed, uncertain } = evaluated.verdict!;
  if (missed.includes('stable'))
    return `could serve only ${perSecond(evaluated.prediction.capacityPerSecond)}`;
  const { objective } = profile;
  const isNear = margin && missed.length === 0;
  const short = isNear ? uncertain : missed;
  const limits = objective.limits.filter((limit) => short.includes(limit.text));
  const maxUtilization = missed.includes('utilization') ? objective.maxUtilization : null;
  const reached = reachedText(evaluated, { ...profile, objective: { limits, maxUtilization } });
  return `would give ${reached}${isNear ? ', nearer to the limit than the model is sure' : ''}`;
}
