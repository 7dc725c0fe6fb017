import { transform } from './fft.js';
import type { Demand } from './limited-mean.js';

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

interface Space {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly re2: Float64Array;
  readonly im2: Float64Array;
}

/** Working space of the transforms, by size. */
const spaces = new Map<number, Space>();

function space(size: number): Space {
  let found = spaces.get(size);
  if (!found) {
    const make = (): Float64Array => new Float64Array(size);
    found = { re: make(), im: make(), re2: make(), im2: make() };
    spaces.set(size, found);
  }
  return found;
}

/** Masses of the sum of two independent variables, by one transform there (both packed in one) and one back. */
export function plus(a: Float64Array, b: Float64Array): Float64Array {
  const cells = a.length;
  const size = 2 * cells;
  const { re, im, re2: productRe, im2: productIm } = space(size);
  re.fill(0, cells).set(a);
  im.fill(0, cells).set(b);
  transform(re, im);
  // With Z = FFT(a + ib): A·B at k is (Z_k² − conj(Z_{−k})²)/4i.
  for (let k = 0; k < size; k++) {
    const m = (size - k) % size;
    const squareRe = re[k]! ** 2 - im[k]! ** 2 - (re[m]! ** 2 - im[m]! ** 2);
    const squareIm = 2 * re[k]! * im[k]! + 2 * re[m]! * im[m]!;
    // The conjugate is taken here, so that the forward transform below is the inverse one.
    productRe[k] = squareIm / 4 / size;
    productIm[k] = squareRe / 4 / size;
  }
  transform(productRe, productIm);
  const sum = new Float64Array(cells);
  for (let j = 0; j < cells; j++) sum[j] = Math.max(0, productRe[j]!);
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
  const size = 2 * cells;
  const { re, im, re2, im2 } = space(size);
  const totalRe = new Float64Array(size);
  const totalIm = new Float64Array(size);
  for (const { part, busy, visits, weight } of sums) {
    re.fill(0, cells).set(part);
    im.fill(0);
    transform(re, im);
    for (let k = 0; k <= cells; k++) {
      const x = 1 - busy * re[k]!;
      const y = -busy * im[k]!;
      const scale = (1 - busy) / (x * x + y * y);
      const [u, v] = complexPower(x * scale, -y * scale, visits);
      totalRe[k]! += weight * u;
      totalIm[k]! += weight * v;
    }
  }
  re2.fill(0, cells).set(masses);
  im2.fill(0);
  transform(re2, im2);
  // The product's conjugate, so that the forward transform is the inverse one; real input, so that half of it is enough.
  for (let k = 0; k <= cells; k++) {
    const u = (re2[k]! * totalRe[k]! - im2[k]! * totalIm[k]!) / size;
    const v = -(re2[k]! * totalIm[k]! + im2[k]! * totalRe[k]!) / size;
    re[k] = u;
    im[k] = v;
    const mirror = (size - k) % size;
    re[mirror] = u;
    im[mirror] = k === 0 || k === cells ? v : -v;
  }
  transform(re, im);
  const sum = new Float64Array(cells);
  for (let j = 0; j < cells; j++) sum[j] = Math.max(0, re[j]!);
  return sum;
}

function complexPower(a: number, b: number, n: number): [number, number] {
  if (n === 1) return [a, b];
  if (n === 2) return [a * a - b * b, 2 * a * b];
  const radius = Math.hypot(a, b) ** n;
  const angle = n * Math.atan2(b, a);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Masses of the equilibrium residual of a law, its values multiplied by `factor`. */
export function residualOf(demand: Demand, factor: number, step: number, cells: number): Float64Array {
  const masses = new Float64Array(cells);
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
