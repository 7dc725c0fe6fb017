/** −S⁻¹ in place of S, by Gauss–Jordan elimination; −S is an M-matrix (row-major, n × n), so that no pivoting is needed. */
export function negativeInverse(s: Float64Array, n: number): Float64Array {
  const a = negated(s);
  for (let p = 0; p < n; p++) {
    const inverse = 1 / a[p * n + p]!;
    a[p * n + p] = 1;
    for (let j = 0; j < n; j++) a[p * n + j]! *= inverse;
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const f = a[i * n + p]!;
      if (f === 0) continue;
      a[i * n + p] = 0;
      for (let j = 0; j < n; j++) a[i * n + j]! -= f * a[p * n + j]!;
    }
  }
  return a;
}

/** The same with its last row alone, the others 0: x with x·(−S) = (0, …, 0, 1), by L·U = −S. Overwrites S. */
export function lastRowOfNegativeInverse(s: Float64Array, n: number): Float64Array {
  const a = negated(s);
  for (let p = 0; p < n; p++) {
    for (let i = p + 1; i < n; i++) {
      if (a[i * n + p] === 0) continue;
      const f = a[i * n + p]! / a[p * n + p]!;
      a[i * n + p] = f;
      for (let j = p + 1; j < n; j++) a[i * n + j]! -= f * a[p * n + j]!;
    }
  }
  const rows = new Float64Array(n * n);
  const x = rows.subarray((n - 1) * n);
  x[n - 1] = 1 / a[n * n - 1]!;
  for (let j = n - 2; j >= 0; j--) for (let i = j + 1; i < n; i++) x[j]! -= x[i]! * a[i * n + j]!;
  return rows;
}

function negated(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = -values[i]!;
  return values;
}

/**
 * Stationary vector, up to a factor, of the chain with these rates (row-major, n × n, the diagonal ignored) by elimination
 * without subtractions (Grassmann, Taksar and Heyman 1985).
 */
export function startingLevel(rates: Float64Array, n: number): Float64Array {
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
