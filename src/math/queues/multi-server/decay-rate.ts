import { asPhaseType, nearbyPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawMean } from '../../laws/moments.js';
import { transformComplement } from '../../laws/transform.js';
import { findRoot } from '../../numeric/roots.js';
import { hyperexponentialPhases, type PhaseType } from '../phase-type/phase-type.js';
import { fastestRate, sparseMove } from '../phase-type/uniformised.js';
import { definiteLaw } from '../two-moment.js';

/**
 * Exponential rate at which P(W > t) of G/G/c falls in the end: the root θ > 0 of E e^{−θA}·E e^{θS/c} = 1
 * (Takahashi 1981 for PH/PH/c; Neuts and Takahashi 1981). A lognormal service time has no such root: it takes the
 * geometric mean of those of two phases with its first two and three moments, which fall too fast and too slowly.
 * Infinity where nobody can wait for long.
 */
export function decayRate(arrival: Law, service: Law, servers: number): number {
  const law = definiteLaw(service);
  if (law.kind !== 'lognormal') return rootOfDecay(arrival, law, servers);
  const phases: PhaseType[] = [nearbyPhaseType(law)];
  if (law.cv > 1) phases.push(hyperexponentialPhases(law.mean, law.cv));
  const logs = phases.map((fit) => Math.log(rootOfDecay(arrival, { kind: 'phase-type', ...fit }, servers)));
  return Math.exp(logs.reduce((sum, x) => sum + x, 0) / logs.length);
}

function rootOfDecay(arrival: Law, law: Law, servers: number): number {
  const arriving = transformComplement(arrival);
  const serving = transformComplement(law);
  const excess = (theta: number) =>
    Math.log1p(-arriving({ re: theta, im: 0 }).re) + Math.log1p(-serving({ re: -theta / servers, im: 0 }).re);
  const limit = servers * slowestRate(law);
  const start = (1e-6 * servers) / lawMean(law);
  let high = Math.min(start, limit / 2);
  let low = 0;
  for (let n = 0; n < 2000; n += 1) {
    const value = excess(high);
    if (value > 0) return low === 0 ? refineDown(excess, high) : findRoot(excess, low, high, 1e-14);
    if (!(value <= 0)) return Number.POSITIVE_INFINITY;
    low = high;
    high = limit < Infinity ? (high > limit / 4 ? (high + limit) / 2 : 2 * high) : 2 * high;
    if (high > 1e6 * start * 1e6 || high === low) return limit < Infinity ? limit : Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}

function refineDown(excess: (theta: number) => number, high: number): number {
  let top = high;
  for (let n = 0; n < 60 && excess(top / 2) > 0; n += 1) top /= 2;
  return findRoot(excess, top / 2, top, 1e-10);
}

/** Rate at which the tail of a law falls in the end; Infinity where it is bounded. */
export function slowestRate(given: Law): number {
  const law = definiteLaw(given);
  switch (law.kind) {
    case 'exponential':
      return 1 / law.mean;
    case 'erlang':
      return law.stages / law.mean;
    case 'gamma':
      return 1 / (law.mean * law.cv ** 2);
    case 'hyperexponential':
    case 'phase-type':
      return slowestPhaseRate(asPhaseType(law)!.generator);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function slowestPhaseRate(generator: readonly (readonly number[])[]): number {
  const acyclic = generator.every((row, i) => row.every((x, j) => j >= i || x === 0));
  if (acyclic)
    return generator.reduce((least, row, i) => Math.min(least, -row[i]!), Number.POSITIVE_INFINITY);
  const rate = fastestRate(generator);
  const move = sparseMove(generator, rate);
  let row = new Float64Array(generator.length).fill(1);
  let ratio = 0;
  for (let n = 0; n < 3000; n += 1) {
    row = move(row);
    ratio = row.reduce((sum, x) => sum + x, 0) / generator.length;
    row = row.map((x) => x / ratio);
    const total = row.reduce((sum, x) => sum + x, 0);
    row = row.map((x) => (x * generator.length) / total);
  }
  return rate * (1 - ratio);
}
