/** A number that holds, the smallest where `holds` is monotone, and the largest number tried beneath it that failed. */
export interface Smallest {
  readonly value: number | null;
  readonly below: number | null;
}

/**
 * Smallest whole number in [low, high] for which `holds`, found by doubling steps and bisection, in about
 * 2 log₂ of the distance; null where no number tried holds. `below` is the largest number tried beneath it that
 * failed. Where `holds` is not monotone, `value` holds and `value` − 1 does not, but a smaller one may hold.
 */
export function smallest(low: number, high: number, holds: (value: number) => boolean): Smallest {
  if (low > high) return { value: null, below: null };
  if (holds(low)) return { value: low, below: null };
  let failing = low;
  let holding: number | null = null;
  for (let step = 1; holding === null; step *= 2) {
    const next = Math.min(high, low + step);
    if (next === failing) return { value: null, below: failing };
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
