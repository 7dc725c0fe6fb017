import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/check/result.js';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

async function checked(
  files: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<CheckResult> {
  const { host, out, err } = madeUpHost(['check', ...Object.keys(files).slice(0, 1), '--json', ...argv], {
    files,
  });
  expect([0, 1], err()).toContain(await run(host));
  return JSON.parse(out());
}
const conf = async (text: string, options = '') =>
  (await checked({ 'gunicorn.conf.py': `${text}\n` }, ...options.split(' ').filter(Boolean))).servers[0]!;

const SIZE = '--mem 8000 --per-worker 100 --per-thread 10';

describe('the memory that a server takes', () => {
  test.each([
    ['workers = 2', '', 2 * 110],
    ['workers = 2', '--rate 90 --service-time 100ms', 2 * 110],
    ['workers = 2\nthreads = 8', '', 2 * 180],
    ['workers = 2\nworker_class = "gevent"\nworker_connections = 50', '', 2 * 600],
    // A class without a limit has what comes at its peak: 4.5 in each, and three standard deviations.
    [
      'workers = 2\nworker_class = "uvicorn.workers.UvicornWorker"',
      '--rate 90 --service-time 100ms',
      2 * 210,
    ],
    ['workers = 2\nworker_class = "uvicorn.workers.UvicornWorker"', '', 2 * 110],
  ])('of %j %s', async (text, options, memoryMiB) => {
    expect((await conf(text, `${SIZE} ${options}`)).memoryMiB).toBeCloseTo(memoryMiB, 9);
  });

  test('is not known where the workers are not, or what runs them', async () => {
    expect((await conf('import x\nworkers = x.y()', SIZE)).memoryMiB).toBeNull();
    expect((await conf('workers = 2\nworker_class = "their.own.Worker"', SIZE)).memoryMiB).toBeNull();
  });
});

describe('the slots of a server', () => {
  test.each([
    ['workers = 3', 3],
    ['workers = 3\nthreads = 4', 12],
    ['workers = 3\nworker_class = "gevent"', 3000],
    ['workers = 3\nworker_class = "uvicorn.workers.UvicornWorker"', null],
    ['import x\nworkers = x.y()', null],
  ])('of %j are %s', async (text, slots) => {
    expect((await conf(text)).slots).toBe(slots);
  });
});

test('the rate is that of all copies; a server is judged by its share, of an autoscaler’s at its upper end', async () => {
  const rate = async (options: string) => (await conf('workers = 2', options)).ratePerReplica;
  expect(await rate('--rate 90 --service-time 10ms')).toBe(90);
  expect(await rate('--rate 90 --service-time 10ms --replicas 3')).toBe(30);
  expect(await rate('--service-time 10ms')).toBeNull();
});

test('a price is of all that has one, for a month of all copies', async () => {
  const price = async (options: string) => (await conf('workers = 2', options)).pricePerMonth;
  expect(await price('--cores 2 --mem 4GiB')).toBeNull();
  expect(await price('--cores 2 --price-core 0.05/h')).toBeCloseTo(2 * 0.05 * 730, 9);
  expect(await price('--cores 2 --price-core 0.05/h --replicas 3')).toBeCloseTo(3 * 2 * 0.05 * 730, 9);
  expect(await price('--mem 4GiB --per-worker 1 --price-mem 0.01/h')).toBeCloseTo(4 * 0.01 * 730, 9);
  expect(
    await price('--cores 2 --mem 4GiB --per-worker 1 --price-core 0.05/h --price-mem 0.01/h'),
  ).toBeCloseTo((2 * 0.05 + 4 * 0.01) * 730, 9);
  // A limit that has a price and is not known leaves the whole not known.
  expect(await price('--cores 2 --price-core 0.05/h --price-mem 0.01/h')).toBeNull();
});

describe('what is not known', () => {
  test('is told once for each place, with all that stands there', async () => {
    const { unknown, judged } = await conf('import x\nworkers = threads = x.y()\ntimeout = 9');
    expect(judged).not.toBe('fully');
    expect(unknown.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^workers and threads are not known: /),
    ]);
    const one = await conf('import x\nworkers = x.y()');
    expect(one.unknown.map(({ message, line }) => [message, line])).toEqual([
      [expect.stringMatching(/^workers is not known: /), 2],
    ]);
    expect((await conf('workers = 2')).judged).toBe('fully');
  });

  test('can be given for a variable, at its place in words of the option', async () => {
    const files = { Procfile: 'web: gunicorn -w $WORKERS a:b\n' };
    expect((await checked(files)).servers[0]!.workers).toBeNull();
    const given = await checked(files, '--env', 'WORKERS=6');
    expect([given.servers[0]!.workers, given.servers[0]!.judged]).toEqual([6, 'fully']);
    const [finding] = (await checked(files, '--env', 'WORKERS=x')).findings.filter(
      ({ rule }) => rule === 'invalid-setting',
    );
    expect(finding!.message).toContain('workers is "x"');
  });
});

test('findings stand in the order of files, and of those by severity, line, column and rule', async () => {
  const files = {
    'b/Procfile': 'web: gunicorn -w 4 --timeout 0 --max-requests 9 a:b\n',
    'a/Procfile': 'web: gunicorn -w 4 --max-requests 9 --timeout 0 a:b\n',
  };
  const { host, out } = madeUpHost(['check', ...Object.keys(files), '--json'], { files });
  await run(host);
  const { findings } = JSON.parse(out()) as CheckResult;
  const RANK = { error: 0, warning: 1, note: 2 };
  const keys = findings.map(
    ({ file, severity, line, column, rule }) => [file, RANK[severity], line, column, rule] as const,
  );
  const sorted = keys.toSorted((a, b) => {
    const at = a.findIndex((value, n) => value !== b[n]);
    return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
  });
  expect(keys.length).toBeGreaterThanOrEqual(4);
  expect(new Set(findings.map(({ file }) => file))).toEqual(new Set(['a/Procfile', 'b/Procfile']));
  expect(keys).toEqual(sorted);
});
