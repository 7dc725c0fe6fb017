import { type Lattice, latticeOf } from '../../math/convolution/grid.js';
import type { Demand } from '../../math/laws/limited-mean.js';
import { persistence, type Slowdown } from './contention.js';
import type { ResponseParts } from './response-parts.js';
import { gapBetween } from './time-slices.js';

/** Whether a request need not wait for a thread, or waited and so begins when every slot is taken. */
export type Start = 'free' | 'waited';

/** A few points of the slowdown's law, in ascending order. */
interface Nodes {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Points of a lattice for each mean, below which most requests would be said to take nothing at all. */
const POINTS_A_MEAN = 8;

/** The lattice that CPU times are stretched from: no coarser than needed, as wide as `step` once they are stretched on average. */
function cpuLatticeFor(cpu: Demand, whole: Lattice, meanStretch: number): Lattice {
  const step = Math.min(whole.step, Math.max(whole.step / meanStretch, cpu.mean / POINTS_A_MEAN));
  return step < whole.step ? { step, masses: latticeOf(cpu, step, whole.masses.length) } : whole;
}

/**
 * Adds the law of the CPU time as stretched by others to `into`. Short requests see what they find at their start all the
 * time; in the average over long ones, both that and what happens later even out.
 */
export function stretched(
  whole: Lattice,
  parts: ResponseParts,
  start: Start,
  waitProbability: number,
  into: Float64Array,
): void {
  const { slowdown, cpuParts, bursts = cpuParts, io, stretch } = parts;
  const gapMs = gapBetween(io.mean, cpuParts);
  const meanStretch = (1 - waitProbability) * stretch.free + waitProbability * stretch.waited;
  if (Math.max(stretch.free, stretch.waited) - 1 < 1e-9) {
    into.set(whole.masses);
    return;
  }
  const { masses: cpuMasses, step } = cpuLatticeFor(parts.cpu, whole, meanStretch);
  const perCell = whole.step / step;
  const scale = slowdown.mean > 1 ? (meanStretch - 1) / (slowdown.mean - 1) : 0;
  const weights = start === 'free' ? weightsFree(slowdown, waitProbability) : slowdown.weights;
  const { mean, variance } = spreadOf(slowdown.values, weights);
  const nodes = nodesOf(slowdown.values, weights, nodesFor(cpuMasses));
  const atStart = start === 'free' ? variance : spreadOf(slowdown.values, slowdown.weightsWhenFull).variance;
  const leftOf = persistence(slowdown, bursts, gapMs);
  into[0]! += cpuMasses[0]!;
  for (let m = 1; m < cpuMasses.length; m++) {
    const mass = cpuMasses[m]!;
    if (mass <= 0) continue;
    const left = leftOf(m * step);
    const centre = meanStretch + (stretch[start] - meanStretch) * left.start;
    const later = slowdown.variance * (left.variance - left.start ** 2);
    const width = variance > 1e-12 ? scale * Math.sqrt((atStart * left.start ** 2 + later) / variance) : 0;
    const cells = m / perCell;
    spread(mass, cells, cells * (centre - width * mean), cells * width, nodes, into);
  }
}

/** Adds `mass`, at the cells `from + width·value` of the nodes but none below `least`, to the two cells about each. */
function spread(
  mass: number,
  least: number,
  from: number,
  width: number,
  { values, weights }: Nodes,
  into: Float64Array,
): void {
  const last = into.length - 1;
  for (let k = 0; k < values.length; k++) {
    const at = Math.max(least, from + width * values[k]!);
    const low = Math.floor(at);
    if (low >= last) return;
    const part = mass * weights[k]!;
    const share = at - low;
    into[low]! += part * (1 - share);
    into[low + 1]! += part * share;
  }
}

/** Of requests that find a free slot. */
function weightsFree({ weights, weightsWhenFull }: Slowdown, waitProbability: number): Float64Array {
  if (waitProbability < 1e-9) return weights;
  const free = weights.map((weight, a) => Math.max(0, weight - waitProbability * weightsWhenFull[a]!));
  const total = free.reduce((sum, weight) => sum + weight, 0);
  return total > 1e-9 ? free.map((weight) => weight / total) : weights;
}

function spreadOf(values: Float64Array, weights: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value, a) => sum + weights[a]! * value, 0);
  return { mean, variance: values.reduce((sum, value, a) => sum + weights[a]! * (value - mean) ** 2, 0) };
}

/** Points of all CPU times together, and of any one of them: the fewer times there are, the more each may have. */
const POINTS = 6000;
const LEAST_NODES = 8;
const MOST_NODES = 256;

const nodesFor = (cpuMasses: Float64Array): number =>
  Math.min(
    MOST_NODES,
    Math.max(LEAST_NODES, POINTS / cpuMasses.reduce((n, mass) => n + (mass > 1e-9 ? 1 : 0), 0)),
  );

/** Part of the rest that one slice takes, times the number of nodes. */
const TAIL = 4;
const LEAST_TAIL = 2e-3;

/**
 * Means of slices, narrower in the tail. Values but the least, nobody else there, are spread as far as halfway to their
 * neighbours, since what counts is an average over time.
 */
function nodesOf(values: Float64Array, weights: Float64Array, count: number): Nodes {
  const found: { value: number; weight: number }[] = [];
  const last = values.length - 1;
  let left = 1;
  let mass = 0;
  let moment = 0;
  const close = (): void => {
    if (mass > 0) found.push({ value: moment / mass, weight: mass });
    left -= mass;
    mass = 0;
    moment = 0;
  };
  for (let a = 0; a <= last; a++) {
    const value = values[a]!;
    const weight = weights[a]!;
    const reach = a === 0 || a === last ? 0 : Math.min(value - values[a - 1]!, values[a + 1]! - value) / 2;
    for (let done = 0; done < weight; ) {
      const slice = left < LEAST_TAIL ? 1 : Math.min(2, TAIL * left) / count;
      const taken = Math.min(weight - done, slice - mass);
      mass += taken;
      moment += taken * (value + reach * ((2 * done + taken) / weight - 1));
      done = weight - done - taken < 1e-15 ? weight : done + taken;
      if (slice - mass < 1e-12 || a === 0) close();
    }
  }
  close();
  found.sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(found, ({ value }) => value),
    weights: Float64Array.from(found, ({ weight }) => weight),
  };
}
