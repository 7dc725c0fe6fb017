import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { treeFiles } from '../machine/tree-files.js';
import { binaryHost } from './binary-host.js';
import { stamp } from './generated.js';

const TREE = readFileSync(new URL('../../../fixtures/proc/gunicorn-plain.tree', import.meta.url), 'utf8');
const NOW = Date.UTC(2026, 0, 5, 12);

/** Requests of 100 ms for the fixture's two workers, which began 400 s ago and have used 18.5 s of CPU together. */
function host(endedMs: number) {
  const lines = Array.from({ length: 370 }, (_, n) => {
    const at = stamp(endedMs - (400 - n) * 1000);
    return `10.0.0.1 - - ${at} "GET / HTTP/1.1" 200 5 "-" "agent" 100000 <${101 + (n % 2)}>\n`;
  });
  const log = new TextEncoder().encode(lines.join(''));
  const made = binaryHost(['fit', 'a.log', '--detect', '--json'], { 'a.log': log });
  const proc = treeFiles(TREE);
  const files = {
    ...proc,
    stream: made.host.files.stream,
    status: (path: string) => made.host.files.status(path) ?? proc.status(path),
  };
  return { ...made, host: { ...made.host, files, wallClock: () => NOW } };
}

test('CPU time of running workers over their requests gives the I/O ratio, and their number the saturation', async () => {
  const { host: made, out, err } = host(NOW);
  expect(await run(made), err()).toBe(0);
  const { ioRatio, current, values, notes } = JSON.parse(out());
  expect(ioRatio).toBeCloseTo(0.5, 9);
  expect(current).toMatchObject({ workerClass: 'sync', workers: 2, slots: 2 });
  expect(values.ioRatio.value).toBe('0.5');
  expect(notes.join()).toMatch(/from the CPU time of 2 running workers, 50\.0 ms/);
});

test('a log that ended long ago says nothing of the CPU time of what runs now', async () => {
  const { host: made, out, err } = host(NOW - 3_600_000);
  expect(await run(made), err()).toBe(0);
  expect(JSON.parse(out()).ioRatio).toBeNull();
});
