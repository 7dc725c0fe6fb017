/** A search for the least number that is enough, where each look at a number is dear. */
export interface Narrowing {
  /** No smaller number is enough. */
  readonly least: number;
  readonly most: number;
  /** Where to look first, between the two. */
  readonly guess: number;
  /** Factor between numbers that are looked at while none is enough, above 1. */
  readonly growth: number;
  /** Whether a number is enough with what is best chosen for it. */
  isEnough(n: number): boolean;
  /** Whether a number is enough with what was chosen for another one: cheaper to tell. Once true, true for all larger ones. */
  isEnoughAs(n: number, lookedAt: number): boolean;
  /** Whether what is missed with a number that was looked at is missed with every larger one. */
  isHopeless(n: number): boolean;
}

/**
 * The least number that is enough; null where none up to `most` is. What is chosen for one number mostly does for its
 * neighbours, so that it tells where to look next. The number before the answer was looked at, unless it is below `least`.
 */
export function leastEnough(narrowing: Narrowing): number | null {
  const { least, most, guess, growth, isEnough, isHopeless } = narrowing;
  let short = least - 1;
  let enough: number | null = null;
  let next = guess;
  let stride = 1;
  for (;;) {
    const before: number = enough ?? Number.POSITIVE_INFINITY;
    if (isEnough(next)) enough = next;
    else if (isHopeless(next)) return null;
    else short = next;
    const end: number = enough ?? Math.min(most, Math.max(next + 1, Math.ceil(next * growth)));
    const alike = leastAs(narrowing, next, short, end);
    if (alike < end) enough = alike;
    if (enough !== null && enough - short === 1) return enough;
    if (enough === null && next >= most) return null;
    // Where every number only shows that the one before it is enough too, the steps grow.
    stride = enough !== null && before - enough <= stride && short < next ? 2 * stride : 1;
    next = enough === null ? end : Math.max(short + 1, enough - stride);
  }
}

/** The least number above `short` that is enough with what was chosen for another; `end` where none below it is. */
function leastAs({ isEnoughAs }: Narrowing, lookedAt: number, short: number, end: number): number {
  let [low, high] = [short, end];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isEnoughAs(middle, lookedAt)) high = middle;
    else low = middle;
  }
  return high;
}
