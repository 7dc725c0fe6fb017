import { describe, expect, it } from 'vitest';
import {
  type Durations,
  type Law,
  lawCv,
  lawDurations,
  lawMean,
  mg1,
  mg1ps,
} from '../../../../src/math/queues/index.js';
import { mm1PsSojourn } from '../../../../src/math/queues/processor-sharing/mm1ps.js';
import {
  deterministicPsSojourn,
  generalPsSojourn,
} from '../../../../src/math/queues/processor-sharing/sojourn.js';
import { expectClose } from '../../fixture-cases.js';

/** n∫₀^∞ tⁿ⁻¹f(t)dt by equal steps of ln t, which is exact but for rounding where f is smooth. */
function moment(f: (t: number) => number, n: number, from: number, to: number, step: number): number {
  let sum = 0;
  for (let y = Math.log(from); y < Math.log(to); y += step)
    sum += n * step * Math.exp(n * y) * f(Math.exp(y));
  return sum;
}

/**
 * E V² = E S²/(1 − ρ)² + 2/(1 − ρ)²·∫P(W > u)E(S − u)⁺du, W the wait of M/G/1 in order of arrival: Yashkov’s variance of
 * the sojourn of a given service, averaged over services.
 */
function secondMoment(arrivalRate: number, service: Law): number {
  const mean = lawMean(service);
  const { tail } = mg1({ arrivalRate, service }).wait!;
  const serviceTail = lawDurations(service).tail;
  const step = 0.02;
  let [excess, sum] = [0, 0];
  for (let y = Math.log(300 * mean); y > Math.log(1e-5 * mean); y -= step) {
    const u = Math.exp(y);
    const more = u * step * serviceTail(u);
    sum += u * step * tail(u) * (excess + more / 2);
    excess += more;
  }
  const square = (1 + lawCv(service) ** 2) * mean * mean;
  return (square + 2 * sum) / (1 - arrivalRate * mean) ** 2;
}

describe('the sojourn in M/G/1-PS', () => {
  it.each([
    [{ kind: 'exponential', mean: 2 }, 0.35, 1e-4],
    [{ kind: 'erlang', mean: 2, stages: 2 }, 0.25, 1e-4],
    [{ kind: 'hyperexponential', mean: 2, cv: 2 }, 0.3, 1e-4],
    [{ kind: 'gamma', mean: 2, cv: 1.5 }, 0.3, 2e-3],
    // the work of the others by two phases
    [{ kind: 'lognormal', mean: 2, cv: 1 }, 0.3, 1e-2],
  ] as const)('of %j has the second moment of Yashkov', (service, rate, precision) => {
    const { tail } = generalPsSojourn(rate, service);
    expectClose(moment(tail, 2, 0.02, 2000, 0.4), secondMoment(rate, service), precision, 'E V²');
  });

  it('of deterministic services has mean and variance, and is never less than them', () => {
    for (const [rate, size] of [
      [0.6, 1],
      [0.04, 20],
    ] as const) {
      const utilization = rate * size;
      const { tail, percentile, mean } = deterministicPsSojourn(rate, size);
      expectClose(mean, size / (1 - utilization), 1e-14, 'mean');
      const delay = (t: number) => tail(size + t);
      expectClose(size + moment(delay, 1, 1e-7 * size, 90 * size, 0.05), mean, 1e-4, 'mean by tail');
      const { tail: waitTail } = mg1({
        arrivalRate: rate,
        service: { kind: 'deterministic', mean: size },
      }).wait!;
      // ∫(D − u)P(W > u)du by the midpoint rule
      let variance = 0;
      for (let k = 0; k < 2000; k += 1) {
        const u = ((k + 0.5) * size) / 2000;
        variance += ((size - u) * waitTail(u) * size) / 2000;
      }
      variance *= 2 / (1 - utilization) ** 2;
      const second = moment(delay, 2, 1e-5 * size, 90 * size, 0.05);
      expectClose(second, variance + (mean - size) ** 2, 1e-3, 'E(V − D)²');
      expect(tail(0.999 * size)).toBe(1);
      const alone = (1 - utilization) * Math.exp(-utilization);
      expectClose(tail(size), 1 - alone, 1e-9, 'more than the service');
      expect(percentile(alone * 0.99)).toBe(size);
      expect(percentile(alone * 1.01)).toBeGreaterThan(size);
      expectClose(tail(percentile(0.99)), 0.01, 1e-6, 'p99');
    }
  });

  it('falls from 1, and goes on far below what is inverted', () => {
    for (const service of [
      { kind: 'erlang', mean: 1, stages: 2 },
      { kind: 'gamma', mean: 1, cv: 1.5 },
    ] as const) {
      const { tail, percentile } = generalPsSojourn(0.5, service);
      expect(tail(-1)).toBe(1);
      expect(tail(0)).toBe(1);
      let last = 1;
      for (const t of [1e-3, 0.1, 1, 4, 12, 25, 40, 60, 100]) {
        expect(tail(t)).toBeLessThan(last);
        expect(tail(t)).toBeGreaterThan(0);
        last = tail(t);
      }
      expectClose(tail(percentile(0.999)), 1e-3, 1e-6, 'p99.9');
      // straight in the end
      const slope = (t: number) => Math.log(tail(t) / tail(t + 10)) / 10;
      expectClose(slope(400), slope(600), 1e-9, 'slope');
      expectClose(slope(80), slope(20), 0.35, 'the slope it had before');
    }
  });

  it('of a gamma law is that of the Erlang law it is, in any unit of time', () => {
    const at = (service: Law, p: number) => mg1ps({ arrivalRate: 0.7, service }).sojourn!.percentile(p);
    for (const p of [0.9]) {
      const erlang = at({ kind: 'erlang', mean: 1, stages: 2 }, p);
      expectClose(at({ kind: 'gamma', mean: 1, cv: Math.SQRT1_2 }, p), erlang, 1e-5, 'gamma and Erlang');
      // unit of time
      expectClose(
        mg1ps({ arrivalRate: 0.007, service: { kind: 'erlang', mean: 100, stages: 2 } }).sojourn!.percentile(
          p,
        ),
        100 * erlang,
        1e-6,
        'unit',
      );
    }
  });
});

describe('M/M/1-PS', () => {
  it('has the variance of the textbook', () => {
    // (E S)²(2 + ρ)/((2 − ρ)(1 − ρ)²) (Coffman, Muntz and Trotter 1970)
    for (const utilization of [0.1, 0.7]) {
      const { mean, tail }: Durations = mm1PsSojourn(utilization, 3);
      const variance = (9 * (2 + utilization)) / ((2 - utilization) * (1 - utilization) ** 2);
      expectClose(moment(tail, 1, 1e-9, 1000, 0.02), mean, 1e-6, 'mean');
      expectClose(moment(tail, 2, 1e-9, 1000, 0.02), variance + mean * mean, 1e-7, 'E V²');
      expect(tail(0)).toBe(1);
      expect(tail(-1)).toBe(1);
    }
  });
});

describe('gamma services of which many take hardly any time', () => {
  it.each([5, 6, 8, 14])('of cv %s stay at least as long as they are', (cv) => {
    const law: Law = { kind: 'gamma', mean: 1, cv };
    const service = lawDurations(law);
    const { tail, percentile } = mg1ps({ arrivalRate: 0.6, service: law }).sojourn!;
    for (const t of [0.01, 1, 10, 100]) {
      expect(tail(t)).toBeGreaterThan(service.tail(t));
      // ten times as long in the mean at most
      expect(tail(10 * t)).toBeLessThan(service.tail(t));
    }
    expect(percentile(0.99)).toBeGreaterThan(percentile(0.95));
  });
});
