/** Coefficients of z^first, z^(first + 1), … of a power series; the rest are negligible. */
export interface Series {
  readonly first: number;
  readonly terms: Float64Array;
}

export const ONE: Series = { first: 0, terms: Float64Array.of(1) };

/** Coefficients below this share of the largest are dropped: what they could add is far below rounding. */
const NEGLIGIBLE = 1e-40;

/** Poisson probabilities of 0, …, last over the largest of them; those far from the mean are cut off. */
export function poissonSeries(mean: number, last: number): Series {
  const mode = Math.min(last, Math.floor(mean));
  const above: number[] = [];
  for (let k = mode + 1, w = 1; k <= last; k += 1) {
    w *= mean / k;
    if (w < NEGLIGIBLE) break;
    above.push(w);
  }
  const below: number[] = [];
  for (let k = mode, w = 1; k > 0; k -= 1) {
    w *= k / mean;
    if (w < NEGLIGIBLE) break;
    below.push(w);
  }
  return { first: mode - below.length, terms: Float64Array.from([...below.reverse(), 1, ...above]) };
}

export function product(a: Series, b: Series): Series {
  const terms = new Float64Array(a.terms.length + b.terms.length - 1);
  a.terms.forEach((x, i) => {
    for (let j = 0; j < b.terms.length; j += 1) terms[i + j]! += x * b.terms[j]!;
  });
  return { first: a.first + b.first, terms };
}

/** Coefficient of zⁿ in the product of a short series and a full one (from z⁰). */
export function productAt(short: Series, full: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < short.terms.length; i += 1) {
    const at = n - short.first - i;
    if (at >= 0) sum += short.terms[i]! * full[at]!;
  }
  return sum;
}

/** Multiplies a full series by (1 − s)/(1 − s·z), in place: a running geometric average. */
export function geometricFilter(full: Float64Array, s: number): void {
  let last = 0;
  for (let n = 0; n < full.length; n += 1) {
    last = s * last + (1 - s) * full[n]!;
    full[n] = last;
  }
}

/** The series times s·z/(1 − s·z). */
export function geometricSums(full: Float64Array, s: number): Float64Array {
  const sums = new Float64Array(full.length);
  for (let n = 1; n < full.length; n += 1) sums[n] = s * (sums[n - 1]! + full[n - 1]!);
  return sums;
}
