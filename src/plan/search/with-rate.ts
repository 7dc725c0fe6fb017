import type { Kind } from '../../servers/server.js';
import { fewestLocks, fewestWorkers, largestAllowed, mostUsefulWorkers } from './bounds.js';
import type { Candidate, Evaluated, Planning } from './candidate.js';
import { bestOfHopeless, hopelessness } from './hopeless.js';
import { leavesFree, lesserLevels, NO_ROOM, type Room, wantedRoom, waysToKeep, withRoom } from './room.js';
import { fewestThatHold, holds, type Least, missOf, type Search, searchFor } from './search.js';
import { shape } from './shape.js';
import { addFreeThreads, leastThreads } from './threads.js';

export interface Found {
  /** null where nothing fits memory and database. */
  readonly best: Evaluated | null;
  readonly met: boolean;
  /** The next smaller configuration, which misses the objective or the room that is kept; null where there is none. */
  readonly below: Evaluated | null;
  /** The room that `best` keeps. */
  readonly room: Room;
  /** A single worker that would keep all else. */
  readonly oneWouldDo: Candidate | null;
}

/** What a class would run for this rate: the least memory that meets the objective with as much room as can be had. */
export function bestWithRate(planning: Planning, kind: Kind): Found {
  const wanted = wantedRoom(planning.profile);
  // Mostly there is room for all of it, and nothing else need be looked for.
  const first = hopelessness(planning) ? null : roomiest(planning, kind, wanted, wanted);
  if (first) return first;
  const lean = leanWithRate(planning, kind);
  if (!lean.met) return leastMissing(planning, kind, lean);
  for (const level of lesserLevels(wanted)) {
    const found = roomiest(planning, kind, level, wanted);
    if (found) return found;
  }
  return lean;
}

/** The least memory with this margin and ceiling and as much of the other room as can be had; null where those two cannot. */
function roomiest(
  planning: Planning,
  kind: Kind,
  { margin, ceiling }: Pick<Room, 'margin' | 'ceiling'>,
  wanted: Room,
): Found | null {
  const bare = { ...NO_ROOM, margin, ceiling };
  const tightest = leastWith(planning, kind, bare);
  if (!tightest) return null;
  for (const rest of waysToKeep(wanted)) {
    const room = { ...bare, ...rest };
    // What keeps the room by itself and takes the least memory without it takes the least with it.
    const found = keeps(planning, tightest.best, room) ? tightest : leastWith(planning, kind, room);
    if (!found || !keeps(planning, found.best, room)) continue;
    const chosen = withFreeThreads(found);
    const isSecondExtra = tightest.best.workers === 1 && chosen.workers === 2;
    return {
      best: planning.evaluate(chosen),
      met: true,
      below: found.below && !isSecondExtra ? found.search.planning.evaluate(found.below) : null,
      room,
      oneWouldDo: isSecondExtra ? tightest.best : null,
    };
  }
  return null;
}

interface LeastWith extends Least {
  readonly best: Candidate;
  readonly search: Search;
}

/**
 * The least memory that meets the objective with some room. That a tenth of the memory stays free is asked of the search only
 * where a class fills what there is: where it takes the least, no other leaves more.
 */
function leastWith(planning: Planning, kind: Kind, room: Room): LeastWith | null {
  const { concurrency } = kind;
  const fills = concurrency === 'connections' && planning.profile.memory.perThreadMiB > 0;
  const freeMemory = room.freeMemory && fills;
  const search = searchFor(withRoom(planning, { ...room, freeMemory }), kind);
  const { best, below } = least(search);
  return best && { best, below, search };
}

const withFreeThreads = ({ best, search }: LeastWith): Candidate =>
  search.kind.concurrency === 'threads' ? addFreeThreads(search, best) : best;

const keeps = (planning: Planning, candidate: Candidate, room: Room): boolean =>
  (!room.twoWorkers || candidate.workers >= 2) && (!room.freeMemory || leavesFree(planning, candidate));

/** The configuration of a class that meets the bare objective with the least memory; else the one that misses it least. */
export function leanWithRate(planning: Planning, kind: Kind): Found {
  const nothing = { below: null, room: NO_ROOM, oneWouldDo: null };
  const hopeless = hopelessness(planning);
  if (hopeless) {
    const best = bestOfHopeless(planning, hopeless, kind, (easier) => leanWithRate(easier, kind).best);
    return { ...nothing, best, met: false };
  }
  const search = searchFor(planning, kind, true);
  const { best, below } = least(search);
  if (best)
    return {
      ...nothing,
      best: planning.evaluate(best),
      met: true,
      below: below && planning.evaluate(below),
    };
  const last = largestAllowed(planning, kind);
  if (last) search.seen.push(last);
  return { ...nothing, best: closest(search.seen.map(planning.evaluate)), met: false };
}

/** What misses the objective least, with two workers where those can be had. */
function leastMissing(planning: Planning, kind: Kind, lean: Found): Found {
  const { twoWorkers } = wantedRoom(planning.profile);
  const asked = withRoom(planning, { ...NO_ROOM, twoWorkers });
  const hopeless = hopelessness(planning);
  const found = hopeless
    ? bestOfHopeless(asked, hopeless, kind, (easier) => bestWithRate(easier, kind).best)
    : twoWorkers && lean.best?.candidate.workers === 1
      ? leanWithRate(asked, kind).best
      : lean.best;
  return found ? { ...lean, best: planning.evaluate(found.candidate) } : lean;
}

/** The configuration of a class that meets the bare objective with the least memory; null where none that was tried does. */
export function leastThatMeets(planning: Planning, kind: Kind): Candidate | null {
  return hopelessness(planning) ? null : least(searchFor(planning, kind)).best;
}

/** Whether some configuration of a class meets the objective: the largest tells at once where one of middling size is not the best. */
export function canMeet(planning: Planning, kind: Kind): boolean {
  if (hopelessness(planning)) return false;
  const search = searchFor(planning, kind);
  const largest = largestAllowed(planning, kind);
  return (largest !== null && holds(search, largest)) || least(search).best !== null;
}

/** Of those that miss the objective least, within a hundredth, the one with the least memory and the fewest slots. */
export function closest(seen: readonly Evaluated[]): Evaluated | null {
  const lowest = Math.min(...seen.map((e) => e.verdict!.score));
  const cost = ({ memoryMiB, candidate }: Evaluated) =>
    [memoryMiB ?? 0, candidate.workers * candidate.threads] as const;
  return seen
    .filter((e) => e.verdict!.score <= lowest * 1.01)
    .reduce<Evaluated | null>((best, next) => {
      if (!best) return next;
      const [[bestMemory, bestSlots], [memory, slots]] = [cost(best), cost(next)];
      return memory < bestMemory || (memory === bestMemory && slots < bestSlots) ? next : best;
    }, null);
}

/** The configuration of the class that meets the objective with the least memory. */
function least(search: Search): Least {
  return search.kind.concurrency === 'threads' ? leastThreads(search) : leastWorkers(search);
}

function leastWorkers(search: Search): Least {
  const { planning, kind } = search;
  const one = kind.concurrency === 'one';
  const low = one ? fewestWorkers(planning, planning.demand.serviceMs) : fewestLocks(planning);
  const at = (workers: number | null) => (workers === null ? null : shape(planning, kind, workers));
  const found = fewestThatHold(search, [low, mostUsefulWorkers(planning, low)], (workers) =>
    missOf(search, at(workers)!),
  );
  return { best: at(found.value), below: at(found.below) };
}
