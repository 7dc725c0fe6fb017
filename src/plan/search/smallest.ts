/** A number that holds, the smallest where `holds` is monotone, and the largest number tried beneath it that failed. */
export interface Smallest {
  readonly value: number | null;
  readonly below: number | null;
}

/**
 * Smallest whole number in [low, high] for which `holds`, found by doubling steps and bisection, in about
 * 2 log₂ of the distance; null where no number tried holds, or where it is `vain` to look beyond the last that failed.
 * `below` is the largest number tried beneath it that failed. Where `holds` is not monotone, `value` holds and `value` − 1
 * does not, but a smaller one may hold.
 */
export function smallest(
  low: number,
  high: number,
  holds: (value: number) => boolean,
  vain: () => boolean = () => false,
): Smallest {
  if (low > high) return { value: null, below: null };
  if (holds(low)) return { value: low, below: null };
  let failing = low;
  let holding: number | null = null;
  for (let step = 1; holding === null; step *= 2) {
    const next = Math.min(high, low + step);
    if (next === failing || vain()) return { value: null, below: failing };
    if (holds(next)) holding = next;
    else failing = next;
  }
  return between(failing, holding, holds);
}

function between(low: number, high: number, holds: (value: number) => boolean): Smallest {
  let [failing, holding] = [low, high];
  while (holding - failing > 1) {
    const middle = Math.floor((holding + failing) / 2);
    if (holds(middle)) holding = middle;
    else failing = middle;
  }
  return { value: holding, below: failing };
}

/** Misses of the largest number that tell that no number will do; what the models lose in huge numbers stays below. */
const CLEARLY = 1.25;
/** Numbers that are tried before the largest is asked. */
const TRIES = 3;
/** A miss is greater than the one before from this factor on. */
const GREATER = 1.0001;

/**
 * Tells, from how far larger and larger numbers of workers miss the objective, when to look no further: where two in turn miss
 * it by more than the one before, as a class beyond its best size only loses, and where the largest number, asked after
 * some tries, misses it clearly.
 */
export function givingUp(missOfLargest: () => number): (miss: number) => boolean {
  let before = Number.POSITIVE_INFINITY;
  let losing = 0;
  let tries = 0;
  return (miss) => {
    losing = miss > before * GREATER && Number.isFinite(miss) ? losing + 1 : 0;
    before = miss;
    tries += 1;
    return losing > 1 || (tries === TRIES && missOfLargest() > CLEARLY);
  };
}
