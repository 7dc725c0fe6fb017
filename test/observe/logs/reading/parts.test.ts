import { expect, test } from 'vitest';
import type { FileAccess } from '../../../../src/host/host.js';
import { listed } from '../../../../src/observe/logs/counting/processes.js';
import { storedCells } from '../../../../src/observe/logs/counting/time-grid.js';
import { partsOf } from '../../../../src/observe/logs/reading/parts.js';
import { type ReadLogs, readLogs } from '../../../../src/observe/logs/reading/read-logs.js';
import { binaryHost } from '../binary-host.js';
import { exponential, gunicornLog, requests } from '../generated.js';

const MIB = 1 << 20;
/** Sums of floating-point numbers depend a little on their order. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toPrecision(9)) : part)),
  );
const HINTS = { logFormat: undefined, columns: [] };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const hostOf = (log: Uint8Array) => binaryHost([], { 'a.log': log }).host;
const filesOf = (log: Uint8Array): FileAccess => hostOf(log).files;

/** A log of at least so many bytes, all at the same times. */
function longLog(bytes: number, count = 20_000): string {
  const some = gunicornLog(requests(count, 50, () => 0, exponential(30), 9));
  return some.repeat(Math.ceil(bytes / some.length));
}

test('the parts of a file follow one another, each begins a line, and the last goes to the end', async () => {
  const log = bytesOf('0123456789\n'.repeat((70 * MIB) / 11));
  const parts = await partsOf(filesOf(log), 'a.log', log.length);
  expect(parts).toHaveLength(3);
  expect(parts[0]!.from).toBe(0);
  expect(parts.at(-1)!.to).toBeNull();
  for (const [n, { from }] of parts.entries()) {
    expect(from % 11).toBe(0);
    if (n > 0) expect(parts[n - 1]!.to).toBe(from);
  }
});

test('a file is not cut within a line, however long it is', async () => {
  const log = new Uint8Array(40 * MIB).fill(120);
  expect(await partsOf(filesOf(log), 'a.log', log.length)).toEqual([{ from: 0, to: null }]);
});

test('a small file, and an empty one, is one part', async () => {
  expect(await partsOf(filesOf(bytesOf('a\nb\n')), 'a.log', 4)).toEqual([{ from: 0, to: null }]);
  expect(await partsOf(filesOf(new Uint8Array(0)), 'a.log', 0)).toEqual([{ from: 0, to: null }]);
});

test('a log read in parts tells what the same log tells as it comes', async () => {
  const all = longLog(34 * MIB);
  const broken = all.lastIndexOf('\n', 33 * MIB) + 1;
  const text = `${all.slice(0, broken)}no request\n${all.slice(broken)}10.0.0.7 - - [`;
  const bytes = bytesOf(text);
  const quiet = { update: () => {} };
  const host = hostOf(bytes);
  const inParts = await readLogs(host, ['a.log'], HINTS, quiet);
  const asItComes = await readLogs(
    { ...host, files: { ...host.files, status: () => ({ kind: 'other', bytes: 0 }) } },
    ['a.log'],
    HINTS,
    quiet,
  );
  const told = ({ tally, ...rest }: ReadLogs) => ({
    ...rest,
    tally: {
      ...tally,
      routes: null,
      durations: tally.durations.moments,
      bins: tally.durations.histogram.counts,
    },
    routes: [...tally.routes.byName].map(([name, { count, totalMs }]) => ({ name, count, totalMs })),
    processes: listed(tally.processes),
    cells: storedCells(tally.grid),
  });
  expect(rounded(told(inParts))).toEqual(rounded(told(asItComes)));
  expect(inParts.bytes).toBe(bytes.length);
  expect(inParts.examples).toEqual([
    {
      file: 'a.log',
      line: all.slice(0, broken).split('\n').length,
      text: 'no request',
      why: 'not in this format',
    },
  ]);
  expect(inParts.notes.at(-1)).toBe('a.log: the last line is not whole and is left out');
  expect(inParts.tally.backwards).toBe(true);
});

test('lines of a part that are older than those of a part before it run backwards', async () => {
  const newer = longLog(33 * MIB, 1);
  const text = newer + newer.slice(0, 1 << 16).replaceAll('/2026:', '/2025:');
  const tallied = async (log: string) => {
    const { tally } = await readLogs(hostOf(bytesOf(log)), ['a.log'], HINTS, { update: () => {} });
    return tally.backwards;
  };
  expect(await tallied(newer)).toBe(false);
  expect(await tallied(text)).toBe(true);
});
