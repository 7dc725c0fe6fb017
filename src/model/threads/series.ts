/** The product of two series as far as the first is known: coefficients by power, from 0. */
export function product(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const n = a.length;
  const found = new Float64Array(n);
  let last = Math.min(b.length, n) - 1;
  while (last > 0 && b[last] === 0) last--;
  for (let i = 0; i < n; i++) {
    const value = a[i]!;
    if (value === 0) continue;
    const end = Math.min(last, n - 1 - i);
    for (let j = 0; j <= end; j++) found[i + j]! += value * b[j]!;
  }
  return found;
}

/** As many coefficients of a series to a power as it has itself, by repeated squaring; `multiply` may scale what it makes. */
export function power(series: Float64Array, exponent: number, multiply = product): Float64Array<ArrayBuffer> {
  let result = new Float64Array(series.length);
  result[0] = 1;
  let square = Float64Array.from(series);
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = multiply(result, square);
    if (e > 1) square = multiply(square, square);
  }
  return result;
}
