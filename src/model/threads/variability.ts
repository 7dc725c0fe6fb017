/** E[W]/E[W of M/M/c] in M/G/c: (1 + cv²)/((1 − cv²)/d + 2cv²), d that of M/D/c (Kimura 1986; Cosmetatos 1975). */
export function variabilityFactor(servers: number, utilization: number, scv: number): number {
  const d = deterministicFactor(servers, utilization);
  return (1 + scv) / ((1 - scv) / d + 2 * scv);
}

function deterministicFactor(servers: number, utilization: number): number {
  if (servers === 1) return 0.5;
  const gamma =
    ((1 - utilization) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * servers * utilization);
  const corrected = gamma * -Math.expm1(-(servers - 1) / ((servers + 1) * gamma));
  return Math.min(1, (1 + corrected) / 2);
}
