import { describe, expect, it } from 'vitest';
import { ggc, gimc, type Law, mgc } from '../../../../src/math/queues/index.js';
import { timesFromMeans } from '../../../../src/math/queues/multi-server/poisson-wait.js';
import { expectClose } from '../../fixture-cases.js';

const exponential: Law = { kind: 'exponential', mean: 1 };
const lognormal = (cv: number): Law => ({ kind: 'lognormal', mean: 1, cv });
const gamma = (cv: number): Law => ({ kind: 'gamma', mean: 1, cv });
const erlang = (stages: number): Law => ({ kind: 'erlang', mean: 1, stages });
const hyper = (cv: number): Law => ({ kind: 'hyperexponential', mean: 1, cv });

describe('routes of M/G/c', () => {
  const ask = (service: Law, servers: number) => mgc({ arrivalRate: 0.8 * servers, service, servers });

  it.each([
    [exponential, 4, 'Erlang C', true],
    [{ kind: 'deterministic', mean: 1 } as Law, 4, 'M/D/c', true],
    [lognormal(2), 1, 'Pollaczek', true],
    [hyper(2), 4, 'logarithmic reduction', true],
    [erlang(20), 50, 'quadratic in cv²', false],
    [lognormal(0.6), 4, 'quadratic in cv²', false],
    [gamma(0.8), 4, 'fitted to two moments', false],
    [lognormal(1), 4, 'fitted to two moments', false],
    [gamma(2), 4, 'fitted to three moments', false],
    [lognormal(2), 4, 'geometric mean', false],
    [hyper(2), 300, 'extrapolated from exact systems of 24 and 48', false],
  ] as const)('%j at %d servers: %s', (service, servers, route, exact) => {
    const result = ask(service, servers);
    expect(result.route.toLowerCase()).toContain(route.toLowerCase());
    expect(result.exact).toBe(exact);
    if (exact) expect(result).not.toHaveProperty('errorBand');
    else expect(result.errorBand).toMatch(/mean wait ±\d/);
  });

  const numbersOf = (text: string) =>
    /^mean wait ±([\d.]+) %, sojourn percentiles ±([\d.]+) %/.exec(text)!.slice(1).map(Number);

  it('have the bands that simulation shows, wider the more is guessed', () => {
    const uniform: Law = { kind: 'empirical', quantiles: [0, 2] };
    const pieces: Law = { kind: 'empirical', quantiles: [0, 0.5, 1, 3] };
    const cases: readonly [Law, number, number, number][] = [
      [hyper(2), 300, 0.3, 0.2],
      [gamma(0.5), 4, 0.4, 0.5],
      [uniform, 4, 2.5, 1],
      [gamma(0.9), 4, 2, 1],
      [lognormal(0.9), 4, 4, 3],
      [pieces, 4, 4, 3],
      [gamma(1.5), 4, 7, 5],
      [gamma(1.51), 4, 7, 20],
      [lognormal(1.5), 4, 4, 3],
      [lognormal(1.51), 4, 4, 8],
      [lognormal(2), 4, 4, 8],
      [lognormal(2.01), 4, 20, 30],
    ];
    for (const [law, servers, mean, percentiles] of cases)
      expect(numbersOf(ask(law, servers).errorBand!), JSON.stringify(law)).toEqual([mean, percentiles]);
  });

  it('meet where one goes over into the other', () => {
    const mean = (service: Law) => ask(service, 5).wait!.mean;
    const step = (low: Law, high: Law, precision: number) =>
      expectClose(mean(low), mean(high), precision, 'mean');
    step(lognormal(Math.SQRT1_2 - 1e-6), lognormal(Math.SQRT1_2 + 1e-6), 1e-4);
    step(gamma(1 - 1e-6), gamma(1 + 1e-6), 1e-4);
    step(lognormal(1 - 1e-6), lognormal(1 + 1e-6), 1e-2);
    step(gamma(1 - 1e-6), exponential, 1e-4);
    step(hyper(1.0001), exponential, 1e-3);
  });

  it('do not depend on the unit of time', () => {
    for (const law of [gamma(0.5), gamma(0.8), gamma(2), lognormal(2), erlang(20)]) {
      const slow = { ...law, mean: 60 } as Law;
      const [one, other] = [ask(law, 6), mgc({ arrivalRate: 0.08, service: slow, servers: 6 })];
      expectClose(other.wait!.mean, 60 * one.wait!.mean, 1e-9, `mean of ${law.kind}`);
      expectClose(other.waitProbability!, one.waitProbability!, 1e-9, 'probability');
      expectClose(other.sojourn!.percentile(0.95), 60 * one.sojourn!.percentile(0.95), 1e-7, 'p95');
    }
  });

  it('lie between the laws of two phases with two and with three moments for lognormal service', () => {
    const scv = 4;
    const wide = ask(hyper(2), 4);
    const result = ask(lognormal(2), 4);
    expect(result.wait!.mean).toBeLessThan(wide.wait!.mean);
    expect(result.waitProbability).toBeGreaterThan(wide.waitProbability! * 0.95);
    // heavy traffic: (1 + cv²)/2 times M/M/c
    const heavy = (service: Law) => mgc({ arrivalRate: 4 * 0.999, service, servers: 4 }).wait!.mean;
    expectClose(heavy(lognormal(2)) / heavy(exponential), (1 + scv) / 2, 5e-3, 'heavy traffic');
    expectClose(heavy(gamma(2)) / heavy(exponential), (1 + scv) / 2, 5e-3, 'heavy traffic');
    expectClose(heavy(gamma(0.5)) / heavy(exponential), 1.25 / 2, 5e-3, 'heavy traffic');
  });

  it('take means into a wait with the hazard of the arrivals that find all busy', () => {
    // M/M/c: one exponential of rate cμ − λ
    const { wait, waitProbability } = timesFromMeans(0.5, 0.5 / 2, 6, { kind: 'exponential', mean: 0.5 }, 4);
    expect(waitProbability).toBe(0.5);
    expectClose(wait.tail(1), 0.5 * Math.exp(-2), 1e-9, 'tail');
  });

  it('refuse what is not positive or whole', () => {
    const input = { arrivalRate: 1, service: gamma(2), servers: 2 };
    expect(() => mgc({ ...input, arrivalRate: 0 })).toThrow('arrivalRate must');
    expect(() => mgc({ ...input, service: { ...gamma(2), mean: 0 } as Law })).toThrow(
      'mean service time must',
    );
    expect(() => mgc({ ...input, servers: 1.5 })).toThrow('servers must');
    expect(mgc({ ...input, arrivalRate: 2 })).toMatchObject({ stable: false, throughput: 2 });
  });

  it('say of two moments what a third could change', () => {
    const guess = (cv: number, servers: number) => ask({ kind: 'two-moment', mean: 1, cv }, servers);
    expect(guess(0, 4).exact).toBe(true);
    expect(guess(2, 4)).toMatchObject({ exact: false });
    expect(guess(2, 4).errorBand).toMatch(/^for a law fitted/);
    expect(guess(2, 300).errorBand).toMatch(/^mean wait ±.*; for a law fitted/);
    expect(guess(1, 4).errorBand).toContain('±2 %');
  });
});

describe('routes of G/G/c', () => {
  const scaled = (law: Law, mean: number) => ({ ...law, mean }) as Law;
  const ask = (arrival: Law, service: Law, servers: number) =>
    ggc({ arrival: scaled(arrival, 1 / (0.8 * servers)), service, servers });

  it.each([
    [exponential, hyper(2), 4, 'M/PH/c', true],
    [gamma(2), exponential, 4, 'GI/M/c', true],
    [{ kind: 'deterministic', mean: 1 } as Law, { kind: 'deterministic', mean: 1 } as Law, 4, 'D/D/c', true],
    [erlang(2), hyper(2), 4, 'PH/PH/c by logarithmic reduction', true],
    [erlang(2), hyper(2), 200, 'corrected by exact systems', false],
    [gamma(0.5), lognormal(1.5), 4, 'corrected by exact systems', false],
    [{ kind: 'deterministic', mean: 1 } as Law, erlang(2), 4, 'corrected by exact systems', false],
  ] as const)('%j, %j at %d servers: %s', (arrival, service, servers, route, exact) => {
    const result = ask(arrival, service, servers);
    expect(result.route).toContain(route);
    expect(result.exact).toBe(exact);
    expect('errorBand' in result).toBe(!exact);
    if (!exact) expect(result.errorBand).toContain('mean wait ±4 %');
  });

  it('say which law is guessed', () => {
    const two = (cv: number): Law => ({ kind: 'two-moment', mean: 1, cv });
    expect(ask(two(1), hyper(2), 4)).toMatchObject({
      exact: false,
      errorBand: 'for laws fitted to mean and cv',
    });
    expect(ask(two(1), gamma(2), 4).errorBand).toMatch(/^mean wait ±7 %.*; for laws fitted to mean and cv/);
    expect(ask(gamma(2), two(1), 4)).toMatchObject({
      exact: false,
      errorBand: 'for laws fitted to mean and cv',
    });
    for (const [arrival, service] of [
      [two(1.5), hyper(2)],
      [hyper(2), two(1.5)],
    ] as const) {
      expect(ask(arrival, service, 4).exact).toBe(false);
      expect(ask(arrival, service, 4).errorBand).toMatch(/^for a law fitted to mean and cv: .*27 %/);
      expect(ask(arrival, service, 300).errorBand).toMatch(
        /^mean wait ±4 %.*; for a law fitted to mean and cv/,
      );
    }
    expect(ask(two(0.8), hyper(2), 1).errorBand).toContain('27 %');
  });

  it('are M/G/c and GI/M/c where one side is exponential, approximations too', () => {
    const service = lognormal(1.5);
    const byPoisson = mgc({ arrivalRate: 3.2, service, servers: 4 });
    expect(ask(exponential, service, 4).wait!.mean).toBeCloseTo(byPoisson.wait!.mean, 12);
    const byTakacs = gimc({ arrival: scaled(gamma(2), 1 / 3.2), serviceTime: 1, servers: 4 });
    expect(ask(gamma(2), exponential, 4).wait!.mean).toBe(byTakacs.wait!.mean);
    // nearly exponential laws nearly are
    const near = ask(gamma(2), gamma(0.99), 4);
    expectClose(near.wait!.mean, byTakacs.wait!.mean, 1e-2, 'mean');
    expectClose(near.sojourn!.percentile(0.95), byTakacs.sojourn!.percentile(0.95), 1e-2, 'p95');
    const nearly = ask(gamma(0.99), gamma(2), 4);
    expectClose(nearly.wait!.mean, ask(exponential, gamma(2), 4).wait!.mean, 1e-2, 'mean');
  });

  it('approximations do not depend on the unit of time, and are right in heavy traffic', () => {
    const one = ask(gamma(0.6), lognormal(1.5), 6);
    const other = ggc({
      arrival: scaled(gamma(0.6), 60 / 4.8),
      service: scaled(lognormal(1.5), 60),
      servers: 6,
    });
    expectClose(other.wait!.mean, 60 * one.wait!.mean, 1e-8, 'mean');
    expectClose(other.sojourn!.percentile(0.95), 60 * one.sojourn!.percentile(0.95), 1e-7, 'p95');
    const heavy = (arrival: Law, service: Law) =>
      ggc({ arrival: scaled(arrival, 1 / (5 * 0.999)), service, servers: 5 }).wait!.mean;
    const markov = heavy(exponential, exponential);
    for (const [a, s] of [
      [0.3, 0.3],
      [0.3, 1.5],
      [1.5, 0.6],
      [2, 2],
    ] as const)
      expectClose(heavy(gamma(a), gamma(s)) / markov, (a * a + s * s) / 2, 2e-2, `cv ${a} and ${s}`);
  });

  it('refuse what is not positive or whole, and report overload', () => {
    const input = { arrival: scaled(gamma(2), 1), service: gamma(2), servers: 2 };
    expect(() => ggc({ ...input, arrival: scaled(gamma(2), 0) })).toThrow('mean interval must');
    expect(() => ggc({ ...input, service: scaled(gamma(2), 0) })).toThrow('mean service time must');
    expect(() => ggc({ ...input, servers: 0 })).toThrow('servers must');
    expect(ggc({ ...input, servers: 1 })).toMatchObject({ stable: false, throughput: 1 });
  });
});
