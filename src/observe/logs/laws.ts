import type { Law } from '../../math/laws/law.js';
import { upperGamma } from '../../math/numeric/incomplete-gamma.js';
import { normalTail } from '../../math/numeric/normal.js';
import type { Histogram } from '../../math/statistics/histogram.js';
import { type Moments, variance, variation } from '../../math/statistics/moments.js';

/** A law fitted to a sample, and how far it is from it. */
export interface FittedLaw {
  readonly law: Law;
  /** How its parameters were found. */
  readonly by: 'moments' | 'likelihood';
  /** Largest distance between its distribution function and the sample's (Kolmogorov–Smirnov), 0 to 1. */
  readonly distance: number;
}

/** Below this variation a sample is as good as constant. */
const CONSTANT_CV = 0.01;
const MOST_STAGES = 1000;
/** How much closer a law must come for one more parameter, in units of the sampling error 1/√n. */
const ONE_PARAMETER = 0.35;

/**
 * Laws that could have produced the sample, closest first. Parameters are taken from mean and variation, because these two
 * decide how long requests queue; the lognormal also by maximum likelihood, from the mean and variance of the logarithm.
 */
export function fittedLaws(moments: Moments, logs: Moments, histogram: Histogram): FittedLaw[] {
  if (moments.count === 0 || moments.mean <= 0) return [];
  const { mean } = moments;
  const cv = variation(moments);
  const candidates: { readonly law: Law; readonly by: FittedLaw['by'] }[] = [
    { law: { kind: 'exponential', mean }, by: 'moments' },
  ];
  if (cv < CONSTANT_CV) candidates.push({ law: { kind: 'deterministic', mean }, by: 'moments' });
  else {
    candidates.push({ law: { kind: 'gamma', mean, cv }, by: 'moments' });
    candidates.push({ law: { kind: 'lognormal', mean, cv }, by: 'moments' });
    const stages = Math.round(1 / (cv * cv));
    if (cv < 1 && stages > 1 && stages <= MOST_STAGES)
      candidates.push({ law: { kind: 'erlang', mean, stages }, by: 'moments' });
    if (cv > 1) candidates.push({ law: { kind: 'hyperexponential', mean, cv }, by: 'moments' });
    const logVariance = variance(logs);
    if (logs.count > 1 && logVariance > 0 && logVariance < 40) {
      const law: Law = {
        kind: 'lognormal',
        mean: Math.exp(logs.mean + logVariance / 2),
        cv: Math.sqrt(Math.expm1(logVariance)),
      };
      candidates.push({ law, by: 'likelihood' });
    }
  }
  return candidates
    .map((candidate) => ({ ...candidate, distance: distance(candidate.law, histogram) }))
    .sort((a, b) => rank(a) - rank(b));

  /** Of laws that a sample of this size cannot tell apart, the one with fewer parameters comes first. */
  function rank({ law, distance }: FittedLaw): number {
    return distance + ('cv' in law || law.kind === 'erlang' ? ONE_PARAMETER / Math.sqrt(moments.count) : 0);
  }
}

/** The sample's distribution function is known at the ends of the histogram's bins; there the two are compared. */
function distance(law: Law, histogram: Histogram): number {
  let worst = 0;
  let below = 0;
  for (const { at, share } of histogram.distribution()) {
    // A law that jumps, as a constant does, may jump anywhere within a bin.
    const here = law.kind === 'deterministic' ? (at >= law.mean ? 1 : below) : 1 - tailOf(law, at);
    worst = Math.max(worst, Math.abs(here - share));
    below = share;
  }
  return worst;
}

/** P(X > t) of the laws that are fitted. */
function tailOf(law: Law, t: number): number {
  switch (law.kind) {
    case 'exponential':
      return Math.exp(-t / law.mean);
    case 'erlang':
      return upperGamma(law.stages, (t / law.mean) * law.stages);
    case 'gamma':
      return upperGamma(1 / law.cv ** 2, t / (law.mean * law.cv ** 2));
    case 'lognormal': {
      const logVariance = Math.log1p(law.cv ** 2);
      return t <= 0 ? 1 : normalTail((Math.log(t / law.mean) + logVariance / 2) / Math.sqrt(logVariance));
    }
    case 'hyperexponential': {
      // Balanced means: p₁/μ₁ = p₂/μ₂ (Tijms, Stochastic Modelling and Analysis, 1986, eq. 4.88).
      const first = (1 + Math.sqrt((law.cv ** 2 - 1) / (law.cv ** 2 + 1))) / 2;
      const tail = (p: number) => p * Math.exp((-2 * p * t) / law.mean);
      return tail(first) + tail(1 - first);
    }
    default:
      return 0;
  }
}
