import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OptionType } from '../../../src/input/option.js';
import * as types from '../../../src/input/types.js';

const seed = 20_251_104;

/** Numbers spread evenly over orders of magnitude, and ones that people type. */
const between = (least: number, most: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.double({ min: least, max: most, noNaN: true }),
    fc
      .double({ min: Math.log(least), max: Math.log(most), noNaN: true })
      .map((log) => Math.min(most, Math.max(least, Math.exp(log)))),
    fc
      .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -6, max: 6 }))
      .map(([digits, power]) => Number(`${digits}e${power}`))
      .filter((value) => value >= least && value <= most),
  );
const orZero = (values: fc.Arbitrary<number>) => fc.oneof(fc.constant(0), values);
const shares = fc.oneof(
  between(1e-12, 1),
  fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000),
);
const times = between(1e-9, 1e12);
const sizes = between(1 / 2 ** 20, 2 ** 33);

const percents = fc.integer({ min: 1, max: 99_999_999 }).map((n) => n / 1e6);

const cases: readonly (readonly [string, OptionType<never>, fc.Arbitrary<unknown>])[] = [
  ['cpu', types.cpu, between(1e-3, 1e6)],
  ['memory', types.memory, sizes],
  ['memory or zero', types.memoryOrZero, orZero(sizes)],
  [
    'memory or share',
    types.memoryOrShare,
    fc.oneof(
      fc.record({ kind: fc.constant('memory'), memoryMiB: orZero(sizes) }),
      fc.record({
        kind: fc.constant('share'),
        share: fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
      }),
    ),
  ],
  ['duration', types.duration, orZero(times)],
  ['positive duration', types.positiveDuration, times],
  ['Gunicorn duration', types.wholeSeconds, fc.integer({ min: 0, max: 1e9 }).map((s) => s * 1000)],
  ['rate', types.rate, between(1e-9, 1e12)],
  ['share', types.share, orZero(shares)],
  ['positive share', types.positiveShare, shares],
  ['io ratio', types.ioRatio, orZero(shares)],
  ['count', types.count(0), fc.integer({ min: 0, max: 1e9 })],
  ['number', types.number, orZero(between(1e-300, 1e6))],
  ['switch', types.flag, fc.boolean()],
  [
    'objective',
    types.objective,
    fc.oneof(
      fc.record({ metric: fc.constant('mean'), limitMs: times }),
      fc.record({ metric: fc.constant('meanWait'), limitMs: orZero(times) }),
      fc.record({ metric: fc.constant('percentile'), percent: percents, limitMs: times }),
      fc.record({ metric: fc.constant('percentileWait'), percent: percents, limitMs: orZero(times) }),
      fc.record({ metric: fc.constant('wait'), limit: shares }),
    ),
  ],
  ['choice', types.choice('sync', 'gthread'), fc.constantFrom('sync', 'gthread')],
  ['text', types.text, fc.string().filter((text) => text.trim() !== '' && !text.includes('\0'))],
  [
    'range of memory',
    types.range(types.memory),
    fc.tuple(sizes, sizes, fc.option(sizes, { nil: undefined })).map(([a, b, step]) => ({
      from: Math.min(a, b),
      to: Math.max(a, b),
      ...(step === undefined ? {} : { step }),
    })),
  ],
  [
    'range of shares',
    types.range(types.share),
    fc.tuple(shares, shares).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  ],
] as unknown as readonly (readonly [string, OptionType<never>, fc.Arbitrary<unknown>])[];

describe('parse(format(x)) is x, to the last bit', () => {
  test.each(cases)('%s', (_, type, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(type.parse(type.format(value as never))).toEqual(value);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('any text is either refused in one sentence or gives a value that survives formatting', () => {
  const texts = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.stringMatching(/^[+-]?\d{0,6}[.,_]?\d{0,4}(e[+-]?\d{1,4})?[ %a-zA-Zµ/:<.]{0,6}$/),
    fc.stringMatching(/^(p\d{1,3}(\.\d)?|mean|wait)(Wait)? ?<=? ?\d{0,4}(ms|s|%|h)?$/),
  );
  test.each(cases)('%s', (_, type) => {
    fc.assert(
      fc.property(texts, (text) => {
        let value: unknown;
        try {
          value = type.parse(text);
        } catch (error) {
          expect((error as Error).name).toBe('ValueError');
          expect((error as Error).message).toMatch(/^[^\n]{5,500}$/);
          expect((error as Error).message).not.toMatch(/undefined|\bInfinity\b(?!")/);
          return;
        }
        expect(type.parse(type.format(value as never))).toEqual(value);
      }),
      { seed, numRuns: 2000 },
    );
  });
});
