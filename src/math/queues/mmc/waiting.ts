import { percentileShare } from '../../numeric/domain.js';
import { meanDecay } from '../../numeric/exponentials.js';
import { type FullDurations, percentileOfTail } from '../durations.js';
import { lnC } from '../erlang/erlang-c.js';

/**
 * Waiting time in M/M/c: P(W > t) = C e^(−θt) with Erlang's C and θ = cμ − λ (Gross & Harris 1998, equation 2.34).
 *
 * @param load a < c erlangs. @param service mean service time 1/μ.
 */
export function mmcWait(servers: number, load: number, service: number): FullDurations {
  const lnWaiting = lnC(servers, load);
  const waiting = Math.exp(lnWaiting);
  const meanIfWaiting = service / (servers - load);
  const tail = (t: number) => Math.exp(lnWaiting - t / meanIfWaiting);
  return {
    mean: waiting * meanIfWaiting,
    variance: waiting * (2 - waiting) * meanIfWaiting * meanIfWaiting,
    tail,
    distribution: (t) => -Math.expm1(lnWaiting - t / meanIfWaiting),
    density: (t) => tail(t) / meanIfWaiting,
    percentile: (p) => Math.max(0, lnWaiting - Math.log1p(-percentileShare(p))) * meanIfWaiting,
  };
}

/**
 * Sojourn time in M/M/c, waiting and an exponential service. With θ as above,
 *
 *     P(T > t) = e^(−μt) + C·μ(e^(−θt) − e^(−μt))/(μ − θ),
 *
 * which is 0/0 at μ = θ, that is c − a = 1, and cancels around it. Written with the mean of e^(−u) over an interval,
 * (1 − e^(−x))/x, it has no singularity and adds positive terms only.
 */
export function mmcSojourn(servers: number, load: number, service: number): FullDurations {
  const wait = mmcWait(servers, load, service);
  const lnWaiting = lnC(servers, load);
  const waiting = Math.exp(lnWaiting);
  const spare = servers - load; // θ/μ
  const slower = Math.min(1, spare);
  const apart = Math.abs(spare - 1);
  const tail = (t: number) => {
    const x = t / service;
    return Math.exp(-x) + x * Math.exp(lnWaiting - slower * x) * meanDecay(apart * x);
  };
  const mean = wait.mean + service;
  return {
    mean,
    variance: wait.variance + service * service,
    tail,
    distribution: (t) => notYet(t / service, waiting, spare),
    density(t) {
      // From T = S + W: the density of S where nothing waits, and the convolution of the two where it does.
      const x = t / service;
      const both = spare * x * Math.exp(lnWaiting - slower * x) * meanDecay(apart * x);
      return ((1 - waiting) * Math.exp(-x) + both) / service;
    },
    percentile: (p) => percentileOfTail(tail, p, mean),
  };
}

/** P(T ≤ t) at x = μt, by parts that stay accurate for small x: those that need not wait, and those that do. */
function notYet(x: number, waiting: number, spare: number): number {
  const served = -Math.expm1(-x);
  return (1 - waiting) * served + waiting * hypoexponential(x, spare);
}

/** Distribution function at x of the sum of exponentials of rates 1 and `rate`, without cancellation. */
function hypoexponential(x: number, rate: number): number {
  if (x * Math.max(1, rate) < 0.5) {
    // The probability is of order x² here: r Σ_{n≥2} (−x)ⁿ/n!·(1 + r + … + rⁿ⁻²).
    let powers = 1;
    let factor = rate * x * x * 0.5;
    let sum = factor;
    for (let n = 3; n < 60 && Math.abs(factor * powers) > 1e-18 * sum; n += 1) {
      powers = powers * rate + 1;
      factor *= -x / n;
      sum += factor * powers;
    }
    return sum;
  }
  const slower = Math.min(1, rate);
  return -Math.expm1(-x) - x * Math.exp(-slower * x) * meanDecay(Math.abs(rate - 1) * x);
}
