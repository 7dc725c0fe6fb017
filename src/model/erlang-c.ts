/**
 * Probability that an arrival waits in M/M/c (Erlang C), for `servers` ≥ 1 (whole) and `load` (λ/μ, erlangs) in [0, servers).
 * Runs the inverse Erlang B recursion (1/B_n = 1 + n/(a·B_{n−1})), which neither over- nor underflows; beyond
 * 20,000 servers it starts the recursion near the load, where earlier terms no longer matter.
 */
export function erlangC(servers: number, load: number): number {
  if (load <= 0) return 0;
  if (load >= servers) return 1;
  let inverseB = 1;
  const first = servers > 20_000 ? Math.max(1, Math.floor(load - 12 * Math.sqrt(load))) : 1;
  for (let n = first; n <= servers; n++) {
    inverseB = 1 + (n * inverseB) / load;
    if (inverseB > 1e300) return 0;
  }
  const b = 1 / inverseB;
  return b / (1 - (load / servers) * (1 - b));
}
