import { describe, expect, test } from 'vitest';
import type { Fleet, FleetBound, UnusableShape } from '../../src/fleet/plan-of-fleet.js';
import type { FleetQuestion } from '../../src/fleet/question.js';
import { warningsOf } from '../../src/fleet/warnings.js';
import { whyFleet, whyShape } from '../../src/fleet/why.js';

const SHAPE = { name: 'small', cores: 1, memoryMiB: 1024, pricePerHour: null };

/** What is said looks at of a fleet. */
const fleet = (what: object = {}): Fleet =>
  ({
    shape: SHAPE,
    replicas: 6,
    why: 'So many.',
    pricePerMonth: null,
    totalCores: 6,
    totalMemoryMiB: 6144,
    ratePerReplica: 10,
    prediction: { utilization: { cpu: 0.5 } },
    update: { replicas: 8, dbConnections: 80 },
    autoscaling: { limitRate: 15, maxReplicas: 10 },
    ...what,
  }) as unknown as Fleet;

const question = (what: object = {}, profile: object = {}): FleetQuestion =>
  ({
    zones: 1,
    replicas: null,
    freeShare: 0.1,
    ...what,
    profile: {
      fixed: { workers: null },
      server: { dbMaxConnections: null },
      objective: { maxUtilization: null, ceiling: 0.8 },
      ...profile,
    },
  }) as unknown as FleetQuestion;

describe('why so many replicas', () => {
  const why = (boundBy: FleetBound, replicas = 6, of = question()) =>
    whyFleet(of, { ...fleet(), replicas, boundBy });

  test.each([
    ['cpu', '5 replicas would be run above 80% of their capacity.'],
    ['memory', '5 replicas have too few workers for the rate, for want of memory.'],
    ['slo', '5 replicas would miss the objective.'],
    ['survive', '5 replicas would miss the objective while those to be survived are gone.'],
    ['update', '5 replicas would miss the objective during a rolling update.'],
    ['connections', '5 replicas would hold more database connections than allowed.'],
  ] as const)('is what one fewer would miss: %s', (boundBy, sentence) => {
    expect(why(boundBy)).toBe(sentence);
  });

  test('counts by zones, and says where there can be no fewer, or where they were given', () => {
    expect(why('slo', 6, question({ zones: 3 }))).toBe('3 replicas would miss the objective.');
    expect(why('slo', 3, question({ zones: 3 }))).toBe('3 replicas: the fewest that there can be.');
    expect(why('slo', 1)).toBe('1 replica: the fewest that there can be.');
    expect(why('slo', 2)).toBe('1 replica would miss the objective.');
    expect(why('slo', 6, question({ replicas: 6 }))).toBe('6 replicas, as given.');
    expect(why('slo', 6, question({ replicas: 7 }))).toBe('5 replicas would miss the objective.');
  });

  test('names the ceiling that was asked for before the one that is taken', () => {
    const at = (objective: object) => why('cpu', 6, question({}, { objective }));
    expect(at({ maxUtilization: 0.6, ceiling: 0.8 })).toContain('above 60% of');
    expect(at({ maxUtilization: null, ceiling: null })).toContain('above 100% of');
  });
});

describe('why this shape', () => {
  const large = { ...SHAPE, name: 'large' };

  test('is its own reason where there is no other', () => {
    expect(whyShape(fleet(), null)).toBe('So many.');
  });

  test.each([
    [150, '3 × large would cost 150 a month, 50% more.'],
    [100.06, '3 × large would cost 100 a month, 0.06% more.'],
    [100.04, '3 × large would cost 100 a month, as much.'],
    [100, '3 × large would cost 100 a month, as much.'],
  ])('is the price where both have one: beside %d', (pricePerMonth, rest) => {
    const second = fleet({ shape: large, replicas: 3, pricePerMonth });
    expect(whyShape(fleet({ pricePerMonth: 100 }), second)).toBe(`So many. It is the cheapest; ${rest}`);
  });

  test('is the size where one has none', () => {
    const second = fleet({ shape: large, replicas: 4, totalCores: 8, totalMemoryMiB: 8192 });
    const least = 'So many. It takes the least cores, then the least memory; 4 × large would take';
    expect(whyShape(fleet(), second)).toBe(`${least} 8 cores and 8 GiB instead of 6 cores and 6 GiB.`);
    expect(whyShape(fleet({ pricePerMonth: 100 }), second)).toContain(least);
    expect(whyShape(fleet(), { ...second, pricePerMonth: 100 })).toContain(least);
    const same = fleet({ shape: large, replicas: 4 });
    expect(whyShape(fleet(), same)).toBe(`${least} the same, 6 cores and 6 GiB.`);
    expect(whyShape(fleet(), { ...same, totalMemoryMiB: 7168 })).toContain('6 cores and 7 GiB instead of');
    expect(whyShape(fleet({ totalCores: 1 }), { ...same, totalCores: 2 })).toContain('instead of 1 core and');
  });
});

describe('what whoever runs a fleet is warned of', () => {
  const codes = (of: Fleet | null, asked = question(), unusable: readonly UnusableShape[] = []) =>
    warningsOf(asked, of, unusable).map(({ code }) => code);
  const message = (of: Fleet, asked = question()) => warningsOf(asked, of, []).map((one) => one.message)[0];

  test('is nothing where all is well', () => {
    expect(codes(fleet())).toEqual([]);
    expect(codes(null)).toEqual([]);
  });

  test('are shapes that cannot be used, even where none can', () => {
    const unusable = [{ shape: SHAPE, reason: 'too small' }];
    expect(warningsOf(question(), null, unusable)).toEqual([
      { code: 'shape-unusable', message: 'small: too small' },
    ]);
    expect(codes(fleet({ replicas: 1 }), question(), unusable)).toEqual(['shape-unusable', 'single-replica']);
  });

  test('is a CPU that tells little: below two fifths of it used where the objective ends', () => {
    const used = (cpu: number, more: object = {}) => fleet({ prediction: { utilization: { cpu } }, ...more });
    // 0.2 of the CPU at 10/s is 0.3 at 15/s.
    expect(message(used(0.2))).toMatch(/^requests mostly wait: a replica uses only 30% of its CPU when/);
    expect(codes(used(0.26))).toEqual(['cpu-says-little']);
    expect(codes(used(0.27))).toEqual([]);
    expect(codes(used(0.1, { autoscaling: null }))).toEqual([]);
    expect(codes(used(0))).toEqual([]);
    expect(codes(fleet({ prediction: { utilization: null } }))).toEqual([]);
  });

  test('is memory that no shape leaves free, but where the workers were given', () => {
    const filling = question({ freeShare: 0 });
    expect(message(fleet(), filling)).toContain('less than a tenth of the memory stays free');
    expect(codes(fleet(), question({ freeShare: 0 }, { fixed: { workers: 4 } }))).toEqual([]);
  });

  test('is a replica that is alone', () => {
    expect(codes(fleet({ replicas: 1 }))).toEqual(['single-replica']);
    expect(codes(fleet({ replicas: 2 }))).toEqual([]);
  });

  test("are more connections at the autoscaler's most replicas than are allowed", () => {
    // 80 of 8 replicas during an update: 100 of ten.
    const allowing = (dbMaxConnections: number) => question({}, { server: { dbMaxConnections } });
    expect(codes(fleet(), allowing(100))).toEqual([]);
    expect(message(fleet(), allowing(99))).toBe(
      "at the autoscaler's 10 replicas 100 database connections may be held, and 99 are allowed; --db-pool or a pooler bounds them",
    );
    expect(codes(fleet({ autoscaling: null, prediction: {} }), allowing(99))).toEqual([]);
  });
});
