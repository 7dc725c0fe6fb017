/**
 * −S⁻¹ in place of S (row-major, n × n, at the beginning of `s`), by Gauss–Jordan elimination with two pivots at a time,
 * which halves the reads and writes; −S is an M-matrix, so that none need be chosen.
 */
export function negativeInverse(s: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n * n; i++) s[i] = -s[i]!;
  for (let p = 0; p + 1 < n; p += 2) eliminatePair(s, n, p);
  if (n % 2 === 1) eliminateLast(s, n);
  return s;
}

function eliminatePair(a: Float64Array, n: number, p: number): void {
  const first = p * n;
  const second = first + n;
  const a11 = a[first + p]!;
  const a12 = a[first + p + 1]!;
  const a21 = a[second + p]!;
  const a22 = a[second + p + 1]!;
  const perDeterminant = 1 / (a11 * a22 - a12 * a21);
  const b11 = a22 * perDeterminant;
  const b12 = -a12 * perDeterminant;
  const b21 = -a21 * perDeterminant;
  const b22 = a11 * perDeterminant;
  a[first + p] = 1;
  a[first + p + 1] = 0;
  a[second + p] = 0;
  a[second + p + 1] = 1;
  for (let j = 0; j < n; j++) {
    const x = a[first + j]!;
    const y = a[second + j]!;
    a[first + j] = b11 * x + b12 * y;
    a[second + j] = b21 * x + b22 * y;
  }
  for (let row = 0; row < n * n; row += n) {
    if (row === first || row === second) continue;
    const f = a[row + p]!;
    const g = a[row + p + 1]!;
    a[row + p] = 0;
    a[row + p + 1] = 0;
    for (let j = 0; j < n; j++) a[row + j]! -= f * a[first + j]! + g * a[second + j]!;
  }
}

function eliminateLast(a: Float64Array, n: number): void {
  const last = n * n - n;
  const inverse = 1 / a[n * n - 1]!;
  a[n * n - 1] = 1;
  for (let j = last; j < n * n; j++) a[j]! *= inverse;
  for (let row = 0; row < last; row += n) {
    const f = a[row + n - 1]!;
    a[row + n - 1] = 0;
    for (let j = 0; j < n; j++) a[row + j]! -= f * a[last + j]!;
  }
}

/** A square matrix whose rows are those of a tridiagonal one, but for the last two, which are full. */
export interface Bordered {
  /** By row: what stands before, on and after the diagonal. */
  readonly lower: Float64Array;
  readonly diagonal: Float64Array;
  readonly upper: Float64Array;
  readonly nextToLast: Float64Array;
  readonly last: Float64Array;
}

/** The last row x of −S⁻¹ for n × n rates S: x·(−S) = (0, …, 0, 1), by L·U = S without pivoting. Overwrites S. */
export function lastRowOfNegativeInverse(s: Bordered, n: number, x: Float64Array): void {
  const { lower, diagonal, upper, nextToLast, last } = s;
  // What each row takes of the ones before it, L, replaces them.
  for (let p = 0; p < n - 2; p++) {
    const pivot = diagonal[p]!;
    if (p < n - 3) {
      lower[p + 1]! /= pivot;
      diagonal[p + 1]! -= lower[p + 1]! * upper[p]!;
    }
    nextToLast[p]! /= pivot;
    nextToLast[p + 1]! -= nextToLast[p]! * upper[p]!;
    last[p]! /= pivot;
    last[p + 1]! -= last[p]! * upper[p]!;
  }
  if (n > 1) {
    last[n - 2]! /= nextToLast[n - 2]!;
    last[n - 1]! -= last[n - 2]! * nextToLast[n - 1]!;
  }
  x[n - 1] = -1 / last[n - 1]!;
  if (n > 1) x[n - 2] = -x[n - 1]! * last[n - 2]!;
  for (let j = n - 3; j >= 0; j--) {
    const next = j < n - 3 ? x[j + 1]! * lower[j + 1]! : 0;
    x[j] = -(next + x[n - 2]! * nextToLast[j]! + x[n - 1]! * last[j]!);
  }
}

/**
 * Stationary vector, up to a factor, of the chain with these rates (row-major, n × n, the diagonal ignored) by elimination
 * without subtractions (Grassmann, Taksar and Heyman 1985).
 */
export function stationaryVector(rates: Float64Array, n: number): Float64Array {
  const q = rates;
  for (let k = n - 1; k > 0; k--) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += q[k * n + j]!;
    for (let i = 0; i < k; i++) q[i * n + k]! /= sum;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) if (i !== j) q[i * n + j]! += q[i * n + k]! * q[k * n + j]!;
  }
  const pi = new Float64Array(n);
  pi[0] = 1;
  for (let k = 1; k < n; k++) for (let i = 0; i < k; i++) pi[k]! += pi[i]! * q[i * n + k]!;
  return pi;
}
