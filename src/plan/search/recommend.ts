import type { Kind } from '../../servers/server.js';
import { TIERS } from '../kinds.js';
import type { Choice } from './choose.js';

/** Whether two kinds ask as much of the application. */
export const asksAlike = (one: Kind, other: Kind): boolean => one.asks === other.asks;

/**
 * The choice to recommend. Without a rate: one process per slot where nothing is known of the I/O, else the highest capacity,
 * then the least memory. With a rate: of those that meet the objective, from the first tier that has one, the one that
 * keeps the most room, then the one with the least memory, the fewest processes and the lowest p95; where none meets it,
 * the one that misses it least. null where nothing fits.
 */
export function recommend(choices: readonly Choice[], ioKnown: boolean): Choice | null {
  const tiers = TIERS.map((asks) => choices.filter(({ kind }) => kind.asks === asks));
  const first = tiers.find((tier) => tier.length > 0);
  if (!first) return null;
  if (first[0]!.met === null) return withoutRate(first, ioKnown);
  const able = tiers.find((tier) => tier.some((choice) => choice.met));
  if (able) {
    const meeting = able.filter((choice) => choice.met);
    const roomiest = Math.max(...meeting.map(roomKept));
    return leastBy(
      meeting.filter((choice) => roomKept(choice) === roomiest),
      { of: memory, tie: ROUNDING },
      { of: workers, tie: ROUNDING },
      { of: latency, tie: TIE },
    );
  }
  const least = Math.min(...first.map(score));
  return leastBy(
    first.filter((choice) => score(choice) <= least * ALIKE),
    { of: memory, tie: ROUNDING },
    { of: score, tie: ROUNDING },
  );
}

/** What is given up last weighs most. */
const roomKept = ({ room }: Choice): number =>
  8 * +room.margin + 4 * +room.ceiling + 2 * +room.twoWorkers + +room.freeMemory;

/** Choices that miss the objective by about as much are told apart by their memory. */
const ALIKE = 1.1;

/** Relative differences that are none: of arithmetic, and of response times that nobody could tell apart. */
const ROUNDING = 1e-6;
const TIE = 0.01;

function withoutRate(choices: readonly Choice[], ioKnown: boolean): Choice {
  if (!ioKnown) return choices[0]!;
  return leastBy(
    choices,
    { of: (choice) => -choice.best.prediction.capacityPerSecond, tie: ROUNDING },
    { of: memory, tie: ROUNDING },
  );
}

const memory = (choice: Choice): number => choice.best.memoryMiB ?? 0;
const workers = (choice: Choice): number => choice.best.candidate.workers;
const latency = (choice: Choice): number => choice.best.prediction.p95Ms ?? 0;
const score = (choice: Choice): number => choice.best.verdict?.score ?? 0;

interface Key {
  readonly of: (choice: Choice) => number;
  /** Relative differences up to this are none: the earlier choice stays. */
  readonly tie: number;
}

/** The choice with the least first key, then the least second key and so on. */
function leastBy(choices: readonly Choice[], ...keys: readonly Key[]): Choice {
  return choices.reduce((best, next) => {
    for (const { of, tie } of keys) {
      const [a, b] = [of(best), of(next)];
      if (Math.abs(a - b) > tie * Math.max(Math.abs(a), Math.abs(b))) return b < a ? next : best;
    }
    return best;
  });
}
