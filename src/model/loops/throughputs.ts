/**
 * Throughput, per ms, of 0…`most` requests that alternate between a wait (mean total `ioMs`) and equally shared `cores` (mean
 * total `cpuMs`), as {@link Circulation.throughput} has it, but of all numbers together in as many steps.
 *
 * With G(n) = Σ_a ioⁿ⁻ᵃ/(n − a)! · cpuᵃ/Π_{j≤a} min(j, cores), X(n) = G(n − 1)/G(n). In units of (io + cpu)ⁿ/n!, terms below
 * k = ⌊cores⌋ are a binomial distribution function with q = cpu/(io + cpu), P(n + 1) = P(n) − q·b(n, k − 1); the others
 * have H(n) = b(n, k) + H(n − 1)·q·n/cores.
 */
export function throughputs(cpuMs: number, ioMs: number, cores: number, most: number): Float64Array {
  const found = new Float64Array(most + 1);
  const whole = Math.min(most, Math.floor(cores));
  const serviceMs = cpuMs + ioMs;
  // Those that find a core each are not in each other's way.
  for (let n = 1; n <= whole; n++) found[n] = n / serviceMs;
  if (whole === most) return found;
  if (ioMs <= 0) return found.fill(cores / cpuMs, whole + 1);
  const q = cpuMs / serviceMs;
  const odds = q / (1 - q);
  // ln b(n, k), since b(k, k) may be too small for a number.
  let logAtWhole = whole * Math.log(q);
  let above = Math.exp(logAtWhole);
  let below = 1 - above;
  for (let n = whole + 1; n <= most; n++) {
    const before = below + above;
    // b(n − 1, k − 1) = b(n − 1, k)·k/(n − k)·(1 − q)/q.
    if (whole > 0) below = Math.max(0, below - (q * Math.exp(logAtWhole) * whole) / ((n - whole) * odds));
    logAtWhole += Math.log((n * (1 - q)) / (n - whole));
    above = Math.exp(logAtWhole) + (above * q * n) / cores;
    if (above > 1e20) return found.fill(cores / cpuMs, n);
    found[n] = Math.min(cores / cpuMs, ((n / serviceMs) * before) / (below + above));
  }
  return found;
}

/** How late the throughput of exponential requests turns to the saturation: not before nearly all processes are busy. */
const LATE = 16;

/** Throughputs that end at 1 + `lift` times what they are with exponential requests. */
export const lifted = (throughput: Float64Array, lift: number): Float64Array => {
  if (Math.abs(lift) < 1e-9) return throughput;
  return throughput.map((value, n) => value * (1 + lift * (n / (throughput.length - 1)) ** LATE));
};
