import type { Kind } from '../../servers/server.js';
import { counted, mebibytesUp, sized } from '../../text/sentences.js';
import { MOST_CORES, MOST_SLOTS } from '../limits.js';
import { type Candidate, type Planning, startPlanning } from '../search/candidate.js';
import { ceilSafely } from '../search/demand.js';
import { FREE_SHARE, type Room, withRoom } from '../search/room.js';
import { canMeet, leastThatMeets } from '../search/with-rate.js';
import { connectionsFor, memoryFor } from './without-rate.js';

/** What would have to be raised, all of it together, and what would then run; null where today's limit is enough. */
export interface Cure {
  readonly candidate: Candidate;
  readonly cores: number | null;
  readonly memoryMiB: number | null;
  readonly connections: number | null;
}

/**
 * The limits that keep a class from meeting the objective with this room: memory and connections where those alone do
 * it, else (`withCores`) the fewest cores that were tried with the memory and connections that then are needed. null where
 * nothing does.
 */
export function cureOf(
  planning: Planning,
  unlimited: Planning,
  kind: Kind,
  room: Room,
  withCores = true,
): Cure | null {
  const cure = cureAt(planning, withRoom(unlimited, room), kind, room);
  return cure || !withCores ? cure : cureByCores(planning, unlimited, kind, room);
}

/** What the class needs of memory and connections on the cores of `asked`; null where it cannot meet the objective on them. */
function cureAt(planning: Planning, asked: Planning, kind: Kind, room: Room): Cure | null {
  const candidate = leastThatMeets(asked, kind);
  if (!candidate) return null;
  const { cores, memory, server } = planning.profile;
  const memoryMiB = memoryNeeded(asked, candidate, room);
  const connections = connectionsFor(asked, candidate);
  return {
    candidate,
    cores: asked.profile.cores > cores ? asked.profile.cores : null,
    memoryMiB: memory.memoryMiB !== null && memoryMiB > memory.memoryMiB ? memoryMiB : null,
    connections:
      server.dbMaxConnections !== null && connections > server.dbMaxConnections ? connections : null,
  };
}

/** Memory that must be there for a configuration, with the tenth that stays free and a reserve that is a share of it. */
export function memoryNeeded(
  planning: Planning,
  candidate: Candidate,
  room: Pick<Room, 'freeMemory'>,
): number {
  const { reserveMiB, reserveShare = 0 } = planning.profile.memory;
  const fixed = memoryFor(planning, candidate) - (reserveShare > 0 ? reserveMiB : 0);
  const usable = (room.freeMemory ? 1 - FREE_SHARE : 1) - reserveShare;
  return usable > 0 ? fixed / usable : Number.POSITIVE_INFINITY;
}

const MOST_DOUBLINGS = 6;

/** Whole cores, the fewest of those tried, with which the class meets the objective if memory has no limit. */
function cureByCores(planning: Planning, unlimited: Planning, kind: Kind, room: Room): Cure | null {
  const { profile } = withRoom(unlimited, room);
  const { limits, maxUtilization } = profile.objective;
  const busy = (profile.workload.ratePerSecond! * planning.demand.cpuMs) / 1000;
  if (busy > MOST_CORES || planning.demand.load! >= MOST_SLOTS) return null;
  // Nothing is faster on average than a request that never waits.
  if (limits.some(({ metric, limit }) => metric === 'mean' && limit <= planning.demand.serviceMs))
    return null;
  const tried = [Math.max(Math.floor(profile.cores) + 1, ceilSafely((1.02 * busy) / (maxUtilization ?? 1)))];
  for (let n = 0; n + 1 < MOST_DOUBLINGS; n++)
    tried.push(tried[n]! + (n < 2 ? Math.max(1, Math.ceil(tried[n]! / 20)) : tried[n]!));
  const on = (cores: number): Planning =>
    withRoom(startPlanning({ ...unlimited.profile, cores }, planning.predict), room);
  const [first, ...others] = tried;
  const cure = cureAt(planning, on(first!), kind, room);
  // What the most cores cannot do, fewer cannot.
  if (cure || !canMeet(on(tried.at(-1)!), kind)) return cure;
  for (const cores of others) {
    const next = cureAt(planning, on(cores), kind, room);
    if (next) return next;
  }
  return null;
}

/** `3 workers × 8 threads on 4 cores in 2304 MiB with 24 database connections`. */
export function cureText({ candidate, cores, memoryMiB, connections }: Cure): string {
  const parts = [
    ...(cores === null ? [] : [`on ${counted(cores, 'core')}`]),
    ...(memoryMiB === null ? [] : [`in ${mebibytesUp(memoryMiB)}`]),
    ...(connections === null ? [] : [`with ${counted(connections, 'database connection')}`]),
  ];
  return `${sized(candidate.workers, candidate.threads)} ${parts.join(' ')}`;
}
