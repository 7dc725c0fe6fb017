/** Replicas beyond which turns are as regular as with so many. */
const MOST_REPLICAS = 64;
const NEGLIGIBLE = 1e-12;
/** Points of the table to a factor of two. */
const FINENESS = 32;
const LEAST = 1e-3;
const tables = new Map<number, Float64Array>();

/**
 * x(I(x) − 1)/2, with I(x) = Var/mean of the arrivals in a time of mean x at one of `replicas` that get a Poisson stream in
 * turns. Of P arrivals at all, a replica gets ⌊(P + U)/n⌋ with U uniform on its turn, so that
 * Var = x/n + E[f(1 − f)], f = (P mod n)/n, which the transform of the Poisson law at the n-th roots of unity gives:
 * E[f(1 − f)] = (n² − 1)/(6n²) − Σ_j Re exp(n·x·(e^{2πij/n} − 1))/(2n² sin²(πj/n)).
 */
export function countDeficit(replicas: number, x: number): number {
  const n = Math.min(replicas, MOST_REPLICAS);
  if (n === 1 || x <= 0) return 0;
  if (x < LEAST) return (-x * x) / 2;
  const table = tableOf(n);
  const at = Math.log2(x / LEAST) * FINENESS;
  const low = Math.floor(at);
  if (low + 1 >= table.length) return ((n * n - 1) / (6 * n * n) - (1 - 1 / n) * x) / 2;
  const rounding = table[low]! + (at - low) * (table[low + 1]! - table[low]!);
  return (rounding - (1 - 1 / n) * x) / 2;
}

/** E[f(1 − f)] at points that grow by the same factor. */
function tableOf(n: number): Float64Array {
  let table = tables.get(n);
  if (!table) {
    table = Float64Array.from({ length: 1 + FINENESS * 17 }, (_, k) =>
      roundingAt(n, LEAST * 2 ** (k / FINENESS)),
    );
    tables.set(n, table);
  }
  return table;
}

function roundingAt(n: number, x: number): number {
  let rounding = (n * n - 1) / (6 * n * n);
  for (let j = 1; j < n; j++) {
    const size = Math.exp(-2 * n * x * Math.sin((Math.PI * j) / n) ** 2);
    if (size < NEGLIGIBLE) continue;
    rounding -=
      (size * Math.cos(n * x * Math.sin((2 * Math.PI * j) / n))) /
      (2 * (n * Math.sin((Math.PI * j) / n)) ** 2);
  }
  return rounding;
}
