import type { Demand } from '../laws/limited-mean.js';
import { massesOf, multiply, type Spectrum, spectrumOf } from './convolution.js';

/** Probability masses at 0, step, 2·step, …; what lies beyond the last is left out. */
export interface Lattice {
  readonly step: number;
  readonly masses: Float64Array;
}

/** Masses of a law by second differences of E[min(X, x)]: mean and non-negativity are kept. */
export function latticeOf(demand: Demand, step: number, cells: number): Float64Array {
  const masses = new Float64Array(cells);
  let before = 0;
  let here = 0;
  for (let j = 0; j < cells; j++) {
    const next = demand.limitedMean((j + 1) * step);
    masses[j] = j === 0 ? Math.max(0, 1 - next / step) : Math.max(0, (2 * here - before - next) / step);
    before = here;
    here = next;
    if (demand.mean - next < 1e-13 * demand.mean) {
      if (j + 1 < cells) masses[j + 1] = Math.max(0, (here - before) / step);
      break;
    }
  }
  return masses;
}

/** Adds `mass` at `x`, shared between the two neighbouring points so that its mean is kept. */
export function deposit(masses: Float64Array, step: number, x: number, mass: number): void {
  const at = x / step;
  const low = Math.floor(at);
  if (low + 1 >= masses.length) return;
  const share = at - low;
  masses[low]! += mass * (1 - share);
  masses[low + 1]! += mass * share;
}

/** Masses of the sum with an independent exponential of the given mean. */
export function plusExponential(masses: Float64Array, step: number, mean: number): Float64Array {
  const sum = new Float64Array(masses.length);
  const ratio = Math.exp(-step / mean);
  const limited = -mean * Math.expm1(-step / mean);
  const atZero = 1 - limited / step;
  const atOne = (limited * (1 - ratio)) / step;
  let carried = 0;
  for (let j = 0; j < masses.length; j++) {
    sum[j] = atZero * masses[j]! + atOne * carried;
    carried = ratio * carried + masses[j]!;
  }
  return sum;
}

/** Masses of the sum of two independent variables. */
export const plus = (a: Float64Array, b: Float64Array): Float64Array =>
  massesOf(multiply(spectrumOf(a), spectrumOf(b)));

/** Masses of the sum of two variables that are as long as each other: one random number stands for both (comonotone). */
export function plusAlike(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  let [i, j] = [0, 0];
  let [left, other] = [a[0]!, b[0]!];
  while (i + j < sum.length) {
    const mass = Math.min(left, other);
    sum[i + j]! += mass;
    left -= mass;
    other -= mass;
    if (left <= 0) {
      i += 1;
      if (i === a.length) break;
      left = a[i]!;
    }
    if (other <= 0) {
      j += 1;
      if (j === b.length) break;
      other = b[j]!;
    }
  }
  return sum;
}

/** A geometric number of independent parts, the whole taken `visits` times: (1 − busy)·busyⁿ is the probability of n parts. */
export interface GeometricSum {
  readonly part: Float64Array;
  readonly busy: number;
  readonly visits: number;
  readonly weight: number;
}

/** Masses of the sum with a mixture of geometric sums (Pollaczek–Khinchine's waits); the weights add up to 1. */
export function plusGeometric(masses: Float64Array, sums: readonly GeometricSum[]): Float64Array {
  const cells = masses.length;
  const total = { re: new Float64Array(cells + 1), im: new Float64Array(cells + 1) };
  for (const sum of sums) addGeometric(total, sum);
  return massesOf(multiply(total, spectrumOf(masses)));
}

/** Adds ((1 − busy) / (1 − busy·P))^visits, P being the spectrum of the part, times the weight. */
function addGeometric({ re, im }: Spectrum, { part, busy, visits, weight }: GeometricSum): void {
  const { re: partRe, im: partIm } = spectrumOf(part);
  for (let k = 0; k < re.length; k++) {
    const x = 1 - busy * partRe[k]!;
    const y = -busy * partIm[k]!;
    const scale = (1 - busy) / (x * x + y * y);
    const a = x * scale;
    const b = -y * scale;
    // Powers in place: a pair of numbers per frequency would keep the garbage collector busy.
    if (visits === 1) {
      re[k]! += weight * a;
      im[k]! += weight * b;
    } else if (visits === 2) {
      re[k]! += weight * (a * a - b * b);
      im[k]! += weight * 2 * a * b;
    } else {
      const radius = weight * Math.hypot(a, b) ** visits;
      const angle = visits * Math.atan2(b, a);
      re[k]! += radius * Math.cos(angle);
      im[k]! += radius * Math.sin(angle);
    }
  }
}

/** Masses of the equilibrium residual of a law, its values multiplied by `factor`. */
export function residualOf(demand: Demand, factor: number, step: number, cells: number): Float64Array {
  const masses = new Float64Array(cells);
  const mean = (factor * demand.mean * (1 + demand.scv)) / 2 / step;
  // Residuals within a cell would all be put at 0: sums of many of them must keep their mean.
  if (mean < 1) {
    masses[0] = 1 - mean;
    masses[1] = mean;
    return masses;
  }
  const scale = step / factor;
  let before = 0;
  for (let j = 0; j < cells; j++) {
    // Cell means are put half a step up on average, hence the points at the cells' middles.
    const next = demand.limitedMean((j + 0.5) * scale) / demand.mean;
    masses[j] = Math.max(0, next - before);
    before = next;
    if (next > 1 - 1e-14) break;
  }
  return masses;
}

/** The p-quantile by linear interpolation between the middles of the points; null where it lies beyond the lattice. */
export function quantile(lattice: Lattice, p: number): number | null {
  const { step, masses } = lattice;
  let sum = 0;
  for (let j = 0; j < masses.length; j++) {
    const mass = masses[j]!;
    if (sum + mass >= p && mass > 0) {
      const at = (j - 0.5 + (p - sum) / mass) * step;
      return Math.max(0, at);
    }
    sum += mass;
  }
  return null;
}
