import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';
import { binaryHost } from './logs/binary-host.js';
import { treeFiles } from './machine/tree-files.js';

const fixture = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));

async function on(name: string, argv: readonly string[]) {
  const made = madeUpHost(argv);
  const code = await run({ ...made.host, files: treeFiles(fixture(`proc/${name}.tree`).toString()) });
  return { code, out: made.out(), err: made.err() };
}

test('wcalc plan --detect plans with what was found and says where each value was read', async () => {
  const { out, err } = await on('gunicorn-preload-gthread', ['plan', '--detect', '--json']);
  const { inputs, given, recommendation, origins } = JSON.parse(out);
  expect(inputs, err).toMatchObject({
    cores: 8,
    memoryMiB: 16384,
    perWorkerMiB: 34,
    sharedMiB: 128,
    masterMiB: 10,
    preload: true,
    timeoutMs: 60_000,
  });
  expect(given).toMatchObject({ workerClass: 'gthread', workers: 2, threads: 4 });
  expect(recommendation).not.toBeNull();
  expect(origins.perWorker).toMatch(/^gunicorn 100, largest worker's private memory/);
  expect(origins.mem).toBe('/proc/meminfo');
});

test('flags win over what was detected', async () => {
  const argv = ['plan', '--detect', '--cores', '2', '--per-worker', '100', '--json'];
  const { inputs } = JSON.parse((await on('gunicorn-preload-gthread', argv)).out);
  expect(inputs).toMatchObject({ cores: 2, perWorkerMiB: 100, memoryMiB: 16384 });
});

test('where no server runs, what one worker needs is assumed until it is given', async () => {
  const { code, out } = await on('v2-docker', ['plan', '--detect', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out).assumptions.map(({ flag }: { flag: string }) => flag)).toContain('--per-worker');
  const { inputs } = JSON.parse(
    (await on('v2-docker', ['plan', '--detect', '--per-worker', '100', '--json'])).out,
  );
  expect(inputs).toMatchObject({ cores: 1.5, memoryMiB: 512 });
});

test('a profile of wcalc detect is a configuration file that plan reads, and gives the same plan', async () => {
  const yaml = await on('gunicorn-preload-gthread', ['detect', '--format', 'yaml']);
  const direct = JSON.parse((await on('gunicorn-preload-gthread', ['plan', '--detect', '--json'])).out);
  const bytes = new TextEncoder().encode(yaml.out);
  for (const argv of [
    ['plan', '--json'],
    ['plan', '--profile', 'p.yaml', '--json'],
  ]) {
    const { host, out, err } = binaryHost(argv, {
      [argv.includes('--profile') ? 'p.yaml' : 'wcalc.yaml']: bytes,
    });
    await run(host);
    expect(JSON.parse(out()).inputs, err()).toEqual(direct.inputs);
    // In a configuration file the worker class is the user's own choice; a profile only tells what runs.
    if (argv.includes('--profile')) expect(JSON.parse(out()).recommendation).toEqual(direct.recommendation);
  }
});

describe('--profile - reads standard input', () => {
  const profile = 'cores: 2\nmem: 1GiB\nperWorker: 100MiB\nserviceTime: 60ms\n';
  const rest = {
    plan: ['plan', '--rate', '5'],
    check: ['check', 'gunicorn.conf.py'],
    simulate: ['simulate', '--rate', '5', '--workers', '2', '--requests', '1000'],
    sweep: ['sweep', '--workers', '2', '--vary', 'rate=1..5'],
  };
  const files = { 'gunicorn.conf.py': 'workers = 30\n', 'p.yaml': profile };

  test.each(Object.entries(rest))('for %s, and says the same as of a file', async (_, argv) => {
    const piped = madeUpHost([...argv, '--profile', '-', '--json'], {
      files,
      stdin: [profile.slice(0, 9), profile.slice(9)],
    });
    const named = madeUpHost([...argv, '--profile', 'p.yaml', '--json'], { files });
    expect(await run(piped.host), piped.err()).toBe(await run(named.host));
    expect(piped.out().replaceAll('stdin:', 'p.yaml:')).toBe(named.out().replaceAll('stdin:', 'p.yaml:'));
    expect(piped.out()).toMatch(/^\{/);
  });

  test.each([
    [['check', '-'], '--profile - and the file - both read standard input'],
    [['plan', '--batch', '-'], '--profile - and --batch - both read standard input'],
    [['simulate', '--trace', '-'], '--profile - and --trace - both read standard input'],
  ])('is refused beside %j, which reads it, too', async (argv, message) => {
    const { host, err } = madeUpHost([...argv, '--profile', '-'], { stdin: [profile] });
    expect(await run(host)).toBe(2);
    expect(err()).toContain(message);
  });

  test.each([
    ['', 3, 'wcalc: -: nothing came from standard input\n'],
    ['cores: 2\nmem: lots\n', 2, 'wcalc: stdin:2: mem: '],
  ])('of %j names it', async (text, code, message) => {
    const { host, err } = madeUpHost(['plan', '--profile', '-'], { stdin: [text] });
    expect(await run(host)).toBe(code);
    expect(err()).toContain(message);
  });
});

test('laws of a profile are used as long as nothing else is said of the request', async () => {
  const fitted = binaryHost(['fit', 'a.log', '--format', 'yaml'], { 'a.log': fixture('logs/csv-trace.log') });
  expect(await run(fitted.host)).toBe(0);
  const files = { 'p.yaml': new TextEncoder().encode(fitted.out()) };
  const p95 = async (...more: readonly string[]) => {
    const argv = [
      'plan',
      '--profile',
      'p.yaml',
      '--cores',
      '4',
      '--workers',
      '4',
      '--rate',
      '2',
      '--json',
      ...more,
    ];
    const { host, out, err } = binaryHost(argv, files);
    await run(host);
    expect(out(), err()).not.toBe('');
    return JSON.parse(out()).given.prediction.p95Ms as number;
  };
  // Nobody waits, so that p95 is that of CPU and waiting drawn apart from the log's values; an exponential's is far above.
  expect(await p95()).toBeLessThan(400);
  expect(await p95('--cpu-cv', '1', '--io-cv', '1')).toBeGreaterThan(450);
});

test('laws that are none are refused with file and line', async () => {
  for (const laws of [
    'laws: 3',
    'laws:\n  cpu: [3, 2]',
    'laws:\n  gpu: [1, 2]',
    'laws:\n  io: [0, 0]',
    'laws:\n  io: [a, 1]',
  ]) {
    const { host, err } = binaryHost(['plan', '--profile', 'p.yaml', '--cores', '1', '--workers', '1'], {
      'p.yaml': new TextEncoder().encode(`cores: 2\n${laws}\n`),
    });
    expect(await run(host)).toBe(3);
    expect(err()).toMatch(/^wcalc: p\.yaml:[23]: laws(\.\w+)? is not accepted; accepted: service, cpu or io/);
  }
});

test('wcalc check judges with a profile: a request that was seen to take longer than the timeout is a finding', async () => {
  const fitted = binaryHost(['fit', 'a.log', '--format', 'yaml'], { 'a.log': fixture('logs/csv-trace.log') });
  expect(await run(fitted.host)).toBe(0);
  const files = {
    'p.yaml': new TextEncoder().encode(fitted.out().replace(/^slowest: .*$/m, 'slowest: 45s')),
    'gunicorn.conf.py': new TextEncoder().encode("workers = 2\nworker_class = 'sync'\ntimeout = 30\n"),
  };
  const argv = [
    'check',
    'gunicorn.conf.py',
    '--cores',
    '2',
    '--mem',
    '1GiB',
    '--per-worker',
    '100',
    '--json',
  ];
  const findings = async (...more: readonly string[]) => {
    const { host, out, err } = binaryHost([...argv, ...more], files);
    await run(host);
    expect(out(), err()).not.toBe('');
    return JSON.stringify(JSON.parse(out()).findings);
  };
  expect(await findings()).not.toMatch(/timeout/);
  expect(await findings('--profile', 'p.yaml')).toMatch(/timeout/);
});

test('simulate draws from a profile, and a distribution that is typed takes the place of a learnt variation', async () => {
  const fitted = binaryHost(['fit', 'a.log', '--format', 'yaml'], { 'a.log': fixture('logs/csv-trace.log') });
  expect(await run(fitted.host)).toBe(0);
  const files = { 'p.yaml': new TextEncoder().encode(fitted.out()) };
  const configuration = ['--cores', '4', '--workers', '4', '--worker-class', 'sync', '--rate', '2'];
  const size = ['--requests', '2000', '--replications', '2', '--json'];
  const p95 = async (...more: readonly string[]) => {
    const { host, out, err } = binaryHost(
      ['simulate', '--profile', 'p.yaml', ...configuration, ...size, ...more],
      files,
    );
    expect(await run(host), err()).toBe(0);
    return JSON.parse(out()).given.prediction.p95Ms as number;
  };
  expect(await p95()).toBeLessThan(400);
  expect(await p95('--io-distribution', 'exponential')).toBeGreaterThan(450);
});
