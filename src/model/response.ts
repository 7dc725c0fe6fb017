import { deposit, type Lattice, latticeOf, plus, plusExponential, quantile } from './lattice.js';
import type { Demand } from './limited-mean.js';
import { remainingVariance, type Slowdown } from './slowdown.js';
import type { ResponseTimes } from './types.js';

/** A wait that is 0 with the rest of the probability, and otherwise exponential with one of the means. */
export type Wait = readonly { readonly probability: number; readonly meanMs: number }[];

/** How a response time is put together: a wait for a thread, the stretched CPU time, and the I/O. */
export interface ResponseParts {
  readonly wait: Wait;
  readonly cpu: Demand;
  readonly io: Demand;
  readonly cpuParts: number;
  readonly slowdown: Slowdown;
  /** Mean stretch of the CPU time of requests that did not, and that did wait. */
  readonly stretch: { readonly free: number; readonly waited: number };
  /** Added to the computing on its own lattice, such as waits at a lock served first come first served. */
  readonly alsoWaits?: ((step: number, cells: number) => Float64Array) | undefined;
}

export const CELLS = 1024;

/** Mean and percentiles of a response, from `guessMs`: an idea of the 99th percentile, which only sets the resolution. */
export function responseTimes(parts: ResponseParts, meanMs: number, guessMs: number): ResponseTimes {
  for (let range = 1.5 * guessMs, tries = 0; ; range *= 2, tries++) {
    const lattice = responseLattice(parts, range / CELLS, CELLS);
    const p99 = quantile(lattice, 0.99);
    if (p99 === null && tries < 12) continue;
    const at = (p: number): number => quantile(lattice, p) ?? range;
    return { meanMs, p50Ms: at(0.5), p90Ms: at(0.9), p95Ms: at(0.95), p99Ms: at(0.99) };
  }
}

function responseLattice(parts: ResponseParts, step: number, cells: number): Lattice {
  const { wait, cpu, io, stretch } = parts;
  const cpuMasses = latticeOf(cpu, step, cells);
  const waitProbability = wait.reduce((sum, w) => sum + w.probability, 0);
  const busy = new Float64Array(cells);
  stretched(cpuMasses, step, parts, stretch.free, 1 - waitProbability, busy);
  if (waitProbability > 1e-9) {
    const waited = new Float64Array(cells);
    stretched(cpuMasses, step, parts, stretch.waited, 1, waited);
    for (const { probability, meanMs } of wait) {
      const later = meanMs > step * 1e-3 ? plusExponential(waited, step, meanMs) : waited;
      for (let j = 0; j < cells; j++) busy[j]! += probability * later[j]!;
    }
  }
  let masses: Float64Array = busy;
  if (parts.alsoWaits) masses = plus(masses, parts.alsoWaits(step, cells));
  if (io.mean > 0) masses = plus(masses, latticeOf(io, step, cells));
  return { step, masses };
}

/** Adds the law of CPU time × slowdown, the mean slowdown being `stretch`, with total mass `probability`, to `into`. */
function stretched(
  cpuMasses: Float64Array,
  step: number,
  parts: ResponseParts,
  stretch: number,
  probability: number,
  into: Float64Array,
): void {
  const { slowdown, cpuParts, io } = parts;
  const nodes = slowdownNodes(slowdown);
  const gapMs = cpuParts > 1 ? io.mean / (cpuParts - 1) : 0;
  const scale = slowdown.mean > 1 ? (stretch - 1) / (slowdown.mean - 1) : 0;
  const base = stretch - scale * slowdown.mean;
  into[0]! += probability * cpuMasses[0]!;
  for (let m = 1; m < cpuMasses.length; m++) {
    const mass = cpuMasses[m]! * probability;
    if (mass <= 0) continue;
    const x = m * step;
    const shrink = slowdown.variance > 1e-12 ? Math.sqrt(remainingVariance(slowdown, x, cpuParts, gapMs)) : 1;
    for (const { value, weight } of nodes) {
      const g = base + scale * (slowdown.mean + shrink * (value - slowdown.mean));
      deposit(into, step, x * g, mass * weight);
    }
  }
}

const TAIL_CUTS = [0.8, 0.55, 0.3, 0.15, 0.06, 0.015];

/** A few points with the law of the slowdown: the undisturbed case, then the means of tail slices. */
function slowdownNodes(slowdown: Slowdown): { value: number; weight: number }[] {
  const { values, weights } = slowdown;
  const nodes: { value: number; weight: number }[] = [];
  if (values.length <= TAIL_CUTS.length + 2)
    return Array.from(values, (value, i) => ({ value, weight: weights[i]! }));
  let left = 1;
  let cut = 0;
  let mass = 0;
  let moment = 0;
  for (let i = 0; i < values.length; i++) {
    mass += weights[i]!;
    moment += weights[i]! * values[i]!;
    left -= weights[i]!;
    const reached = i === 0 || i === values.length - 1 || (cut < TAIL_CUTS.length && left <= TAIL_CUTS[cut]!);
    if (reached && mass > 0) {
      nodes.push({ value: moment / mass, weight: mass });
      mass = 0;
      moment = 0;
      while (cut < TAIL_CUTS.length && left <= TAIL_CUTS[cut]!) cut++;
    }
  }
  return nodes;
}
