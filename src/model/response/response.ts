import {
  type GeometricSum,
  type Lattice,
  latticeOf,
  plus,
  plusAlike,
  plusExponential,
  plusGeometric,
  quantile,
  residualOf,
} from '../../math/convolution/grid.js';
import { boundedExponential, decayMeanFor } from '../../math/laws/bounded-exponential.js';
import type { Demand } from '../../math/laws/limited-mean.js';
import { steady } from '../../math/numeric/steady.js';
import type { ResponseTimes } from '../types.js';
import { type Start, stretched } from './cpu-delay.js';
import type { Line, ResponseParts } from './response-parts.js';
import { MOST_BUSY, plusWholeWait } from './whole-wait.js';

/** Points of the lattice; more change percentiles by less than 0.5 %. */
const CELLS = 512;

/** One kind of request among several. */
export interface Share {
  readonly weight: number;
  readonly parts: () => ResponseParts;
}

interface MadeShare {
  readonly weight: number;
  readonly parts: ResponseParts;
}

/** Percentiles of a mixture, from `guessMs`: an idea of the 99th percentile, which only sets the resolution. */
export function percentiles(shares: readonly Share[], guessMs: number): Omit<ResponseTimes, 'meanMs'> {
  const made = shares.map(({ weight, parts }) => ({ weight, parts: parts() }));
  for (let range = 1.5 * guessMs, tries = 0; ; range *= 2, tries++) {
    const lattice = mixtureLattice(made, range / CELLS);
    const p99 = quantile(lattice, 0.99);
    if (p99 === null && tries < 12) continue;
    const at = (p: number): number => steady(quantile(lattice, p) ?? range);
    return { p50Ms: at(0.5), p90Ms: at(0.9), p95Ms: at(0.95), p99Ms: at(0.99) };
  }
}

function mixtureLattice(shares: readonly MadeShare[], step: number): Lattice {
  if (shares.length === 1) return responseLattice(shares[0]!.parts, step, CELLS);
  const masses = new Float64Array(CELLS);
  for (const { weight, parts } of shares) {
    const one = responseLattice(parts, step, CELLS).masses;
    for (let j = 0; j < CELLS; j++) masses[j]! += weight * one[j]!;
  }
  return { step, masses };
}

/** A share of requests that moves no percentile by more than a ten-thousandth. */
const HARDLY_ANY = 1e-6;

function responseLattice(parts: ResponseParts, step: number, cells: number): Lattice {
  const { alike } = parts;
  const cpuMasses = latticeOf(parts.cpu, step, cells);
  const begun = (start: Start): Float64Array =>
    withConnection(computed(parts, cpuMasses, step, start), step, parts.connections?.[start]);
  const starts = {
    free: begun('free'),
    waited: waitProbabilityOf(parts) > HARDLY_ANY ? begun('waited') : null,
  };
  let masses = waiting(parts, starts, step);
  for (const line of parts.lines ?? []) masses = withLine(masses, step, parts, line);
  if (alike && alike.probability > 0.01) {
    const together = waitingAlike(parts, alike.lines, starts, step);
    masses = masses.map((p, j) => (1 - alike.probability) * p + alike.probability * together[j]!);
  }
  if (parts.io.mean > 0) masses = plus(masses, latticeOf(parts.io, step, cells));
  if (parts.wholeWait) masses = plusWholeWait(masses, step, parts.wholeWait, demandsOf(parts));
  return { step, masses };
}

const demandsOf = ({ cpu, io }: ResponseParts): readonly Demand[] => (io.mean > 0 ? [cpu, io] : [cpu]);

const waitProbabilityOf = ({ wait }: ResponseParts): number =>
  wait.reduce((sum, { probability }) => sum + probability, 0);

/** Adds the waits for database connections. */
const withConnection = (masses: Float64Array, step: number, wait: Demand | undefined): Float64Array =>
  wait !== undefined && wait.mean > 0 ? plus(masses, latticeOf(wait, step, masses.length)) : masses;

/** The CPU time as others stretch it, of requests that begin so. */
function computed(parts: ResponseParts, cpuMasses: Float64Array, step: number, start: Start): Float64Array {
  const { inTurns } = parts;
  const turns = new Float64Array(cpuMasses.length);
  if (inTurns > 1e-3) stretched({ step, masses: cpuMasses }, parts, start, waitProbabilityOf(parts), turns);
  if (inTurns >= 1 - 1e-3) return turns;
  const inOrder = inLine(cpuMasses, step, parts, parts.stretch[start]);
  return inTurns > 1e-3 ? inOrder.map((p, j) => inTurns * turns[j]! + (1 - inTurns) * p) : inOrder;
}

/** The law of the CPU time by start; null where none waits. */
interface Starts {
  readonly free: Float64Array;
  readonly waited: Float64Array | null;
}

/** Those that need not wait for a thread, and those that do. */
function waiting(parts: ResponseParts, { free, waited }: Starts, step: number): Float64Array {
  if (!waited) return free;
  const share = 1 - waitProbabilityOf(parts);
  const all = free.map((p) => share * p);
  for (const { probability, meanMs, mostMs, thenMs = 0 } of parts.wait) {
    const first = meanMs > step * 1e-3 ? plusBounded(waited, step, meanMs, mostMs) : waited;
    const later = thenMs > step * 1e-3 ? plusExponential(first, step, thenMs) : first;
    for (let j = 0; j < all.length; j++) all[j]! += probability * later[j]!;
  }
  return all;
}

/** As a share of the longest wait: means below which exponential waits do not reach it. */
const FAR_BELOW = 0.04;

/** Adds an exponential wait with this mean that is at most `mostMs`. */
function plusBounded(
  masses: Float64Array,
  step: number,
  meanMs: number,
  mostMs = Number.POSITIVE_INFINITY,
): Float64Array {
  if (meanMs < FAR_BELOW * mostMs) return plusExponential(masses, step, meanMs);
  const reach = Math.max(mostMs, meanMs / MOST_OF_REACH);
  const wait = boundedExponential(decayMeanFor(meanMs, reach), reach);
  return plus(masses, latticeOf(wait, step, masses.length));
}

/** Mean waits that are longer, as a share of the longest, only say that the longest is longer. */
const MOST_OF_REACH = 0.95;

/** The same where all waits of a request are as long as each other: those that wait first have the longest. */
function waitingAlike(
  parts: ResponseParts,
  lines: readonly [Line, Line],
  { free, waited }: Starts,
  step: number,
): Float64Array {
  const nothing = new Float64Array(free.length);
  nothing[0] = 1;
  const [first, later] = lines.map((line) => withLine(nothing, step, parts, line));
  const shortest = plusAlike(first!, later!);
  if (!waited) return plus(free, shortest);
  const longest = new Float64Array(free.length);
  let left = 1 - waitProbabilityOf(parts);
  for (let j = 0; j < shortest.length; j++) {
    const short = Math.min(left, shortest[j]!);
    left -= short;
    longest[j] = shortest[j]! - short;
    shortest[j] = short;
  }
  const [calm, busy] = [plus(free, shortest), plus(waited, longest)];
  return calm.map((p, j) => p + busy[j]!);
}

/** CPU time and, for each of its parts, a wait in line at the CPU. */
function inLine(cpuMasses: Float64Array, step: number, parts: ResponseParts, stretch: number): Float64Array {
  const { cpu, cpuParts, bursts = cpuParts, slowdown } = parts;
  const meanMs = ((stretch - 1) * cpu.mean) / bursts;
  return withLine(cpuMasses, step, parts, {
    busy: slowdown.disturbed,
    meanMs,
    visits: bursts,
    linked: parts.linked,
  });
}

/** Adds, for each visit, a geometric number of residual bursts (Pollaczek–Khinchine), scaled to the line's mean. */
function withLine(masses: Float64Array, step: number, parts: ResponseParts, line: Line): Float64Array {
  const { cpu } = parts;
  if (line.visits < 1 || line.meanMs <= step * 1e-3) return masses;
  const busy = Math.min(MOST_BUSY, Math.max(1e-6, line.busy));
  const residualMs = ((1 + cpu.scv) * cpu.mean) / 2;
  const factor = (line.meanMs * (1 - busy)) / busy / residualMs;
  const cells = masses.length;
  const linked = line.visits > 1 ? line.linked : 0;
  const sums: GeometricSum[] = [];
  if (linked < 0.99)
    sums.push({
      part: residualOf(cpu, factor, step, cells),
      busy,
      visits: line.visits,
      weight: 1 - (linked > 0.01 ? linked : 0),
    });
  if (linked > 0.01)
    sums.push({
      part: residualOf(cpu, factor * line.visits, step, cells),
      busy,
      visits: 1,
      weight: linked < 0.99 ? linked : 1,
    });
  return plusGeometric(masses, sums);
}
