/** −S⁻¹ by Gauss–Jordan elimination; −S is an M-matrix (row-major, n × n), so that no pivoting is needed. */
export function negativeInverse(s: Float64Array, n: number): Float64Array {
  const a = s.map((v) => -v);
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
