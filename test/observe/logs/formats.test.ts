import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { binaryHost } from './binary-host.js';

const FOLDER = new URL('../../../fixtures/logs/', import.meta.url);
const NAMES = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.log') ? [file.slice(0, -4)] : []));
const log = (name: string) => readFileSync(new URL(`${name}.log`, FOLDER));

interface Expected {
  readonly args: readonly string[];
  readonly code: number;
  readonly error?: string;
  readonly log?: object;
  readonly approx?: Readonly<Record<string, number>>;
  readonly rate?: number;
  readonly basis?: string;
  readonly pids?: number | null;
  readonly routes?: readonly string[];
  readonly ioRatio?: number;
}

test.each(NAMES)('%s is read as it is', async (name) => {
  const expected: Expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, FOLDER), 'utf8'));
  const { host, out, err } = binaryHost(['fit', `${name}.log`, '--json', ...expected.args], {
    [`${name}.log`]: log(name),
  });
  expect(await run(host), err()).toBe(expected.code);
  if (expected.error !== undefined) {
    expect(err()).toMatch(new RegExp(expected.error));
    expect(err().trim().split('\n')).toHaveLength(1);
    // A log without durations still tells the rest.
    if (expected.log === undefined) {
      expect(out()).toBe('');
      return;
    }
  }
  const result = JSON.parse(out());
  expect(result.log).toMatchObject(expected.log!);
  if (expected.error !== undefined) expect(result.service).toBeNull();
  for (const [key, value] of Object.entries(expected.approx ?? {}))
    expect(result.service[key], key).toBeCloseTo(value, 6);
  // Stamps in whole seconds cover their last second too, which arrivals given to the ms do not.
  if (expected.rate === undefined) expect(result.arrivals).toBeNull();
  else expect(Math.abs(result.arrivals.meanPerSecond / expected.rate - 1)).toBeLessThan(0.01);
  if (expected.basis) expect(result.log.basis).toBe(expected.basis);
  if (expected.pids !== undefined) expect(result.processes?.count ?? null).toBe(expected.pids);
  if (expected.routes)
    expect(result.routes.map((route: { route: string }) => route.route)).toEqual(expected.routes);
  if (expected.ioRatio !== undefined) expect(result.ioRatio).toBeCloseTo(expected.ioRatio, 9);
});

test('gzip, stdin and several files give the same as one plain file', async () => {
  const plain = log('gunicorn-micros-pid');
  const half = plain.indexOf(10, plain.length / 2) + 1;
  const files = {
    'a.log': plain,
    'a.gz': gzipSync(plain),
    'one.log': plain.subarray(0, half),
    'two.gz': gzipSync(plain.subarray(half)),
    'members.gz': Buffer.concat([gzipSync(plain.subarray(0, half)), gzipSync(plain.subarray(half))]),
  };
  const learn = async (names: readonly string[], stdin: readonly Uint8Array[] = []) => {
    const { host, out, err } = binaryHost(['fit', ...names, '--json'], files, stdin);
    expect(await run(host), err()).toBe(0);
    const { log: _, ...rest } = JSON.parse(out());
    return { ...rest, values: undefined };
  };
  const expected = await learn(['a.log']);
  expect(await learn(['a.gz'])).toEqual(expected);
  expect(await learn(['members.gz'])).toEqual(expected);
  expect(await learn(['one.log', 'two.gz'])).toEqual(expected);
  expect(await learn(['-'], [plain.subarray(0, 777), plain.subarray(777)])).toEqual(expected);
  expect(await learn(['-'], [gzipSync(plain)])).toEqual(expected);
});

test('every output is free of NaN, undefined and Infinity', async () => {
  for (const format of ['table', 'json', 'yaml']) {
    const name = 'gunicorn-micros-pid';
    const { host, out } = binaryHost(['fit', 'a.log', '--format', format], { 'a.log': log(name) });
    expect(await run(host)).toBe(0);
    expect(out()).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test('a missing log and no log at all are refused', async () => {
  const missing = binaryHost(['fit', 'nowhere.log'], {});
  expect(await run(missing.host)).toBe(3);
  expect(missing.err()).toMatch(/nowhere\.log: there is no such file/);
  const none = binaryHost(['fit'], {});
  expect(await run(none.host)).toBe(2);
});
