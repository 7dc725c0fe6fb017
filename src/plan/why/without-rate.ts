import { counted, mebibytesUp, plain, sized } from '../../text/sentences.js';
import { memoryUsedMiB } from '../memory.js';
import {
  type Candidate,
  connectionsPerWorker,
  inFlightPerWorker,
  type Planning,
} from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { systemSlots } from '../search/slots.js';
import type { Bound } from '../types.js';

/** Why this, where no rate was given: slots that keep the cores busy, as far as memory and database go. */
export function whyWithoutRate(planning: Planning, choice: Choice): readonly [Bound, string] {
  const { workers, threads } = choice.best.candidate;
  if (choice.limitedBy === 'memory') {
    const need = memoryFor(planning, choice.wanted!);
    return [
      'memory',
      `${sized(workers, threads)}, because memory holds no more: with ${mebibytesUp(need)} ${wish(planning, choice)} would fit.`,
    ];
  }
  if (choice.limitedBy === 'connections') {
    const { dbMaxConnections, replicas } = planning.profile.server;
    return [
      'connections',
      `${sized(workers, threads)}, because the database takes no more than ${counted(dbMaxConnections!, 'connection')} from ${counted(replicas, 'replica')}: with ${counted(connectionsFor(planning, choice.wanted!), 'connection')} ${wish(planning, choice)} would do.`,
    ];
  }
  const [bound, why] = planning.profile.ioKnown ? byCores(planning, choice) : byRule(planning, choice);
  if (!choice.oneWouldDo) return [bound, why];
  const second = 'The second process is there to serve while the other restarts.';
  return [
    systemSlots(choice.best.candidate) > planning.busySlots ? 'availability' : bound,
    `${why} ${second}`,
  ];
}

function byRule(planning: Planning, { best: { candidate } }: Choice): readonly [Bound, string] {
  const slots = systemSlots(candidate);
  const what =
    slots === planning.busySlots
      ? sized(candidate.workers, candidate.threads)
      : `${sized(candidate.workers, candidate.threads)} for the cores`;
  return [
    'heuristic',
    `${what}, by the rule (2 × cores) + 1 = ${plain(planning.busySlots)}, because nothing is known of the waiting: --io-ratio refines it, and --rate with --slo replaces it by a prediction.`,
  ];
}

function byCores(planning: Planning, { best: { candidate } }: Choice): readonly [Bound, string] {
  const { demand, busySlots, profile } = planning;
  if (!Number.isFinite(demand.waitPerCompute)) {
    return [
      'heuristic',
      `${sized(candidate.workers, candidate.threads)}, by the rule (2 × cores) + 1 = ${plain(busySlots)}, because a request that only waits keeps no core busy: --rate gives the number it needs.`,
    ];
  }
  const formula = `cores × (1 + wait/compute) = ${plain(busySlots)} slots keep ${counted(profile.cores, 'core')} busy`;
  return [
    'cpu',
    `${sized(candidate.workers, candidate.threads)}, because ${formula}: to do better needs more cores or less CPU time per request.`,
  ];
}

/** What would run without the limit, by the rule that wants it. */
function wish({ profile, busySlots, demand }: Planning, { wanted }: Choice): string {
  const { workers, threads } = wanted!;
  const rule =
    profile.ioKnown && Number.isFinite(demand.waitPerCompute)
      ? `the ${plain(busySlots)} slots of cores × (1 + wait/compute)`
      : `the CPU rule's ${plain(busySlots)}`;
  return systemSlots(wanted!) === busySlots && threads === 1 ? rule : `${sized(workers, threads)} (${rule})`;
}

export const memoryFor = (planning: Planning, candidate: Candidate): number =>
  memoryUsedMiB(planning.profile.memory, candidate.workers, inFlightPerWorker(planning, candidate)) ?? 0;

export const connectionsFor = (planning: Planning, candidate: Candidate): number =>
  planning.profile.server.replicas *
  candidate.workers *
  connectionsPerWorker(planning.profile, inFlightPerWorker(planning, candidate));
