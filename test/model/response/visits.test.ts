import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandOf } from '../../../src/math/laws/limited-mean.js';
import { predict } from '../../../src/model/predict.js';
import { growth, repeatedInEqualParts } from '../../../src/model/response/time-slices.js';
import { visitGrowth } from '../../../src/model/response/visit-growth.js';
import {
  likeEqualParts,
  repeatedMeetings,
  type Visit,
  visitsOf,
} from '../../../src/model/response/visits.js';
import { serverWork } from '../../../src/model/server-work.js';
import type { CpuOrder } from '../../../src/model/types.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../../src/simulation/index.js';

const NOTHING = serverWork({ front: { by: 'turn' } }, 0);
const NO_LOSSES = { reading: 0, closing: 0 };
const exponential = (mean: number) => demandOf({ kind: 'exponential', mean });
const shares = fc.double({ min: 0, max: 0.99, noNaN: true });
const parts = fc.integer({ min: 1, max: 12 });

describe('the visits of a request to its loop', () => {
  test('are as much CPU as it takes, in either order', () => {
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom<CpuOrder>('even', 'before-waits'),
        shares,
        (count, order, overheadMs) => {
          const work = serverWork({ front: { by: 'turn' } }, overheadMs);
          const visits = visitsOf(exponential(5), count, work, order, NO_LOSSES);
          const total = visits.reduce((sum, { meanMs }) => sum + meanMs, 0);
          expect(visits).toHaveLength(work.acceptMs > 0 ? count + 1 : count);
          expect(total).toBeCloseTo(5, 9);
        },
      ),
    );
  });

  const growthOf = (...given: readonly [readonly Visit[], number, number]) => {
    const { apart, again } = visitGrowth(...given, true);
    return apart * again;
  };

  test('of equal parts grow as equal parts do', () => {
    fc.assert(
      fc.property(parts, shares, shares, (count, utilization, linked) => {
        const visits = visitsOf(exponential(5), count, NOTHING, 'even', NO_LOSSES);
        expect(growthOf(visits, utilization + 0.001, linked)).toBeCloseTo(growth(count, linked), 9);
        expect(repeatedMeetings(visits)).toBeCloseTo(repeatedInEqualParts(count), 9);
        expect(likeEqualParts(visits)).toBeCloseTo(count, 9);
      }),
    );
  });

  test('are like as many parts as compute, the less of them the more the server computes beside', () => {
    const partsWith = (overheadMs: number): number =>
      likeEqualParts(
        visitsOf(
          exponential(5),
          3,
          serverWork({ front: { by: 'service' } }, overheadMs),
          'before-waits',
          NO_LOSSES,
        ),
      );
    expect(partsWith(0)).toBeCloseTo(2, 9);
    // Of 5 ms the server has 0.4 to read and 0.4 to answer: the first part has 2.1 + 0.4.
    expect(partsWith(0.8)).toBeCloseTo(5 / 2.5, 9);
  });

  test('are answered for however many there are', () => {
    const visits = visitsOf(exponential(5), 1e9, NOTHING, 'even', NO_LOSSES);
    expect(visits.reduce((sum, { meanMs }) => sum + meanMs, 0)).toBeCloseTo(5, 9);
    expect(visitGrowth(visits, 0.8, 1, false).again).toBeGreaterThan(1);
  });

  test('that leave nothing for after the wait double what is waited for, less what overtakes', () => {
    // Both visits wait λE[S²]/(2(1 − ρ)); of that the later one is spared ρ(1 − ρ), by going before what came anew in the same burst.
    const visits = visitsOf(exponential(5), 2, NOTHING, 'before-waits', NO_LOSSES);
    for (const utilization of [0.2, 0.5, 0.8])
      expect(growthOf(visits, utilization, 0)).toBeCloseTo(2 - utilization * (1 - utilization), 9);
    expect(growthOf(visits, 0.5, 1)).toBeCloseTo(2, 9);
    expect(repeatedMeetings(visits)).toBeCloseTo(0, 12);
  });
});

describe('one loop, against the simulator', () => {
  const facility = facilityOf({
    ...{ workerClass: 'asgi', gunicorn: 26, workers: 1, threads: 1, workerConnections: 1000 },
    ...{ backlog: 2048, cores: 1, gil: true, timeoutMs: 0 },
  });
  const orders: readonly CpuOrder[] = ['even', 'before-waits'];
  for (const cpuOrder of orders)
    for (const overheadMs of [0, 0.6])
      test(`CPU ${cpuOrder}, ${overheadMs} ms of the server's own`, () => {
        const workload = {
          ratePerSecond: 120,
          cpu: { kind: 'exponential', mean: 5.6 - overheadMs },
          io: { kind: 'exponential', mean: 45 },
          ...{ ioCalls: 1, overheadMs, cpuOrder },
        } as const;
        const simulated = simulate(facility, workload, { requests: 100_000, replications: 4 }).prediction;
        const { meanMs, p95Ms } = predict(facility, workload);
        expect(Math.abs(meanMs! / simulated.meanMs! - 1)).toBeLessThan(0.025);
        expect(Math.abs(p95Ms! / simulated.p95Ms! - 1)).toBeLessThan(0.025);
      });
});
