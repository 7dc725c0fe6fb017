import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  COARSE,
  FINE,
  Histogram,
  MEDIUM,
  noCounts,
  relativeErrorOf,
} from '../../../src/math/statistics/histogram.js';
import { addMoments, addValue, noMoments, variance } from '../../../src/math/statistics/moments.js';
import { addRow, addTally, emptyTally } from '../../../src/observe/logs/counting/tally.js';
import { addGrid, addInterval, cells, emptyGrid } from '../../../src/observe/logs/counting/time-grid.js';
import { compileFormat } from '../../../src/observe/logs/formats/format-string.js';
import type { LogFormat } from '../../../src/observe/logs/formats/log-format.js';
import { decimal, durationMs } from '../../../src/observe/logs/reading/durations.js';
import { eachLine } from '../../../src/observe/logs/reading/lines.js';
import { clearRow, emptyRow } from '../../../src/observe/logs/reading/row.js';
import { timeOf } from '../../../src/observe/logs/reading/times.js';
import { stamp } from './generated.js';

const SEED = { seed: 42, numRuns: 200 };

/** Everything that these lines tell, and what became of each. */
function read(format: LogFormat, lines: readonly string[]) {
  const reader = format.reader();
  const tally = emptyTally();
  const row = emptyRow();
  const kinds = lines.map((line) => {
    clearRow(row);
    const kind = reader(line, row);
    if (kind === 'request') addRow(tally, row, { stampsEnd: true, durations: true, host: 'h' });
    return kind;
  });
  return { tally, kinds };
}

test('decimals are those that JavaScript reads', () => {
  const written = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.nat(), fc.nat({ max: 999_999 })).map(([a, b]) => `${a}.${String(b).padStart(6, '0')}`),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(written, (text) => {
      expect(decimal(text)).toBe(Number(text));
    }),
    SEED,
  );
  for (const text of ['', '-', '.', '1.2.3', '12a', '0x10', '1e', '--1', 'NaN', 'Infinity', '1 2'])
    expect(decimal(text), text).toBeNaN();
});

test('durations are read in every way that loggers write them, and lists are summed', () => {
  const cases: readonly [string, number | null, number][] = [
    ['0.250', 1e3, 250],
    ['250', 1, 250],
    ['0.010, 0.190', 1e3, 200],
    ['0.010, - : 0.190', 1e3, 200],
    ['0.2s', null, 200],
    ['120ms', 1e3, 120],
    ['1m2.5s', null, 62_500],
    ['350µs', null, 0.35],
    ['350\u00c2\u00b5s', null, 0.35],
    ['1.5 ms', null, 1.5],
    ['0:00:00.200123', null, 200.123],
  ];
  for (const [text, unit, ms] of cases) expect(durationMs(text, unit), text).toBeCloseTo(ms, 9);
  for (const text of ['-', '', '-1', '-1.000']) expect(durationMs(text, 1), text).toBeNaN();
  for (const text of ['soon', '041(ms)', '1e400', '0,123', '12 13'])
    expect(durationMs(text, 1), text).toBe(Infinity);
  expect(durationMs('5', null)).toBe(Infinity);
  expect(durationMs('-5', 1)).toBe(-5);
});

test('times of the common log format are those of Date, in any order and zone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
      const text = stamp(seconds * 1000).slice(1, -1);
      expect(timeOf(text, null)).toBe(seconds * 1000);
      expect(timeOf(text.replace('+0000', '-0730'), null)).toBe((seconds + 7.5 * 3600) * 1000);
      expect(timeOf(`[${text}]`, null)).toBe(seconds * 1000);
    }),
    SEED,
  );
  for (const text of [
    '32/Nov/2026:02:29:24 +0000',
    '21/Nop/2026:02:29:24 +0000',
    '21/Nov/2026:25:29:24 +0000',
    '21/Nov/2026:02:29:99 +0000',
  ])
    expect(timeOf(text, null), text).toBeNaN();
});

test('ISO times are those of Date, and numbers are told by their size', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
      const iso = date.toISOString();
      for (const text of [
        iso,
        iso.replace('T', ' ').replace('Z', '+00:00'),
        iso.replace('.', ',').replace('Z', ''),
      ])
        expect(timeOf(text, null)).toBeCloseTo(date.getTime(), 3);
    }),
    SEED,
  );
  for (const text of ['1796040000.25', '1796040000250', '1796040000250000', '1796040000250000000'])
    expect(timeOf(text, null), text).toBeCloseTo(1_796_040_000_250, 0);
  expect(timeOf('Mon Nov 30 12:00:00 2026', null)).toBe(Date.UTC(2026, 10, 30, 12));
});

test('lines are those of split, wherever the pieces of text end', async () => {
  const texts = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', ''), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat(60), { maxLength: 6 }), async (parts, cuts) => {
      const text = parts.join('');
      const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b);
      async function* pieces() {
        for (let n = 1; n < at.length; n++) yield text.slice(at[n - 1], at[n]);
      }
      const found: string[] = [];
      await eachLine(pieces(), { line: (line) => void found.push(line), tooLong: () => {} });
      const expected = text.split(/\r?\n/);
      if (expected.at(-1) === '') expected.pop();
      expect(found).toEqual(expected);
    }),
    SEED,
  );
});

test.each([FINE, MEDIUM, COARSE])(
  'every percentile of a histogram of 2^%i bins is within its relative error',
  (bins) => {
    const values = fc.array(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, p) => {
        const histogram = new Histogram(noCounts(bins));
        for (const value of all) histogram.add(value);
        const exact = [...all].sort((a, b) => a - b)[Math.max(1, Math.ceil(p * all.length)) - 1]!;
        const [found] = histogram.quantiles([p]);
        expect(Math.abs(found! / exact - 1)).toBeLessThanOrEqual(relativeErrorOf(bins) * 1.000001);
      }),
      SEED,
    );
  },
);

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
      const line = `10.0.0.1 - - [21/Nov/2026:02:29:24 +0000] "GET /a HTTP/1.1" 200 5 "${referrer}" "${agent}" ${micros} <${pid}>`;
      const { tally, kinds } = read(FORMAT, [line]);
      expect(kinds).toEqual(['request']);
      expect(tally.durations.moments.mean).toBeCloseTo(micros / 1000, 9);
      expect([...tally.processes.get('h')!.keys()]).toEqual([pid]);
      expect([...tally.routes.byName.keys()]).toEqual(['GET /a']);
    }),
    SEED,
  );
});

test('random lines never break the reader', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (line) => {
      expect(['request', 'broken']).toContain(read(FORMAT, [line]).kinds[0]);
    }),
    SEED,
  );
});

test('lines counted apart and added are the same as together', () => {
  const lines = Array.from(
    { length: 300 },
    (_, n) =>
      `10.0.0.1 - - ${stamp(1.7e12 + n * 1234)} "GET /items/${n % 7}x HTTP/1.1" 200 5 "-" "-" ${1000 * (n % 50)} <${n % 3}>`,
  );
  const whole = read(FORMAT, lines).tally;
  const sum = emptyTally();
  addTally(sum, read(FORMAT, lines.slice(0, 100)).tally);
  addTally(sum, read(FORMAT, lines.slice(100)).tally);
  expect(sum.routes.byName.size).toBe(whole.routes.byName.size);
  expect(sum.durations.histogram.counts).toEqual(whole.durations.histogram.counts);
  expect(sum.processes).toEqual(whole.processes);
  expect([...cells(sum.grid)].map((cell) => cell.arrivals)).toEqual(
    [...cells(whole.grid)].map((cell) => cell.arrivals),
  );
  expect(sum.durations.moments.mean).toBeCloseTo(whole.durations.moments.mean, 9);
});

test('fields between quotes that are skipped before others that matter are told apart', () => {
  const format = compileFormat('%(h)s %(u)s "%(f)s" "%(a)s" %(D)s %(t)s "%(r)s"');
  const line =
    '10.0.0.1 some body "http://x/ y" "an \\" agent" 2500 [21/Nov/2026:02:29:24 +0000] "GET /a HTTP/1.1"';
  const { tally, kinds } = read(format, [line]);
  expect(kinds).toEqual(['request']);
  expect(tally.durations.moments.mean).toBe(2.5);
  expect([...tally.routes.byName.keys()]).toEqual(['GET /a']);
});

test('a user with blanks in the name does not shift the fields of the combined format', () => {
  const line = '10.0.0.1 - some body [21/Nov/2026:02:29:24 +0000] "GET /a HTTP/1.1" 200 5 "-" "-" 2500 <3>';
  const { tally, kinds } = read(FORMAT, [line]);
  expect(kinds).toEqual(['request']);
  expect(tally.durations.moments.mean).toBe(2.5);
});
