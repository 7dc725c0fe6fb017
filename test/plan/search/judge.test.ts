import { describe, expect, test } from 'vitest';
import type { ResponseTimes } from '../../../src/model/types.js';
import { errorOf, judge, shareOfCapacity, withoutCeiling } from '../../../src/plan/search/judge.js';
import type { Objective } from '../../../src/profile/types.js';
import { slo } from '../../support/slo.js';
import { planningOf, prediction } from '../made-up.js';

const objective = (maxUtilization: number | null, ...texts: string[]): Objective => ({
  ...planningOf({ cores: 1, mem: 1000, perWorker: 10, rate: 1, slo: slo(...texts) }).profile.objective,
  maxUtilization,
});
const errors = { meanMs: 0.05, p50Ms: 0, p90Ms: 0, p95Ms: 0.1, p99Ms: 0.2 } satisfies ResponseTimes;

describe('an objective is judged', () => {
  test('missed by a value that is no lower than its limit, and told by the worst share of a limit', () => {
    const asked = objective(null, 'p95<90ms', 'mean<51ms', 'p99<240ms');
    expect(judge(prediction(), asked, 50)).toEqual({
      met: false,
      certain: false,
      missed: ['p95<90ms'],
      uncertain: [],
      score: 1,
    });
    expect(judge(prediction({ p95Ms: 89.9 }), asked, 50)).toMatchObject({
      met: true,
      certain: true,
      missed: [],
    });
    expect(judge(prediction({ p95Ms: 45, meanMs: 102 }), asked, 50)).toMatchObject({
      score: 2,
      missed: ['mean<51ms'],
    });
  });

  test('uncertain by a value that its published error would lift to the limit', () => {
    const asked = objective(null, 'p95<99ms', 'wait<50%');
    const judged = (p95Ms: number) => judge(prediction({ p95Ms, waitProbability: 0.499 }), asked, 50, errors);
    expect(judged(90.1)).toMatchObject({ met: true, certain: false, uncertain: ['p95<99ms'] });
    expect(judged(89.9)).toMatchObject({ met: true, certain: true, uncertain: [] });
    expect(judged(99)).toMatchObject({ met: false, certain: false, missed: ['p95<99ms'], uncertain: [] });
    expect(judge(prediction({ p95Ms: 98.9 }), asked, 50)).toMatchObject({ certain: true });
    expect([errorOf(errors, 'p99'), errorOf(errors, 'wait'), errorOf(null, 'p99')]).toEqual([
      0.2,
      null,
      null,
    ]);
  });

  test('a value that is not known is passed over', () => {
    expect(judge(prediction({ p95Ms: null }), objective(null, 'p95<1ms'), 50)).toMatchObject({
      met: true,
      score: 0,
    });
  });

  test('by the share of the capacity that a rate takes, up to the last digit of the ceiling', () => {
    const use = (ratePerSecond: number) => judge(prediction(), objective(0.7), ratePerSecond);
    expect(use(70)).toMatchObject({ met: true, score: expect.closeTo(1, 9) });
    expect(use(70 * (1 + 1e-12)).missed).toEqual([]);
    expect(use(70.1)).toMatchObject({ missed: ['utilization'], score: expect.closeTo(701 / 700, 9) });
    expect(judge(prediction(), withoutCeiling(objective(0.7)), 99).met).toBe(true);
    expect(shareOfCapacity(prediction(), null)).toBeNull();
    expect(shareOfCapacity(prediction({ capacityPerSecond: 0 }), 1)).toBeCloseTo(1e9);
  });

  test('overload is worse than any miss, and less capacity is more of it', () => {
    const overloaded = (capacityPerSecond: number) =>
      judge(prediction({ stable: false, capacityPerSecond }), objective(null, 'p95<1ms'), 50);
    const missed = judge(prediction({ p95Ms: 1e6 }), objective(null, 'p95<1ms'), 50);
    expect(overloaded(10)).toMatchObject({ met: false, certain: false, missed: ['stable'], uncertain: [] });
    expect(overloaded(10).score).toBeGreaterThan(missed.score);
    expect(overloaded(5).score).toBeCloseTo(2 * overloaded(10).score);
    expect(Number.isFinite(overloaded(0).score)).toBe(true);
  });
});
