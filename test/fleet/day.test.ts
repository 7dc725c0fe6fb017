import { describe, expect, test } from 'vitest';
import { type DayQuestion, followDay } from '../../src/fleet/day.js';

const HOUR_MS = 3_600_000;

/** Replicas held at 100/s, whose objective ends at 150/s. */
const asked = (
  points: readonly (readonly [hours: number, rate: number])[],
  more: Partial<DayQuestion> = {},
) =>
  followDay({
    rates: points.map(([atHours, ratePerSecond]) => ({ atHours, ratePerSecond })),
    targetRate: 100,
    limitRate: 150,
    minReplicas: 1,
    maxReplicas: 100,
    fixedReplicas: 9,
    reactionMs: 0,
    pricePerHour: null,
    ...more,
  });

/** From 100/s to 900/s in eight hours, by 100/s an hour, and as long at 900/s. */
const RISE = [
  [0, 100],
  [8, 900],
] as const;

describe('a rate that rises', () => {
  test('takes a replica more each hour, and is followed without a miss where they serve at once', () => {
    expect(asked(RISE)).toEqual({
      hours: 16,
      replicas: [
        { atHours: 0, ratePerSecond: 100, replicas: 1 },
        { atHours: 8, ratePerSecond: 900, replicas: 9 },
      ],
      replicaHours: 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 8 * 9,
      fixedReplicaHours: 144,
      price: null,
      fixedPrice: null,
      missedHours: 0,
    });
  });

  // With an hour's delay n + 1 hundred a second meet n replicas: above the limit where (n + 1)/n is.
  test.each([
    [100, 8],
    [149, 2],
    [150, 1],
    [200, 0],
  ])('misses, an hour late, where the limit of one is %d/s: %d hours', (limitRate, hours) => {
    expect(asked(RISE, { limitRate, reactionMs: HOUR_MS }).missedHours).toBe(hours);
  });
});

test('a rate that falls is served by those that were there before', () => {
  const fall = [
    [0, 900],
    [8, 100],
  ] as const;
  expect(asked(fall, { limitRate: 100, reactionMs: HOUR_MS })).toMatchObject({ missedHours: 0 });
  expect(asked(fall).replicas.map(({ replicas }) => replicas)).toEqual([9, 1]);
});

test('the autoscaler keeps to its bounds, whatever comes', () => {
  const steady = (rate: number) => asked([[0, rate]], { minReplicas: 3, maxReplicas: 5, limitRate: 110 });
  // A single point lasts an hour.
  expect(steady(10)).toMatchObject({ hours: 1, replicaHours: 3, missedHours: 0 });
  expect(steady(400)).toMatchObject({ replicaHours: 4, missedHours: 0 });
  expect(steady(550)).toMatchObject({ replicaHours: 5, missedHours: 0 });
  expect(steady(551)).toMatchObject({ replicaHours: 5, missedHours: 1 });
});

test('changes within a tenth of the target change nothing', () => {
  const about = (rate: number) =>
    asked([
      [0, 1000],
      [1, rate],
      [2, rate],
    ]).replicas.map(({ replicas }) => replicas);
  expect(about(1090)).toEqual([10, 10, 10]);
  expect(about(910)).toEqual([10, 10, 10]);
  expect(about(1200)).toEqual([10, 12, 12]);
  expect(about(800)).toEqual([10, 8, 8]);
});

test('each point lasts until the next one, and the price is that of the hours', () => {
  const day = asked(
    [
      [0, 200],
      [6, 200],
      [20, 200],
    ],
    { pricePerHour: 0.5, fixedReplicas: 3 },
  );
  expect(day).toMatchObject({
    hours: 34,
    replicaHours: 68,
    fixedReplicaHours: 102,
    price: 34,
    fixedPrice: 51,
  });
});

test('between two points the rate lies on the line from one to the other', () => {
  const day = asked(
    [
      [0, 100],
      [8, 100],
      [12, 500],
      [16, 500],
    ],
    { targetRate: 1, maxReplicas: 1e6 },
  );
  // Looked at every half hour from 8 to 12: 100, 150 … 450.
  const rising = [100, 150, 200, 250, 300, 350, 400, 450].reduce((sum, rate) => sum + rate / 2, 0);
  expect(day.replicaHours).toBeCloseTo(8 * 100 + rising + 8 * 500, 6);
});
