import { describe, expect, it } from 'vitest';
import { type Matrix, product } from '../../../../src/math/matrix/dense.js';
import type { Sparse } from '../../../../src/math/matrix/sparse.js';
import { deterministicQueue } from '../../../../src/math/queues/deterministic/queue-length.js';
import { type Law, mdc, mmc } from '../../../../src/math/queues/index.js';
import { decayRate, slowestRate } from '../../../../src/math/queues/multi-server/decay-rate.js';
import { affordable } from '../../../../src/math/queues/multi-server/effort.js';
import { exponentialWait } from '../../../../src/math/queues/multi-server/exponential-wait.js';
import { firstPassage } from '../../../../src/math/queues/multi-server/logarithmic-reduction.js';
import { momentBand } from '../../../../src/math/queues/multi-server/moment-band.js';
import { occupancy, occupancySize } from '../../../../src/math/queues/multi-server/occupancy.js';
import { phphTimes } from '../../../../src/math/queues/multi-server/phph-times.js';
import {
  exactMeans,
  markovMeans,
  quadraticMeans,
  twoPhaseMeans,
} from '../../../../src/math/queues/multi-server/poisson-approximation.js';
import { extrapolated, similarSystem } from '../../../../src/math/queues/multi-server/similar-system.js';
import {
  twoExponentials,
  twoExponentialWait,
} from '../../../../src/math/queues/multi-server/two-exponentials.js';
import {
  erlangPhases,
  hyperexponentialOfMoments,
  hyperexponentialPhases,
  mixedErlangPhases,
} from '../../../../src/math/queues/phase-type/phase-type.js';
import { expectClose } from '../../fixture-cases.js';

describe('an exponential wait', () => {
  it('has its probability, mean and percentiles', () => {
    const { mean, tail, percentile } = exponentialWait(0.4, 2);
    expect(mean).toBe(2);
    expect(tail(-1e-9)).toBe(1);
    expect(tail(0)).toBe(0.4);
    expectClose(tail(10), 0.4 * Math.exp(-2), 1e-15, 'tail');
    expect(percentile(0.6)).toBe(0);
    expect(percentile(0.1)).toBe(0);
    expectClose(percentile(0.9), 5 * Math.log(4), 1e-14, 'p90');
    expect(() => percentile(1)).toThrow('probability');
  });

  it('is none where nobody waits', () => {
    const { tail, percentile } = exponentialWait(0, 0);
    expect([tail(-1), tail(0), tail(1), percentile(0.999)]).toEqual([1, 0, 0, 0]);
  });
});

describe('what two moments leave open', () => {
  it.each([
    [9, 1, 'mean wait exact'],
    [1, 2, '±2 %'],
    [1.01, 2, '6 %'],
    [1.5, 2, '6 %'],
    [1.51, 2, '11 %'],
    [2, 2, '11 %'],
    [2.01, 2, '27 %'],
    [4, 2, '27 %'],
    [4.01, 2, '50 %'],
  ])('of cv² %d at %d servers: %s', (scv, servers, text) => {
    expect(momentBand(scv, servers)).toContain(text);
    expect(momentBand(scv, servers)).toContain('fitted to mean and cv');
  });
});

describe('states of busy servers', () => {
  const rates = ({ rows, columns, entries }: Sparse) => {
    const dense = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
    for (const { row, column, value } of entries) dense[row]![column]! += value;
    return dense;
  };

  it('are as many as there are ways to share servers among phases', () => {
    expect([0, 1, 2, 5].map((busy) => occupancySize(busy, 1))).toEqual([1, 1, 1, 1]);
    expect([0, 1, 2, 5].map((busy) => occupancySize(busy, 2))).toEqual([1, 2, 3, 6]);
    expect(occupancySize(4, 3)).toBe(15);
    expect(occupancySize(10, 4)).toBe(286);
  });

  it('move as two servers of two phases do', () => {
    // phase 1 goes on to 2 at rate 1 and ends at 2; phase 2 ends at 5; a service starts in 1 with 0.3
    const service = {
      alpha: [0.3, 0.7],
      generator: [
        [-3, 1],
        [0, -5],
      ],
    };
    const { within, ending, starting, replacing, size } = occupancy(2, service);
    expect(size).toBe(3);
    // in whichever order, the states have 2, 1 and 0 servers in phase 1: found by how fast they are left
    const order = [-6, -8, -10].map((rate) => rates(within).findIndex((row, i) => row[i] === rate));
    expect([...order].sort()).toEqual([0, 1, 2]);
    const [two, one, none] = order as [number, number, number];
    expect(rates(within)[two]![one]).toBe(2);
    expect(rates(within)[one]![none]).toBe(1);
    const back = rates(replacing);
    expectClose(back[two]![two]!, 4 * 0.3, 1e-15, 'two stay');
    expectClose(back[two]![one]!, 4 * 0.7, 1e-15, 'two to one');
    expectClose(back[one]![two]!, 5 * 0.3, 1e-15, 'one to two');
    expectClose(back[one]![one]!, 2 * 0.3 + 5 * 0.7, 1e-15, 'one stays');
    expectClose(back[one]![none]!, 2 * 0.7, 1e-15, 'one to none');
    const ends = rates(ending);
    expect(ends[one]!.filter((x) => x > 0).sort()).toEqual([2, 5]);
    expect(ends[two]!.filter((x) => x > 0)).toEqual([4]);
    expect(ends[none]!.filter((x) => x > 0)).toEqual([10]);
    expect(ending.columns).toBe(2);
    expect(starting.columns).toBe(4);
    expect(
      rates(starting)
        [two]!.filter((x) => x > 0)
        .sort(),
    ).toEqual([0.3, 0.7]);
    expect(occupancy(0, service).ending.entries).toEqual([]);
  });
});

describe('the first passage to the level below', () => {
  it('is the solution of G = down + up·G²', () => {
    const rows = (data: number[]): Matrix => ({ rows: 3, columns: 3, data: Float64Array.from(data) });
    const up = rows([0.1, 0.2, 0, 0, 0.3, 0.1, 0.25, 0, 0.1]);
    const down = rows([0.3, 0.1, 0.3, 0.5, 0.05, 0.05, 0.05, 0.3, 0.3]);
    const [givenUp, givenDown] = [up, down].map((m) => ({ ...m, data: m.data.slice() })) as [Matrix, Matrix];
    const passage = firstPassage(givenUp, givenDown);
    const twice = product(up, product(passage, passage));
    passage.data.forEach((x, i) => {
      expectClose(down.data[i]! + twice.data[i]!, x, 1e-13, `entry ${i}`);
    });
    for (let i = 0; i < 3; i += 1)
      expectClose(
        passage.data.subarray(3 * i, 3 * i + 3).reduce((sum, x) => sum + x, 0),
        1,
        1e-13,
        'returns',
      );
  });
});

describe('the rate of decay', () => {
  const exponential = (mean: number): Law => ({ kind: 'exponential', mean });

  it('of M/D/c is that of its queue', () => {
    for (const [servers, utilization] of [
      [1, 0.3],
      [4, 0.7],
      [50, 0.95],
      [2, 0.9999],
    ] as const) {
      const { growth } = deterministicQueue(servers, utilization);
      const rate = decayRate(
        exponential(3 / (servers * utilization)),
        { kind: 'deterministic', mean: 3 },
        servers,
      );
      expectClose(rate, (servers * Math.log(growth)) / 3, 1e-8, `${servers} at ${utilization}`);
    }
  });

  it('is the root of E e^{−θA}·E e^{θS/c} = 1', () => {
    for (const [arrival, service, servers] of [
      [{ kind: 'gamma', mean: 0.3, cv: 0.7 }, { kind: 'gamma', mean: 1, cv: 1.3 }, 4],
      [{ kind: 'deterministic', mean: 1.1 }, { kind: 'gamma', mean: 1, cv: 0.4 }, 1],
      [{ kind: 'gamma', mean: 250, cv: 2 }, { kind: 'gamma', mean: 1000, cv: 2 }, 5],
    ] as const) {
      const theta = decayRate(arrival, service, servers);
      // gamma: (1 + sθ)^{−k} with scale mean·cv² and k = 1/cv²
      const gamma = (mean: number, cv: number, s: number) => -Math.log1p(s * mean * cv * cv) / (cv * cv);
      const arriving =
        arrival.kind === 'gamma' ? gamma(arrival.mean, arrival.cv, theta) : -theta * arrival.mean;
      const serving = gamma(service.mean, service.cv, -theta / servers);
      expect(Math.abs(arriving + serving)).toBeLessThan(1e-9);
      expect(theta).toBeGreaterThan(0);
      expect(theta).toBeLessThan(servers * slowestRate(service));
    }
  });

  it('is found however near to full load', () => {
    for (const spare of [1e-3, 1e-6, 1e-8])
      expectClose(decayRate(exponential(1 / (1 - spare)), exponential(1), 1), spare, 1e-6, `spare ${spare}`);
  });

  it('is infinite where every service ends before the next arrival', () => {
    const service: Law = { kind: 'empirical', quantiles: [0, 0.9] };
    expect(decayRate({ kind: 'deterministic', mean: 1 }, service, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('of lognormal service lies between those of two phases with two and three moments', () => {
    const at = (service: Law) => decayRate(exponential(0.5), service, 3);
    const two = at({ kind: 'hyperexponential', mean: 1, cv: 2 });
    const three = at({ kind: 'phase-type', ...hyperexponentialOfMoments(1, 5, 125)! });
    expectClose(at({ kind: 'lognormal', mean: 1, cv: 2 }), Math.sqrt(two * three), 1e-12, 'geometric mean');
    const mixed = at({ kind: 'phase-type', ...mixedErlangPhases(1, 0.8) });
    expectClose(at({ kind: 'lognormal', mean: 1, cv: 0.8 }), mixed, 1e-12, 'cv below 1');
  });

  it('of one service is that of its slowest phase', () => {
    expect(slowestRate(exponential(4))).toBe(0.25);
    expect(slowestRate({ kind: 'erlang', mean: 4, stages: 3 })).toBe(0.75);
    expectClose(slowestRate({ kind: 'gamma', mean: 4, cv: 2 }), 1 / 16, 1e-15, 'gamma');
    // balanced means with p = ¾ and ¼
    expectClose(slowestRate({ kind: 'hyperexponential', mean: 2, cv: Math.sqrt(5 / 3) }), 0.25, 1e-14, 'H₂');
    expect(slowestRate({ kind: 'deterministic', mean: 1 })).toBe(Number.POSITIVE_INFINITY);
    expect(slowestRate({ kind: 'empirical', quantiles: [0, 1] })).toBe(Number.POSITIVE_INFINITY);
    // eigenvalues −1 and −4 of [[−2, 2], [1, −3]]
    const cyclic: Law = { kind: 'phase-type', alpha: [0.5, 0.5], generator: [[-2, 2], [1, -3]] }; // biome-ignore format: a matrix
    expectClose(slowestRate(cyclic), 1, 1e-9, 'cyclic');
  });
});

describe('two exponentials', () => {
  it('have the probability, mean, decay and first hazard asked for', () => {
    const fitted = twoExponentials(0.6, 1.5, 0.3, 0.5);
    expect(fitted.slow).toBe(0.3);
    const { mean, tail, percentile } = twoExponentialWait(fitted);
    expect(mean).toBe(1.5);
    expectClose(tail(0), 0.6, 1e-15, 'probability');
    expectClose((tail(0) - tail(1e-6)) / 1e-6 / 0.6, 0.5, 1e-5, 'hazard');
    const { share, slow, fast } = fitted;
    expectClose(0.6 * (share / slow + (1 - share) / fast), 1.5, 1e-14, 'mean');
    expectClose(tail(percentile(0.95)), 0.05, 1e-12, 'p95');
    expect(tail(-1)).toBe(1);
  });

  it('are one where the faster would be the slower, or a share negative', () => {
    for (const [decay, hazard] of [
      [0.5, 0.6],
      [0.3, 0.2],
      [2, 0.5],
    ] as const) {
      const { share, slow, fast } = twoExponentials(0.6, 1.5, decay, hazard);
      if (share === 1) expect([slow, fast]).toEqual([0.4, 0.4]);
      else expect(fast).toBeGreaterThan(slow);
      expect(share).toBeGreaterThan(0);
    }
    expect(twoExponentials(0.6, 1.5, 0.3, 0.2).share).toBe(1);
  });
});

describe('means of M/G/c', () => {
  it('are those of M/M/c, M/D/c and exact systems', () => {
    const markov = mmc({ arrivalRate: 7, serviceTime: 1, servers: 8 });
    expectClose(markovMeans(8, 7 / 8).mean, markov.wait!.mean, 1e-13, 'mean');
    expectClose(markovMeans(8, 7 / 8).waitProbability, markov.waitProbability!, 1e-13, 'probability');
    const fixed = mdc({ arrivalRate: 7, serviceTime: 1, servers: 8 });
    expectClose(quadraticMeans(0, 8, 7 / 8).mean, fixed.wait!.mean, 1e-13, 'mean');
    expectClose(quadraticMeans(0, 8, 7 / 8).waitProbability, fixed.waitProbability!, 1e-13, 'probability');
    expectClose(quadraticMeans(1, 8, 7 / 8).mean, markov.wait!.mean, 1e-13, 'mean');
    const two = hyperexponentialPhases(1, 2);
    for (const servers of [3, 48])
      expect(twoPhaseMeans(two, servers, 0.9)).toEqual(
        exactMeans(erlangPhases(1 / (0.9 * servers), 1), two, servers),
      );
    const exact = phphTimes(erlangPhases(1 / 2.7, 1), two, 3);
    expectClose(twoPhaseMeans(two, 3, 0.9).mean, exact.wait.mean, 1e-13, 'mean');
  });

  it('never leave the range from M/D/c to M/M/c', () => {
    for (let scv = 0; scv <= 1; scv += 0.05) {
      const { mean, waitProbability } = quadraticMeans(scv, 4, 0.5);
      expect(mean).toBeGreaterThanOrEqual(quadraticMeans(0, 4, 0.5).mean);
      expect(mean).toBeLessThanOrEqual(markovMeans(4, 0.5).mean);
      expect(waitProbability).toBeLessThanOrEqual(markovMeans(4, 0.5).waitProbability);
    }
  });

  it('beyond 48 servers follow exact ones without a step', () => {
    for (const service of [erlangPhases(1, 2), hyperexponentialPhases(1, 2)]) {
      const exact = twoPhaseMeans(service, 48, 0.92);
      const next = twoPhaseMeans(service, 49, 0.92);
      expectClose(
        next.mean / markovMeans(49, 0.92).mean,
        exact.mean / markovMeans(48, 0.92).mean,
        2e-3,
        'mean',
      );
    }
  });
});

describe('smaller systems', () => {
  it('are as loaded as they can be where even that waits too little', () => {
    const { utilization, servers } = similarSystem(1e6, 1 - 1e-12, 4);
    expect(servers).toBe(4);
    expect(utilization).toBe(1 - 1e-9);
  });

  it('of systems where nobody waits have e⁻⁶⁰ of waiting', () => {
    const { utilization } = similarSystem(1000, 0.3, 10);
    expectClose(markovMeans(10, utilization).waitProbability, Math.exp(-60), 1e-9, 'probability');
  });

  it('are extrapolated on the line in 1/√c', () => {
    const line = (c: number) => 3 - 2 / Math.sqrt(c);
    const [small, large] = [9, 36].map((servers) => ({ servers, value: line(servers) })) as [
      { servers: number; value: number },
      { servers: number; value: number },
    ];
    for (const c of [9, 20, 36, 400]) expectClose(extrapolated(c, small, large), line(c), 1e-14, `${c}`);
  });
});

describe('what can be solved in time', () => {
  const poisson = (servers: number) => erlangPhases(1 / (0.9 * servers), 1);

  it('is bounded by servers, states and work', () => {
    expect(affordable(poisson(1000), erlangPhases(1, 1), 1000, 0.9)).toBe(true);
    expect(affordable(poisson(1001), erlangPhases(1, 1), 1001, 0.9)).toBe(false);
    expect(affordable(poisson(2), erlangPhases(1, 60), 2, 0.9)).toBe(false);
    expect(affordable(poisson(1), erlangPhases(1, 100), 1, 0.9)).toBe(true);
    // the nearer to full load the more iterations
    expect(affordable(poisson(110), erlangPhases(1, 2), 110, 0.9)).toBe(true);
    expect(affordable(poisson(110), erlangPhases(1, 2), 110, 1 - 1e-9)).toBe(false);
    // arrival phases multiply the states
    expect(affordable(erlangPhases(1 / 63, 2), erlangPhases(1, 2), 70, 0.9)).toBe(true);
    expect(affordable(erlangPhases(1 / 63, 4), erlangPhases(1, 2), 70, 0.9)).toBe(false);
  });
});
