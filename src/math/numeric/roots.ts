const MAX_STEPS = 200;

/**
 * Root of a continuous function between two points of opposite sign, by Chandrupatla's method (1997): inverse quadratic
 * interpolation where it is safe, bisection where it is not. Relative accuracy about 4e-16 of the root.
 *
 * @throws RangeError where the signs are equal.
 */
export function findRoot(f: (x: number) => number, from: number, to: number, relative = 4e-16): number {
  let [a, b, c] = [from, to, to];
  let [fa, fb, fc] = [f(a), f(b), 0];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa > 0 === fb > 0) throw new RangeError(`no change of sign between ${from} and ${to}`);
  let share = 0.5;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const x = a + share * (b - a);
    const fx = f(x);
    if (fx > 0 === fa > 0) {
      [c, fc] = [a, fa];
    } else {
      [c, b, fc, fb] = [b, a, fb, fa];
    }
    [a, fa] = [x, fx];
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
    const smallest = (relative * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (smallest > 0.5 || fBest === 0) return best;
    share = Math.min(1 - smallest, Math.max(smallest, nextShare(a, b, c, fa, fb, fc)));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

function nextShare(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  const safe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
  if (!safe) return 0.5;
  const share =
    (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb);
  return Number.isFinite(share) ? share : 0.5;
}

/** No whole number in the range of a search fulfils its condition. */
export class NoneFulfils extends RangeError {
  override readonly name = 'NoneFulfils';
}

/**
 * Smallest whole number n ≥ `least` for which a condition holds that, once true, stays true as n grows. Looks first
 * near `guess` and doubles its stride from there, so that a good guess needs few looks.
 *
 * @throws NoneFulfils where nothing up to `most` fulfils it.
 */
export function leastWhole(
  fulfils: (n: number) => boolean,
  least: number,
  guess = least,
  most = Number.MAX_SAFE_INTEGER,
): number {
  let low = least - 1; // known or taken not to fulfil
  let high = Math.min(most, Math.max(least, Math.ceil(guess)));
  let stride = 1;
  if (fulfils(high)) {
    while (high - stride > low) {
      const n = high - stride;
      if (!fulfils(n)) {
        low = n;
        break;
      }
      high = n;
      stride *= 2;
    }
  } else {
    do {
      if (high >= most) throw new NoneFulfils(`no number up to ${most} is enough`);
      low = high;
      high = Math.min(most, high + stride);
      stride *= 2;
    } while (!fulfils(high));
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (fulfils(middle)) high = middle;
    else low = middle;
  }
  return high;
}
