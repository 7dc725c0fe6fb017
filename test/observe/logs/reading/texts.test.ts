import { expect, test } from 'vitest';
import { decimal, durationMs, namesItsUnit } from '../../../../src/observe/logs/reading/durations.js';
import { timeOf, timeReader } from '../../../../src/observe/logs/reading/times.js';

const NOON = Date.UTC(2026, 10, 30, 12);

test.each([
  ['2026-11-30T12:00:00Z', NOON],
  ['2026/11/30 12:00:00', NOON],
  ['2026-11-30 - 12:00:00', NOON],
  ['[2026-11-30 12:00:00 +0000]', NOON],
  ['2026-11-30 12:00:00UTC', NOON],
  ['2026-11-30T14:30:00+02:30', NOON],
  ['2026-11-30T09:30:00-0230', NOON],
  ['2026-11-30T12:00:00.250Z', NOON + 250],
  ['2026-11-30T12:00:00,250', NOON + 250],
  ['30/Nov/2026:12:00:00.5 +0000', NOON + 500],
  ['30/Nov/2026 12:00:00', NOON],
  ['Mon Nov  2 12:00:00 2026', Date.UTC(2026, 10, 2, 12)],
  ['0050-01-01T00:00:00Z', Date.parse('0050-01-01T00:00:00Z')],
  ['2026-12-31T23:59:60Z', Date.UTC(2027, 0, 1)],
  ['1e9', 1e12],
])('%s is a time', (text, ms) => {
  expect(timeOf(text, null)).toBe(ms);
});

test.each([
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-11-00T00:00:00Z',
  '2026-11-32T00:00:00Z',
  '2026-11-30T24:00:00Z',
  '2026-11-30T12:60:00Z',
  '2026-11-30T12:00:61Z',
  '30/ovN/2026:12:00:00 +0000',
  'x2026-11-30T12:00:00Z',
  '2026-11-30T12:00:00Zx',
  '-5',
  '1.2.3',
  '',
  '1'.repeat(51),
])('%j is none', (text) => {
  expect(timeOf(text, null)).toBeNaN();
});

test('a number is a time in the unit that is given, else in the one that its size tells', () => {
  expect(timeOf('1.5', 1e3)).toBe(1500);
  expect([99_999_999_999, 1e11, 99_999_999_999_999, 1e14, 1e17].map((n) => timeOf(String(n), null))).toEqual([
    99_999_999_999_000, 1e11, 99_999_999_999_999, 1e11, 1e11,
  ]);
  const read = timeReader(1e3);
  expect([read('1'), read('1'), read('2'), read('x'), read('1')]).toEqual([
    1000,
    1000,
    2000,
    Number.NaN,
    1000,
  ]);
});

test('durations of every unit, and what is none', () => {
  const units = [
    '1ns',
    '1us',
    '1ms',
    '1s',
    '1m',
    '1h',
    '1sec',
    '2 secs',
    '1 seconds',
    '1msec',
    '3 millis',
    '1 milliseconds',
    '5usecs',
    '1 micros',
    '1 microseconds',
  ];
  expect(units.map((text) => durationMs(text, null))).toEqual([
    1e-6, 1e-3, 1, 1e3, 6e4, 3.6e6, 1e3, 2e3, 1e3, 1, 3, 1, 5e-3, 1e-3, 1e-3,
  ]);
  expect(durationMs('1S', null)).toBe(1000);
  expect(durationMs('1:02:03.5', null)).toBeCloseTo(3_723_500, 6);
  for (const text of ['1:02:03', '1d', 'ms', '1 ms 2', `${'1'.repeat(500)}ms`])
    expect(durationMs(text, 1), text).toBe(Infinity);
  expect(durationMs('1'.repeat(501), 1)).toBe(Infinity);
  expect(['1ms', '5', '1 lightyear', ''].map(namesItsUnit)).toEqual([true, false, false, false]);
  expect([decimal('.5'), decimal('5.'), decimal('0.000000000000001'), decimal('1e3'), decimal('-2')]).toEqual(
    [0.5, 5, 1e-15, 1000, -2],
  );
});
