import { describe, expect, test } from 'vitest';
import { mmck } from '../../../src/math/queues/index.js';
import { plainServers } from '../../../src/model/threads/plain-servers.js';

const outcome = (servers: number, utilization: number, scv: number, backlog: number) =>
  plainServers(
    servers,
    {
      ratePerMs: (utilization * servers) / 100,
      cpu: { mean: 100, scv },
      io: { mean: 0, scv: 0 },
      cpuParts: 1,
      inTurns: 1,
      real: false,
    } as unknown as Parameters<typeof plainServers>[1],
    backlog,
  );

describe('a backlog that is full refuses, and bounds the wait', () => {
  const cases = [1, 2, 4].flatMap((servers) =>
    [0.5, 0.8, 0.95, 0.999].flatMap((utilization) =>
      [1, 4, 64].map((backlog) => [servers, utilization, backlog] as const),
    ),
  );

  test.each(cases)('as M/M/c/K does: %d servers, %d busy, %d places', (servers, utilization, backlog) => {
    const exact = mmck({
      arrivalRate: (utilization * servers) / 100,
      serviceTime: 100,
      servers,
      capacity: servers + backlog,
    });
    const { rejectProbability, waitProbability, meanWaitMs } = outcome(servers, utilization, 1, backlog);
    expect(rejectProbability / exact.blockingProbability!).toBeCloseTo(1, 8);
    expect(waitProbability / exact.waitProbability!).toBeCloseTo(1, 8);
    // By its series where the backlog hardly decays.
    expect(meanWaitMs / exact.wait!.mean).toBeCloseTo(1, 6);
  });

  /** The tail of M/G/1 falls by 1/z with each place, z > 1 the root of z = E[exp(λ(z − 1)S)]. */
  const root = (transform: (z: number) => number): number => {
    let z = 1.5;
    for (let n = 0; n < 2000; n += 1) z = transform(z) < z ? z * 1.0005 : z / 1.0005;
    return z;
  };
  test.each([
    ['constant', 0, (z: number) => Math.exp(0.95 * (z - 1))],
    ['Erlang-2', 0.5, (z: number) => (1 - (0.95 * (z - 1)) / 2) ** -2],
    ['Erlang-4', 0.25, (z: number) => (1 - (0.95 * (z - 1)) / 4) ** -4],
  ])('with %s service each further place refuses less as in M/G/1', (_, scv, transform) => {
    const [fewer, more] = [outcome(1, 0.95, scv, 100), outcome(1, 0.95, scv, 101)];
    expect(more.rejectProbability / fewer.rejectProbability).toBeCloseTo(1 / root(transform), 2);
    // The whole of a hundred places, which an exponent of its own would not meet.
    const hundred = outcome(1, 0.95, scv, 200).rejectProbability / fewer.rejectProbability;
    expect(Math.log(hundred) / 100).toBeCloseTo(-Math.log(root(transform)), 2);
  });
});
