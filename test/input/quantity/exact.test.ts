import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpu, duration, ioRatio, memory, rate, share } from '../../../src/input/types.js';

test.each([
  ['1024', 1024],
  ['1GiB', 1024],
  ['512Mi', 512],
  ['1.5G', 1_500_000_000 / 2 ** 20],
  ['1.5GB', 1_500_000_000 / 2 ** 20],
  ['1.5Gi', 1536],
  ['0.1GiB', 102.4],
  ['0.3G', 300_000_000 / 2 ** 20],
  ['2TiB', 2 * 2 ** 20],
  ['1T', 1e12 / 2 ** 20],
  ['1024KiB', 1],
  ['1024Ki', 1],
  ['512k', 512_000 / 2 ** 20],
  ['512K', 512_000 / 2 ** 20],
  ['512kB', 512_000 / 2 ** 20],
  ['512KB', 512_000 / 2 ** 20],
  ['250MB', 250e6 / 2 ** 20],
  ['250M', 250e6 / 2 ** 20],
  ['1048576B', 1],
  ['2TB', 2e12 / 2 ** 20],
  ['1Ti', 2 ** 20],
  ['7MiB', 7],
  [' 4 GiB ', 4096],
  ['1e3', 1000],
  ['+2', 2],
  ['.5', 0.5],
  ['5.', 5],
])('memory %s is %d MiB', (text, value) => {
  expect(memory.parse(text)).toBe(value);
});

test.each([
  ['4', 4],
  ['0.5', 0.5],
  ['500m', 0.5],
  ['1m', 0.001],
  ['2500m', 2.5],
  ['0.1m', 0.0001],
])('cpu %s is %d cores', (text, value) => {
  if (value < 0.001) expect(() => cpu.parse(text)).toThrow('at least 1m');
  else expect(cpu.parse(text)).toBe(value);
});

test.each([
  ['100', 100],
  ['100ms', 100],
  ['0.1s', 100],
  ['0.7s', 700],
  ['1.1s', 1100],
  ['2min', 120_000],
  ['0.7min', 42_000],
  ['1.5h', 5_400_000],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['0', 0],
  ['-0', 0],
])('duration %s is %d ms', (text, value) => {
  expect(duration.parse(text)).toBe(value);
});

test.each([
  ['120', 120],
  ['120/s', 120],
  ['7200/min', 120],
  ['432000/h', 120],
  ['10M/day', 10_000_000 / 86_400],
  ['864k/day', 10],
  ['36k/h', 10],
  ['36K/h', 10],
  ['1.2k/s', 1200],
  ['2M/s', 2e6],
  ['0.1k/min', 100 / 60],
  ['1/day', 1 / 86_400],
  ['120rps', 120],
  ['120 req/s', 120],
  ['60rpm', 1],
  ['60req/min', 1],
])('rate %s is %d per second', (text, value) => {
  expect(rate.parse(text)).toBe(value);
});

test.each([
  ['0.9', 0.9],
  ['90%', 0.9],
  ['12.5%', 0.125],
  ['0.1%', 0.001],
  ['100%', 1],
  ['1', 1],
  ['0', 0],
])('share %s is %d', (text, value) => {
  expect(share.parse(text)).toBe(value);
  expect(ioRatio.parse(text)).toBe(value);
});

test.each([
  ['9:1', 0.9],
  ['0.9:0.1', 0.9],
  ['1 : 1', 0.5],
  ['0:1', 0],
  ['1:0', 1],
  ['2:1', 2 / 3],
  ['1e12:1e12', 0.5],
])('waiting:computing %s is %d', (text, value) => {
  expect(ioRatio.parse(text)).toBe(value);
});

test('decimals are rounded once: any number of milliseconds written in seconds is that number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), (microseconds) => {
      const digits = String(microseconds).padStart(7, '0');
      const seconds = `${digits.slice(0, -6)}.${digits.slice(-6)}s`;
      expect(duration.parse(seconds)).toBe(duration.parse(`${microseconds}us`));
      expect(duration.parse(seconds)).toBe(microseconds / 1000);
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test('memory in bytes is exact up to 8192 TiB, in any decimal unit', () => {
  const units: readonly (readonly [string, number])[] = [
    ['kB', 3],
    ['MB', 6],
    ['GB', 9],
    ['TB', 12],
  ];
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 53n }), fc.constantFrom(...units), (bytes, [unit, power]) => {
      const digits = String(bytes).padStart(power + 1, '0');
      const written = `${digits.slice(0, -power)}.${digits.slice(-power)}${unit}`;
      expect(memory.parse(written) * 2 ** 20).toBe(Number(bytes));
    }),
    { seed: 2, numRuns: 5000 },
  );
});
