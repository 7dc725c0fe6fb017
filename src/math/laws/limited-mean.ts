import { upperGamma } from '../numeric/incomplete-gamma.js';
import { normalTail } from '../numeric/normal.js';
import { poissonWeight } from '../numeric/poisson.js';
import { type PhaseType, phaseTypeMoment } from '../queues/phase-type/phase-type.js';
import { fastestRate, sparseMove } from '../queues/phase-type/uniformised.js';
import type { Law } from './law.js';
import { limitedMeanOfPhases } from './stiff-phases.js';

/** What the models need of a duration: its mean, squared coefficient of variation, and E[min(X, x)] for every x ≥ 0. */
export interface Demand {
  readonly mean: number;
  readonly scv: number;
  /** E[min(X, x)]; its slope is P(X > x), so differences on a lattice give masses that keep the mean. */
  limitedMean(x: number): number;
}

export const NOTHING: Demand = { mean: 0, scv: 0, limitedMean: () => 0 };

/**
 * The law as a demand. A `two-moment` law becomes deterministic at cv 0, gamma below cv 1, exponential at 1 and lognormal
 * above: gamma and lognormal laws are what measured service times of web requests look like on either side.
 */
export function demandOf(law: Law): Demand {
  switch (law.kind) {
    case 'deterministic':
      return { mean: law.mean, scv: 0, limitedMean: (x) => Math.min(x, law.mean) };
    case 'exponential':
      return exponential(law.mean);
    case 'erlang':
      return gamma(law.mean, 1 / law.stages);
    case 'gamma':
      return gamma(law.mean, law.cv ** 2);
    case 'lognormal':
      return lognormal(law.mean, law.cv ** 2);
    case 'hyperexponential':
      return hyperexponential(law.mean, law.cv ** 2);
    case 'two-moment':
      return law.cv > 1 ? lognormal(law.mean, law.cv ** 2) : gamma(law.mean, law.cv ** 2);
    case 'empirical':
      return empirical(law.quantiles);
    case 'phase-type':
      return phaseType(law);
  }
}

/** The demand with a constant added, and scaled. */
export function shifted(demand: Demand, constant: number, factor = 1): Demand {
  if (constant === 0 && factor === 1) return demand;
  const mean = (demand.mean + constant) * factor;
  const scv = mean > 0 ? (demand.scv * (demand.mean * factor) ** 2) / mean ** 2 : 0;
  return {
    mean,
    scv,
    limitedMean: (x) => {
      const u = x / factor;
      return factor * (Math.min(u, constant) + (u > constant ? demand.limitedMean(u - constant) : 0));
    },
  };
}

function exponential(mean: number): Demand {
  if (mean <= 0) return NOTHING;
  return { mean, scv: 1, limitedMean: (x) => -mean * Math.expm1(-x / mean) };
}

function gamma(mean: number, scv: number): Demand {
  if (mean <= 0) return NOTHING;
  if (Math.abs(scv - 1) < 1e-9) return exponential(mean);
  // Below this the law is a spike narrower than any lattice step, and the continued fraction would be long.
  if (scv < 1e-5) return { mean, scv, limitedMean: (x) => Math.min(x, mean) };
  const shape = 1 / scv;
  const scale = mean * scv;
  return {
    mean,
    scv,
    limitedMean: (x) => {
      if (x <= 0) return 0;
      const z = x / scale;
      const tail = upperGamma(shape, z);
      const bump = poissonWeight(shape, z);
      return mean * Math.max(0, 1 - tail - bump) + x * tail;
    },
  };
}

function lognormal(mean: number, scv: number): Demand {
  if (mean <= 0) return NOTHING;
  if (scv < 1e-9) return { mean, scv, limitedMean: (x) => Math.min(x, mean) };
  const sigma = Math.sqrt(Math.log1p(scv));
  const mu = Math.log(mean) - sigma ** 2 / 2;
  return {
    mean,
    scv,
    limitedMean: (x) => {
      if (x <= 0) return 0;
      const z = (Math.log(x) - mu) / sigma;
      return mean * normalTail(sigma - z) + x * normalTail(z);
    },
  };
}

function hyperexponential(mean: number, scv: number): Demand {
  if (mean <= 0) return NOTHING;
  const p = 0.5 * (1 + Math.sqrt(Math.max(0, (scv - 1) / (scv + 1))));
  const fast = mean / (2 * p);
  const slow = p < 1 ? mean / (2 * (1 - p)) : 0;
  return {
    mean,
    scv,
    limitedMean: (x) =>
      -(mean / 2) * (Math.expm1(-x / fast) + (slow > 0 ? Math.expm1(-x / slow) : Math.expm1(-x / fast))),
  };
}

function empirical(quantiles: readonly number[]): Demand {
  const cells = quantiles.length - 1;
  let mean = 0;
  let second = 0;
  for (let i = 0; i < cells; i++) {
    const [a, b] = [quantiles[i]!, quantiles[i + 1]!];
    mean += (a + b) / 2 / cells;
    second += (a * a + a * b + b * b) / 3 / cells;
  }
  if (mean <= 0) return NOTHING;
  const limitedMean = (x: number): number => {
    let sum = 0;
    for (let i = 0; i < cells; i++) {
      const [a, b] = [quantiles[i]!, quantiles[i + 1]!];
      if (x <= a) return sum + (x * (cells - i)) / cells;
      sum += (x >= b ? (a + b) / 2 : x - (x - a) ** 2 / (2 * (b - a))) / cells;
    }
    return sum;
  };
  return { mean, scv: Math.max(0, second / mean ** 2 - 1), limitedMean };
}

/**
 * Steps of a uniformised chain that are followed. What is alive then is followed by powers of the matrix or, where that is large,
 * taken to end at one rate.
 */
const MOST_STEPS = 4000;
const MOST_PHASES = 64;

/** E[min(X, x)] = α(−T)⁻¹(I − e^{Tx})·1, with e^{Tx} by uniformisation (Jensen 1953). */
function phaseType(law: PhaseType): Demand {
  const mean = phaseTypeMoment(law, 1);
  if (!(mean > 0)) return NOTHING;
  const rate = fastestRate(law.generator);
  const move = sparseMove(law.generator, rate);
  // One step of the uniformised chain lasts 1/rate on average: L(x) = Σ_k |αP^k| · P(N(rate·x) > k) / rate.
  const alive: number[] = [];
  let row = Float64Array.from(law.alpha);
  let left = mean;
  let mass = sum(row);
  for (; alive.length < MOST_STEPS && mass >= 1e-14; mass = sum(row)) {
    alive.push(mass);
    left -= mass / rate;
    row = move(row);
  }
  const scv = Math.max(0, phaseTypeMoment(law, 2) / mean ** 2 - 1);
  if (mass >= 1e-14 && law.alpha.length <= MOST_PHASES) {
    const limitedMean = limitedMeanOfPhases(law, rate);
    return { mean, scv, limitedMean: (x) => (x > 0 ? Math.min(mean, limitedMean(x)) : 0) };
  }
  const meanLeft = mass > 0 ? Math.max(0, left) / mass : 0;
  const followed = alive.length / rate;
  /** Time spent in the first steps, by their number. */
  const passed = new Float64Array(alive.length + 1);
  for (let k = 0; k < alive.length; k++) passed[k + 1] = passed[k]! + alive[k]! / rate;
  const limitedMean = (x: number): number => {
    const steps = rate * x;
    const spread = 12 * Math.sqrt(steps) + 30;
    const from = Math.min(alive.length, Math.max(0, Math.floor(steps - spread)));
    const to = Math.min(alive.length, Math.ceil(steps + spread));
    let found =
      passed[from]! +
      (x > followed && meanLeft > 0 ? -mass * meanLeft * Math.expm1((followed - x) / meanLeft) : 0);
    let more = 1;
    let weight = poissonWeight(from, steps);
    for (let k = from; k < to; k++) {
      more -= weight;
      if (more <= 0) break;
      found += (alive[k]! * more) / rate;
      weight *= steps / (k + 1);
    }
    return Math.min(mean, found);
  };
  return { mean, scv, limitedMean };
}

const sum = (row: Float64Array): number => row.reduce((total, value) => total + value, 0);
