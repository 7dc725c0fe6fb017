import { leastWhole } from '../math/numeric/roots.js';
import { byDemandOnApplication } from '../plan/kinds.js';
import { requestTimesOf } from '../plan/search/demand.js';
import { judge, withoutCeiling } from '../plan/search/judge.js';
import { percent } from '../text/sentences.js';
import {
  doesWith,
  fewestServing,
  goneOf,
  type Look,
  lookAt,
  lookWith,
  mostLoad,
  predictionAt,
} from './evaluate.js';
import { leastEnough } from './least-enough.js';
import type { FleetBound } from './plan-of-fleet.js';
import type { FleetPlanning, Shape } from './question.js';

/** Replicas beyond which a shape is not looked at. */
const MOST_REPLICAS = 100_000;
/** A rate at which nobody waits, as a share of the capacity. */
const IDLE = 1e-4;
/** Replicas for each that the cores alone ask for, where nothing better is known. */
const USUALLY = 1.15;

/** The fewest replicas of a shape that do, and what one step fewer misses. */
export type Found =
  | { readonly look: Look; readonly boundBy: FleetBound }
  | { readonly look: null; readonly reason: string };

/**
 * The fewest replicas of a shape that carry the rate within the objective in every state. Kinds of servers that ask more of
 * the application come in only where no number of replicas of those that ask less does. `guess` only saves time.
 */
export function fewestReplicas(question: FleetPlanning, shape: Shape, guess: number | null): Found {
  const { profile } = question;
  let first: Found | null = null;
  for (const kinds of byDemandOnApplication(profile)) {
    const asked = { ...question, profile: { ...profile, server: { ...profile.server, kinds } } };
    const found = fewestOf(asked, shape, guess);
    if (found.look) return found;
    first ??= found;
  }
  return first ?? { look: null, reason: 'no worker class suits' };
}

function fewestOf(question: FleetPlanning, shape: Shape, guess: number | null): Found {
  const { zones } = question;
  const looks = new Map<number, Look>();
  const at = (steps: number): Look => {
    let look = looks.get(steps);
    if (!look) {
      look = lookAt(question, shape, steps * zones);
      looks.set(steps, look);
    }
    return look;
  };
  const first = Math.ceil(leastReplicas(question, shape) / zones);
  const most = Math.max(first, Math.floor(MOST_REPLICAS / zones));
  // More replicas leave each fewer connections: with a limit on them the search comes from below, in small steps.
  const limited = question.profile.server.dbMaxConnections !== null;
  const start = limited ? first : guess === null ? first * USUALLY : guess / zones;
  const steps = leastEnough({
    least: first,
    most,
    guess: Math.min(most, Math.max(first, Math.ceil(start))),
    growth: limited ? 1.02 : 1.2,
    isEnough: (n) => at(n).missedBy === null,
    isEnoughAs: (n, lookedAt) => doesWith(question, at(lookedAt), n * zones),
    isHopeless: (n) => whyHopeless(question, at(n)) !== null,
  });
  if (steps === null) return { look: null, reason: reasonOf(question, [...looks.values()]) };
  return {
    look: enoughLook(question, at(steps), [...looks.values()]),
    boundBy: steps === first ? boundAtLeast(question, shape, steps * zones) : at(steps - 1).missedBy!,
  };
}

/** The look at a number that is enough: with what is best for it or, where the search for that missed it, with what was found for another. */
function enoughLook(question: FleetPlanning, look: Look, looks: readonly Look[]): Look {
  if (look.missedBy === null) return look;
  const { replicas, shape } = look;
  const other = looks.find((one) => doesWith(question, one, replicas))!;
  return lookWith(question, shape, replicas, other.inside!);
}

function reasonOf(question: FleetPlanning, looks: readonly Look[]): string {
  for (const look of looks) {
    const why = whyHopeless(question, look);
    if (why) return why;
  }
  return `not even ${MOST_REPLICAS} replicas carry the rate within the objective`;
}

/** Why more replicas would not do either; null where they might. */
function whyHopeless(question: FleetPlanning, look: Look): string | null {
  const { missedBy, inside } = look;
  if (missedBy === 'connections') return 'its replicas hold more database connections than allowed';
  if (inside === null)
    return `not even one worker fits into ${question.freeShare > 0 ? `${percent(1 - question.freeShare)} of its memory; the rest is left free` : 'its memory'}`;
  return missedBy !== null && isTooSlow(question, look)
    ? 'one request alone misses the objective on it'
    : null;
}

/**
 * Fewer replicas than this cannot compute all that comes: at most as busy as they may be while all are there, and keeping up
 * with it while those to be survived are gone or an update rolls.
 */
function leastReplicas(question: FleetPlanning, shape: Shape): number {
  const busy = busyReplicas(question, shape);
  const loaded = busy / mostLoad(question.profile);
  const least = question.survive === 'zone' ? 2 : question.survive + 1;
  const keepUp = (replicas: number): boolean =>
    replicas >= loaded && fewestServing(question, replicas) > busy;
  return leastWhole(keepUp, least, Math.max(least, Math.ceil(loaded)));
}

/** Replicas whose cores the rate keeps busy. */
function busyReplicas({ profile }: FleetPlanning, { cores }: Shape): number {
  return (profile.workload.ratePerSecond! * requestTimesOf(profile).cpuMs) / 1000 / cores;
}

/** What one step fewer than {@link leastReplicas} misses. */
function boundAtLeast(question: FleetPlanning, shape: Shape, replicas: number): FleetBound {
  const fewer = replicas - question.zones;
  if (fewer < 1) return question.survive === 0 ? 'cpu' : 'survive';
  const busy = busyReplicas(question, shape);
  if (busy > fewer * mostLoad(question.profile)) return 'cpu';
  return fewer - goneOf(question, fewer) <= busy ? 'survive' : 'update';
}

/** Whether a replica that is hardly used misses the objective all the same. */
function isTooSlow(question: FleetPlanning, look: Look): boolean {
  if (!look.states) return false;
  const rate = IDLE * look.states.normal.prediction.capacityPerSecond;
  return !judge(predictionAt(question, look, rate), withoutCeiling(question.profile.objective), rate).met;
}
