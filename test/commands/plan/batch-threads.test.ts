import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

/** Questions of which the first take long enough for threads, with one that is wrong and one with a formula. */
const LINES = Array.from({ length: 100 }, (_, n) => {
  const question = { cores: 2 + (n % 7), mem: 1024 + n, perWorker: 200 };
  if (n < 12)
    return JSON.stringify({ ...question, cpuTime: 10, ioTime: 40, rate: 100 + n, slo: ['p95<250ms'] });
  if (n === 40) return JSON.stringify({ ...question, nope: 1 });
  return JSON.stringify({ ...question, ...(n === 60 && { formula: ['mine=cores*3'] }) });
})
  .map((line) => `${line}\n`)
  .join('');

test('a batch answered by worker threads is the batch answered by one', async () => {
  const built = spawnSync(process.execPath, ['bin/wcalc.cjs', 'plan', '--batch', '-'], {
    input: LINES,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const { host, out } = madeUpHost(['plan', '--batch', '-'], { stdin: [LINES] });
  expect(await run({ ...host, hardwareThreads: 1 })).toBe(2);
  expect(built.stderr).toBe('wcalc: 1 of 100 lines could not be answered, the first is line 41\n');
  expect(built.status).toBe(2);
  const [threaded, alone] = [built.stdout, out()].map((text) => text.split('\n'));
  expect(threaded!.filter((line, n) => line !== alone![n]).map((line) => line.slice(0, 200))).toEqual([]);
  expect(threaded).toHaveLength(alone!.length);
});
