import type { Kind } from '../../servers/server.js';
import {
  type Candidate,
  type Evaluated,
  inFlightPerWorker,
  mostWorkers,
  type Planning,
} from './candidate.js';
import { leavesFree, NO_ROOM, type Room, wantedRoom, withRoom } from './room.js';
import { allowed } from './shape.js';
import { bestWithRate, type Found, leanWithRate } from './with-rate.js';
import { bestWithoutRate, wantedWithoutRate } from './without-rate.js';

/** The best configuration of one class, and what it was kept from. */
export interface Choice {
  readonly kind: Kind;
  readonly best: Evaluated;
  /** With a rate: whether the objective is met; null without one. */
  readonly met: boolean | null;
  /** With a rate: the next smaller configuration, which misses the objective or the room that is kept. */
  readonly below: Evaluated | null;
  /** Without a rate: what the class would run if nothing limited it; null where it runs just that. */
  readonly wanted: Candidate | null;
  /** What keeps the class from `wanted`, or from meeting the objective; null where nothing outside the class does. */
  readonly limitedBy: 'memory' | 'connections' | null;
  /** What `best` keeps of the room that an operator leaves. */
  readonly room: Room;
  /** A single worker that would keep everything but a second one: what the second is there for. */
  readonly oneWouldDo: Candidate | null;
}

/** The best of one kind, with the room that is asked for. */
export const choiceAsked = (planning: Planning, kind: Kind): Choice | null =>
  planning.profile.lean ? leanChoiceFor(planning, kind) : chooseFor(planning, kind);

/** What a class would run with as much room as can be had; null where not even one worker of the class fits. */
export function chooseFor(planning: Planning, kind: Kind): Choice | null {
  if (planning.demand.load !== null) return chosen(kind, bestWithRate(planning, kind));
  const asked = withRoom(planning, { ...NO_ROOM, twoWorkers: wantedRoom(planning.profile).twoWorkers });
  return chooseWithoutRate(asked, kind);
}

/** What a class would run with the least memory; null where not even one worker of the class fits. */
export function leanChoiceFor(planning: Planning, kind: Kind): Choice | null {
  return planning.demand.load === null
    ? chooseWithoutRate(planning, kind)
    : chosen(kind, leanWithRate(planning, kind));
}

function chooseWithoutRate(planning: Planning, kind: Kind): Choice | null {
  const found = bestWithoutRate(planning, kind);
  if (!found) return null;
  const wanted = wantedWithoutRate(planning, kind);
  const short = !allowed(planning, wanted);
  const best = planning.evaluate(found);
  const alone = wantedWithoutRate({ ...planning, leastWorkers: 1 }, kind);
  return {
    kind,
    best,
    met: null,
    below: null,
    wanted: short ? wanted : null,
    limitedBy: short ? limitOf(planning, wanted) : null,
    room: { ...NO_ROOM, twoWorkers: found.workers >= 2, freeMemory: leavesFree(planning, found) },
    oneWouldDo: found.workers === 2 && alone.workers === 1 ? alone : null,
  };
}

function chosen(kind: Kind, found: Found): Choice | null {
  const { best, met, below, room, oneWouldDo } = found;
  if (!best) return null;
  return { kind, best, met, below, wanted: null, limitedBy: null, room, oneWouldDo };
}

/** Whether memory or the database is what a configuration exceeds. */
const limitOf = (planning: Planning, candidate: Candidate): 'memory' | 'connections' =>
  mostWorkers(planning.profile, inFlightPerWorker(planning, candidate)).by;
