import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyTime, clfTimes, decimal } from '../../../src/observe/logs/byte-values.js';
import { chunkReader } from '../../../src/observe/logs/chunk-reader.js';
import { compileFormat } from '../../../src/observe/logs/format-string.js';
import { lineEnds } from '../../../src/observe/logs/line-ends.js';
import {
  countLog,
  emptyHistogram,
  quantiles,
  RELATIVE_ERROR,
} from '../../../src/observe/logs/log-histogram.js';
import { addMoments, addValue, noMoments, variance } from '../../../src/observe/logs/moments.js';
import { addTally, emptyTally, tallyMessage } from '../../../src/observe/logs/tally.js';
import { addGrid, addInterval, cells, emptyGrid } from '../../../src/observe/logs/time-grid.js';
import { stamp } from './generated.js';

const SEED = { seed: 42, numRuns: 200 };
const bytesOf = (text: string) => new TextEncoder().encode(text);

test('decimals read from bytes are those that JavaScript reads', () => {
  const written = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.nat(), fc.nat({ max: 999_999 })).map(([a, b]) => `${a}.${String(b).padStart(6, '0')}`),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(written, (text) => {
      const bytes = bytesOf(`x${text} `);
      expect(decimal(bytes, 1, bytes.length - 1)).toBeCloseTo(Number(text.replace('e+', 'e')), 9);
    }),
    SEED,
  );
  for (const text of ['', '-', '.', '1.2.3', '12a', '0x10', '1e', '--1', 'NaN', 'Infinity', '1 2'])
    expect(decimal(bytesOf(text), 0, text.length), text).toBeNaN();
});

test('times of the common log format are those of Date, in any order and zone', () => {
  const read = clfTimes();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
      const text = stamp(seconds * 1000).slice(1, -1);
      expect(read(bytesOf(text), 0, text.length)).toBe(seconds * 1000);
      const west = text.replace('+0000', '-0730');
      expect(read(bytesOf(west), 0, west.length)).toBe((seconds + 7.5 * 3600) * 1000);
    }),
    SEED,
  );
  for (const text of [
    '32/Nov/2026:02:29:24 +0000',
    '21/Nop/2026:02:29:24 +0000',
    '21/Nov/2026:25:29:24 +0000',
    '21/Nov/2026:02:29:99 +0000',
  ])
    expect(read(bytesOf(text), 0, text.length), text).toBeNaN();
});

test('ISO times are those of Date', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
      for (const text of [date.toISOString(), date.toISOString().replace('T', ' ').replace('Z', '+00:00')])
        expect(anyTime(bytesOf(text), 0, text.length, 1000)).toBeCloseTo(date.getTime(), 3);
    }),
    SEED,
  );
});

test('line ends are those of indexOf, wherever a line begins', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (random, from) => {
      const bytes = Uint8Array.from(random, (byte) => (byte < 25 ? 10 : byte));
      const start = Math.min(from, bytes.length);
      const found = bytes.indexOf(10, start);
      expect(lineEnds(bytes)(start, bytes.length)).toBe(found < 0 ? bytes.length : found);
    }),
    SEED,
  );
});

test('every percentile of the histogram is within its relative error', () => {
  const values = fc.array(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, p) => {
      const histogram = emptyHistogram();
      for (const value of all) countLog(histogram, Math.log(value));
      const exact = [...all].sort((a, b) => a - b)[Math.max(1, Math.ceil(p * all.length)) - 1]!;
      const [found] = quantiles(histogram, [p]);
      expect(Math.abs(found! / exact - 1)).toBeLessThanOrEqual(RELATIVE_ERROR * 1.000001);
    }),
    SEED,
  );
});

test('moments of two parts joined are those of the whole', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const whole = noMoments();
      const [a, b] = [noMoments(), noMoments()];
      for (const value of first) addValue(a, value);
      for (const value of second) addValue(b, value);
      for (const value of [...first, ...second]) addValue(whole, value);
      addMoments(a, b);
      expect(a.count).toBe(whole.count);
      expect(a.mean).toBeCloseTo(whole.mean, 6);
      expect(Math.abs(variance(a) - variance(whole))).toBeLessThanOrEqual(1e-9 * (1 + variance(whole)));
    }),
    SEED,
  );
});

test('a time grid keeps every arrival and every second of work, however far apart, wide and split', () => {
  const intervals = fc.array(
    fc.tuple(
      fc.oneof(fc.double({ min: 0, max: 5000, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true })),
      fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0, max: 86_400, noNaN: true })),
    ),
    { maxLength: 400 },
  );
  fc.assert(
    fc.property(intervals, (all) => {
      const grids = [emptyGrid(), emptyGrid()];
      for (const [n, [start, length]] of all.entries()) addInterval(grids[n % 2]!, start, start + length);
      const [grid, other] = grids as [ReturnType<typeof emptyGrid>, ReturnType<typeof emptyGrid>];
      addGrid(grid, other);
      expect(grid.blocks.size).toBeLessThanOrEqual(140);
      let arrivals = 0;
      for (const cell of cells(grid)) {
        arrivals += cell.arrivals;
        expect(cell.busy).toBeGreaterThanOrEqual(0);
        expect(cell.busy).toBeLessThanOrEqual(all.length + 1e-6);
      }
      expect(arrivals).toBe(all.length);
    }),
    { seed: 42, numRuns: 40 },
  );
});

test('on dense logs the grid also keeps all work', () => {
  const intervals = fc.array(
    fc.tuple(fc.double({ min: 0, max: 4000, noNaN: true }), fc.double({ min: 0, max: 90, noNaN: true })),
    { minLength: 1, maxLength: 200 },
  );
  fc.assert(
    fc.property(intervals, (all) => {
      const grid = emptyGrid();
      for (const [start, length] of all) addInterval(grid, start, start + length);
      let work = 0;
      for (const cell of cells(grid)) work += cell.busy;
      const expected = all.reduce((sum, [, length]) => sum + length, 0);
      expect(Math.abs(work - expected)).toBeLessThanOrEqual(1e-6 * (1 + expected));
    }),
    { seed: 42, numRuns: 60 },
  );
});

const FORMAT = compileFormat('%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s %(p)s');

test('any referrer and user agent between its quotes leaves the other fields alone', () => {
  const quoted = fc
    .string({ maxLength: 60 })
    .map((text) => text.replace(/[\n\r]/g, ' ').replace(/(["\\])/g, '\\$1'));
  fc.assert(
    fc.property(quoted, quoted, fc.nat(10_000_000), fc.nat(99_999), (referrer, agent, micros, pid) => {
      const line = `10.0.0.1 - - [21/Nov/2026:02:29:24 +0000] "GET /a HTTP/1.1" 200 5 "${referrer}" "${agent}" ${micros} <${pid}>\n`;
      const reader = chunkReader(FORMAT);
      const bytes = bytesOf(line);
      expect(reader.read(bytes, 0, bytes.length)).toEqual({ lines: 1, broken: [] });
      expect(reader.tally.durations.mean).toBeCloseTo(micros / 1000, 9);
      expect([...reader.tally.pids.keys()]).toEqual([pid]);
      expect([...reader.tally.routes.byName.keys()]).toEqual(['GET /a']);
    }),
    SEED,
  );
});

test('random lines never break the reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const reader = chunkReader(FORMAT);
      const { lines } = reader.read(bytes, 0, bytes.length);
      expect(lines).toBeLessThanOrEqual(bytes.length + 1);
    }),
    SEED,
  );
});

test('chunks counted apart and added are the same as together', () => {
  const lines = Array.from(
    { length: 300 },
    (_, n) =>
      `10.0.0.1 - - ${stamp(1.7e12 + n * 1234)} "GET /items/${n % 7}x HTTP/1.1" 200 5 "-" "-" ${1000 * (n % 50)} <${n % 3}>\n`,
  );
  const read = (part: readonly string[]) => {
    const reader = chunkReader(FORMAT);
    const bytes = bytesOf(part.join(''));
    reader.read(bytes, 0, bytes.length);
    return reader.tally;
  };
  const whole = read(lines);
  const sum = emptyTally();
  addTally(sum, structuredClone(tallyMessage(read(lines.slice(0, 100)))));
  addTally(sum, structuredClone(tallyMessage(read(lines.slice(100)))));
  expect(sum.routes.byName.size).toBe(whole.routes.byName.size);
  expect(sum.histogram).toEqual(whole.histogram);
  expect(sum.pids).toEqual(whole.pids);
  expect([...cells(sum.grid)].map((cell) => cell.arrivals)).toEqual(
    [...cells(whole.grid)].map((cell) => cell.arrivals),
  );
  expect(sum.durations.mean).toBeCloseTo(whole.durations.mean, 9);
});

test('fields between quotes that are skipped before others that matter are told apart', () => {
  const format = compileFormat('%(h)s %(u)s "%(f)s" "%(a)s" %(D)s %(t)s "%(r)s"');
  const line =
    '10.0.0.1 some body "http://x/ y" "an \\" agent" 2500 [21/Nov/2026:02:29:24 +0000] "GET /a HTTP/1.1"\n';
  const reader = chunkReader(format);
  const bytes = bytesOf(line);
  expect(reader.read(bytes, 0, bytes.length)).toEqual({ lines: 1, broken: [] });
  expect(reader.tally.durations.mean).toBe(2.5);
  expect([...reader.tally.routes.byName.keys()]).toEqual(['GET /a']);
});

test('a user with blanks in the name does not shift the fields of the combined format', () => {
  const line = '10.0.0.1 - some body [21/Nov/2026:02:29:24 +0000] "GET /a HTTP/1.1" 200 5 "-" "-" 2500 <3>\n';
  const reader = chunkReader(FORMAT);
  const bytes = bytesOf(line);
  expect(reader.read(bytes, 0, bytes.length)).toEqual({ lines: 1, broken: [] });
  expect(reader.tally.durations.mean).toBe(2.5);
});
