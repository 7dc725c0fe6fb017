import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valuesOf } from '../../../src/commands/sweep/steps.js';
import { parseUncertain, rangesAsUncertain } from '../../../src/commands/sweep/uncertain.js';
import { parseVary } from '../../../src/commands/sweep/vary.js';

test.each([
  ['workers=1..4', [1, 2, 3, 4]],
  ['rate=10..40:10', [10, 20, 30, 40]],
  ['rate=10..35:10', [10, 20, 30, 35]],
  ['rate=1..100*10', [1, 10, 100]],
  ['cores=0.5..2/4', [0.5, 1, 1.5, 2]],
  ['threads=4,1,2,2', [1, 2, 4]],
  ['mem=1GiB..3GiB:1GiB', [1024, 2048, 3072]],
  ['per-worker=100,200', [100, 200]],
  ['ioRatio=0.1..0.3:0.1', [0.1, 0.2, 0.3]],
])('%s takes the values it names', (text, values) => {
  expect(parseVary(text).values).toEqual(values);
});

test.each([
  ['rate', /NAME=LOW/],
  ['speed=1..2', /"speed" is not an input/],
  ['rte=1..2', /did you mean rate/],
  ['rate=5..1', /must rise/],
  ['rate=1..2/1', /2 values or more/],
  ['rate=1..1e9:1', /at most 10000/],
  ['rate=1..10*1', /above 1/],
  ['rate=1..10*1.0000001', /at most 10000/],
  ['ioRatio=0..0.9*2', /above 0/],
  ['rate=abc', /abc/],
  ['workers=1..1e309', /1e309/],
])('%s is refused in one sentence', (text, message) => {
  expect(() => parseVary(text)).toThrow(message);
});

test('a range holds both its ends and rises, whatever its steps', () => {
  const steps = fc.oneof(
    fc.integer({ min: 2, max: 200 }).map((count) => ({ kind: 'count' as const, count })),
    fc.double({ min: 0.01, max: 10, noNaN: true }).map((step) => ({ kind: 'by' as const, step })),
    fc.double({ min: 1.05, max: 10, noNaN: true }).map((factor) => ({ kind: 'factor' as const, factor })),
  );
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: 0.01, max: 50, noNaN: true }),
      steps,
      (low, more, chosen) => {
        const values = valuesOf({ low, high: low + more, steps: chosen, whole: false }, 'rate');
        expect(values[0]).toBeCloseTo(low, 9);
        expect(values.at(-1)).toBeCloseTo(low + more, 9);
        expect(values).toEqual(values.toSorted((a, b) => a - b));
      },
    ),
    { seed: 3 },
  );
});

test('an input given as a range becomes an uncertain one, and nothing else changes', () => {
  expect(
    rangesAsUncertain(['--cores', '4', '--per-worker', '200..300', '--rate=10..20', '--vary', 'rate=1..2']),
  ).toEqual([
    '--cores',
    '4',
    '--uncertain',
    'per-worker=200..300',
    '--uncertain',
    'rate=10..20',
    '--vary',
    'rate=1..2',
  ]);
  expect(parseUncertain('per-worker=200..300')).toEqual({ input: 'perWorker', low: 200, high: 300 });
  expect(() => parseUncertain('per-worker=300..200')).toThrow(/must rise/);
});
