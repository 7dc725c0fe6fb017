import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serversForWaiting } from '../../../../src/math/queues/erlang/inverses.js';
import { mmc } from '../../../../src/math/queues/mmc/mmc.js';
import { serversForMmc } from '../../../../src/math/queues/mmc/servers-for-mmc.js';
import { mmcStates } from '../../../../src/math/queues/mmc/states.js';
import { mmcSojourn, mmcWait } from '../../../../src/math/queues/mmc/waiting.js';
import { expectClose, fixture, SEED } from '../../support.js';

interface Case {
  readonly id: string;
  readonly arrivalRate: number;
  readonly serviceTime: number;
  readonly servers: number;
  readonly expected: {
    readonly waitProbability: number;
    readonly meanWait: number;
    readonly meanSojourn: number;
    readonly meanQueueLength: number;
    readonly meanInSystem: number;
    readonly waitVariance: number;
    readonly sojournVariance: number;
    readonly waitPercentiles: Readonly<Record<string, number>>;
    readonly sojournPercentiles: Readonly<Record<string, number>>;
  };
}

test.each(fixture<Case>('mmc'))('$id', ({ expected, ...queue }) => {
  const { waitProbability, meanQueueLength, meanInSystem, wait, sojourn } = mmc(queue);
  expectClose(waitProbability, expected.waitProbability, 1e-12);
  expectClose(meanQueueLength, expected.meanQueueLength, 1e-12);
  expectClose(meanInSystem, expected.meanInSystem, 1e-12);
  expectClose(wait!.mean, expected.meanWait, 1e-12);
  expectClose(sojourn!.mean, expected.meanSojourn, 1e-12);
  expectClose(wait!.variance, expected.waitVariance, 1e-12);
  expectClose(sojourn!.variance, expected.sojournVariance, 1e-12);
  for (const [p, value] of Object.entries(expected.waitPercentiles))
    expectClose(wait!.percentile(Number(p) / 100), value, 1e-11, 1e-14);
  for (const [p, value] of Object.entries(expected.sojournPercentiles))
    expectClose(sojourn!.percentile(Number(p) / 100), value, 1e-12);
});

const queues = fc
  .record({
    servers: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1_000_000 })),
    rho: fc.double({ min: 0.01, max: 1 - 1e-6, noNaN: true }),
    serviceTime: fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
  })
  .map(({ servers, rho, serviceTime }) => ({
    servers,
    serviceTime,
    arrivalRate: (servers * rho) / serviceTime,
  }));
const shares = fc.double({ min: 0, max: 0.999999, noNaN: true });

describe('identities', () => {
  test("Little's law", () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const result = mmc(queue);
        expectClose(result.meanQueueLength, queue.arrivalRate * result.wait!.mean, 1e-12);
        expectClose(result.meanInSystem, queue.arrivalRate * result.sojourn!.mean, 1e-12);
        expectClose(result.utilization, result.offeredLoad / queue.servers, 1e-15);
      }),
      SEED,
    );
  });

  test('the distribution function at a percentile is its probability', () => {
    fc.assert(
      fc.property(queues, shares, (queue, p) => {
        const { wait, sojourn } = mmc(queue);
        for (const times of [wait!, sojourn!]) {
          const t = times.percentile(p);
          if (t === 0) expect(times.tail(0)).toBeLessThanOrEqual(1 - p + 1e-15);
          else {
            expectClose(times.tail(t), 1 - p, 1e-11);
            expectClose(times.distribution(t), p, 1e-11, 1e-11);
          }
        }
      }),
      SEED,
    );
  });

  test('distribution functions rise from 0 to 1, with the density as their slope', () => {
    fc.assert(
      fc.property(queues, fc.double({ min: 0.01, max: 20, noNaN: true }), (queue, x) => {
        const { wait, sojourn } = mmc(queue);
        for (const times of [wait!, sojourn!]) {
          const t = x * times.mean + 1e-9 * queue.serviceTime;
          const step = 1e-5 * t;
          expect(times.distribution(t)).toBeLessThanOrEqual(times.distribution(t * 1.01));
          expectClose(times.distribution(t) + times.tail(t), 1, 1e-14);
          const slope = times.tail(t - step) - times.tail(t + step);
          expectClose(2 * step * times.density(t), slope, 1e-7, 1e-15);
        }
        expect(sojourn!.tail(0)).toBe(1);
        expect(sojourn!.distribution(0)).toBe(0);
      }),
      SEED,
    );
  });

  test('waits shrink with servers and grow with load', () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const before = mmc(queue);
        const more = mmc({ ...queue, servers: queue.servers + 1 });
        const busier = mmc({ ...queue, arrivalRate: queue.arrivalRate * (1 + 1e-8) });
        if (before.wait!.mean < 1e-290 * queue.serviceTime) return;
        expect(more.wait!.mean).toBeLessThan(before.wait!.mean);
        if (busier.stable) expect(busier.wait!.mean).toBeGreaterThan(before.wait!.mean);
        expect(more.sojourn!.percentile(0.95)).toBeLessThanOrEqual(
          before.sojourn!.percentile(0.95) * (1 + 1e-12),
        );
      }),
      SEED,
    );
  });
});

describe('M/M/1', () => {
  test('is the textbook closed form', () => {
    const { wait, sojourn, waitProbability, meanInSystem } = mmc({
      servers: 1,
      arrivalRate: 0.9,
      serviceTime: 1,
    });
    expectClose(waitProbability, 0.9, 1e-14);
    expectClose(meanInSystem, 9, 1e-13);
    expectClose(wait!.percentile(0.95), 10 * Math.log(0.9 / 0.05), 1e-13);
    expectClose(sojourn!.percentile(0.95), -10 * Math.log(0.05), 1e-13);
    expectClose(sojourn!.tail(1000), Math.exp(-100), 1e-12);
    expectClose(sojourn!.distribution(1e-6), 1e-7, 1e-6);
  });
});

describe('around the singularity at c − a = 1', () => {
  test('the sojourn tail is smooth', () => {
    const at = (spare: number) => mmcSojourn(5, 5 - spare, 1).tail(3);
    for (const off of [1e-3, 1e-6, 1e-9, 1e-13])
      expectClose((at(1 + off) + at(1 - off)) / 2, at(1), 10 * off * off + 1e-14);
  });

  test('the value there is e^−t(1 + C·t)', () => {
    const sojourn = mmcSojourn(5, 4, 1);
    const waiting = mmcWait(5, 4, 1).tail(0);
    expectClose(sojourn.tail(3), Math.exp(-3) * (1 + 3 * waiting), 1e-14);
    expectClose(sojourn.density(3), Math.exp(-3) * (1 - waiting + 3 * waiting), 1e-14);
  });
});

test('the sojourn time is short with a small but exact probability', () => {
  // 1 − C of those served at once, and for the others two stages: (1 − C)·t + C·θμt²/2 to the leading order.
  const waiting = mmcWait(3, 2.9, 1).tail(0);
  const t = 1e-8;
  expectClose(mmcSojourn(3, 2.9, 1).distribution(t), (1 - waiting) * t + (waiting * 0.1 * t * t) / 2, 1e-7);
});

test('near full load the sojourn of M/M/1 keeps its small probabilities', () => {
  const idle = 1e-9;
  const { sojourn } = mmc({ servers: 1, arrivalRate: 1 - idle, serviceTime: 1 });
  const left = 1 - (1 - idle); // what is left of it in the arrival rate
  for (const t of [1e-6, 0.01, 0.3, 0.49, 0.51, 2])
    expectClose(sojourn!.distribution(t), -Math.expm1(-left * t), t < 0.5 ? 1e-13 : 1e-6);
});

describe('fewest servers for an objective', () => {
  test.each([
    [0.3, 0.05, 2],
    [500, 0.2, 525],
    [5000, 0.5, 5023],
  ])('%d erlangs, at most %d waiting', (load, waiting) => {
    const servers = serversForMmc({ arrivalRate: load, serviceTime: 1 }, (q) => q.waitProbability <= waiting);
    expect(servers).toBe(serversForWaiting(load, waiting));
  });

  test('a percentile of the wait at 100,000 erlangs, in few looks', () => {
    let looks = 0;
    const servers = serversForMmc({ arrivalRate: 1e5, serviceTime: 1 }, ({ wait }) => {
      looks += 1;
      return wait.percentile(0.95) <= 0.01;
    });
    const at = (c: number) => mmc({ servers: c, arrivalRate: 1e5, serviceTime: 1 }).wait!.percentile(0.95);
    expect(at(servers)).toBeLessThanOrEqual(0.01);
    expect(at(servers - 1)).toBeGreaterThan(0.01);
    expect(looks).toBeLessThan(20);
  });

  test('asks only of stable systems, and says so where nothing is enough', () => {
    const asked: boolean[] = [];
    const meets = ({ stable }: { stable: boolean }) => {
      asked.push(stable);
      return false;
    };
    expect(() => serversForMmc({ arrivalRate: 3, serviceTime: 1 }, meets)).toThrow(
      /no number up to 1000000004/,
    );
    expect(asked.every(Boolean)).toBe(true);
    expect(() => serversForMmc({ arrivalRate: 0, serviceTime: 1 }, meets)).toThrow(/arrivalRate/);
    expect(() => serversForMmc({ arrivalRate: 1, serviceTime: 0 }, meets)).toThrow(/serviceTime/);
  });
});

describe('states', () => {
  test('sum to 1 and have the stated mean and variances', () => {
    const queue = { servers: 7, arrivalRate: 3, serviceTime: 1.8 };
    const states = mmcStates(queue)!;
    const { meanInSystem, meanQueueLength } = mmc(queue);
    const moments = [0, 0, 0];
    let queueSquares = 0;
    for (let n = 0; n < 600; n += 1) {
      const p = Math.exp(states.logProbability(n));
      moments[0]! += p;
      moments[1]! += n * p;
      moments[2]! += n * n * p;
      queueSquares += Math.max(0, n - 7) ** 2 * p;
    }
    expectClose(moments[0]!, 1, 1e-13);
    expectClose(moments[1]!, meanInSystem!, 1e-13);
    expectClose(moments[2]! - moments[1]! ** 2, states.numberVariance, 1e-12);
    expectClose(queueSquares - meanQueueLength! ** 2, states.queueVariance, 1e-12);
  });

  test('agree with a published example', () => {
    const states = mmcStates({ servers: 2, arrivalRate: 5, serviceTime: 0.1 })!; // R queueing 0.2.12, MMC(5, 10, 2)
    expectClose(states.queueVariance, 0.0544444444444, 1e-11);
    expectClose(Math.exp(states.logProbability(0)), 0.6, 1e-13);
  });

  test('are not known of an unstable queue', () => {
    expect(mmcStates({ servers: 2, arrivalRate: 2, serviceTime: 1 })).toBeNull();
  });

  test('are asked for by whole numbers', () => {
    const states = mmcStates({ servers: 2, arrivalRate: 1, serviceTime: 1 })!;
    expect(() => states.logProbability(0.5)).toThrow('n must be a whole number of 0 or more, got 0.5');
  });

  test('are finite where the probability underflows', () => {
    expect(mmcStates({ servers: 5000, arrivalRate: 4900, serviceTime: 1 })!.logProbability(0)).toBeCloseTo(
      -4900,
      0,
    );
  });
});

describe('beyond the capacity', () => {
  test.each([
    [1, 1],
    [3, 3],
    [3, 30],
  ])('%d servers at %d erlangs are unstable, without times', (servers, load) => {
    expect(mmc({ servers, arrivalRate: load / 2, serviceTime: 2 })).toEqual({
      servers,
      offeredLoad: load,
      stable: false,
      utilization: 1,
      waitProbability: null,
      blockingProbability: 0,
      throughput: servers / 2,
      meanQueueLength: null,
      meanInSystem: null,
      wait: null,
      sojourn: null,
      exact: true,
      route: 'Erlang C',
    });
  });

  test('a utilisation of 1 − 1e-12 is still answered', () => {
    const { stable, wait, meanQueueLength } = mmc({
      servers: 1e7,
      arrivalRate: 1e7 * (1 - 1e-12),
      serviceTime: 1,
    });
    expect(stable).toBe(true);
    expectClose(meanQueueLength, 1e12, 0.2); // the load itself is only known to 1e-9 of c − a
    expect(Number.isFinite(wait!.percentile(0.999))).toBe(true);
  });

  test.each([
    [{ servers: 0, arrivalRate: 1, serviceTime: 1 }, 'servers must be a whole number of 1 or more, got 0'],
    [{ servers: 1, arrivalRate: 0, serviceTime: 1 }, 'arrivalRate must be greater than 0, got 0'],
    [{ servers: 1, arrivalRate: 1, serviceTime: -1 }, 'serviceTime must be greater than 0, got -1'],
  ])('wrong inputs are named (%#)', (queue, message) => {
    expect(() => mmc(queue)).toThrow(message);
    expect(() => mmcStates(queue)).toThrow(message);
  });

  test('a percentile of 1 is refused', () => {
    const { wait, sojourn } = mmc({ servers: 1, arrivalRate: 0.5, serviceTime: 1 });
    expect(() => wait!.percentile(1)).toThrow(/percentile/);
    expect(() => sojourn!.percentile(-0.5)).toThrow(/percentile/);
  });
});
