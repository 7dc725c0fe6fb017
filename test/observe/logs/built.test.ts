import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { binaryHost } from './binary-host.js';

const BIN = resolve('bin/wcalc.cjs');
const folder = mkdtempSync(join(tmpdir(), 'wcalc-fit-'));
const log = join(folder, 'access.log');
const MIB = 40;

beforeAll(async () => {
  const generator = spawn(process.execPath, ['tools/bench/fit/generate-log.mjs', String(MIB), '5']);
  await finished(generator.stdout.pipe(createWriteStream(log)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The built program, and the most memory it held while it ran. */
async function built(args: readonly string[], stdin?: Uint8Array) {
  const child = spawn(process.execPath, [BIN, 'fit', ...args, '--json'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  let peakKiB = 0;
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {}
  }, 10);
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearInterval(watch);
  expect(code, err).toBe(0);
  return { result: JSON.parse(out), err, peakMiB: peakKiB / 1024 };
}

/** Sums of floating-point numbers depend a little on their order. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toPrecision(9)) : part)),
  );

test('the built program finds the same from a file, gzip and stdin, with less than 150 MB', async () => {
  const bytes = readFileSync(log);
  const here = binaryHost(['fit', 'access.log', '--json'], { 'access.log': bytes });
  expect(await run(here.host)).toBe(0);
  const { log: _, values: __, ...expected } = JSON.parse(here.out());
  const packed = gzipSync(bytes, { level: 1 });
  for (const answer of [await built([log]), await built(['-'], bytes), await built(['-'], packed)]) {
    const { log: head, values: ___, ...rest } = answer.result;
    expect(rounded(rest)).toEqual(rounded(expected));
    expect(head.requests).toBe(_.requests);
    expect(answer.err).toBe('');
    expect(answer.peakMiB).toBeGreaterThan(20);
    expect(answer.peakMiB).toBeLessThan(150);
  }
});

test('broken lines have their numbers', () => {
  const lines = readFileSync(log, 'latin1').split('\n');
  const wrong = [7, 30_000, 90_000, 120_000];
  for (const line of wrong) lines[line - 1] = `broken ${line}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'fit', '-', '--json'], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  expect(status, stderr).toBe(0);
  const result = JSON.parse(stdout);
  expect(result.log.brokenLines).toBe(4);
  expect(result.log.brokenExamples.map((example: { line: number }) => example.line)).toEqual(wrong);
});
