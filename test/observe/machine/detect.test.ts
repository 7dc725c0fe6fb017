import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { detect } from '../../../src/observe/machine/detect.js';
import type { Detection, SeenServer } from '../../../src/observe/machine/types.js';
import { observedValues } from '../../../src/observe/machine/values.js';
import { asTyped } from '../../../src/observe/values.js';
import { madeUpHost } from '../../made-up-host.js';
import { treeFiles } from './tree-files.js';

const FOLDER = new URL('../../../fixtures/proc/', import.meta.url);
const NAMES = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.tree') ? [file.slice(0, -5)] : []));
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');

/** The parts of a detection that fixtures speak of. */
const summary = ({ limits, servers, notes }: Detection) => ({
  cores: limits.cores,
  memoryMiB: limits.memoryMiB,
  cpu: limits.cpuLimits[0],
  memory: limits.memoryLimits[0],
  version: limits.cgroup.version,
  runtime: limits.cgroup.runtime,
  memoryUsedMiB: limits.memoryUsedMiB,
  outOfMemoryKills: limits.outOfMemoryKills,
  throttling: limits.throttling,
  notes: notes.length,
  servers: servers.map(serverSummary),
});

const serverSummary = (server: SeenServer) => ({
  kind: server.kind,
  application: server.application,
  pids: server.workers.map((worker) => worker.pid),
  workerClass: server.workerClass?.value ?? null,
  threads: server.threads?.value ?? null,
  preload: server.preload?.value ?? null,
  configFile: server.configFile,
  settings: Object.fromEntries(Object.entries(server.settings).map(([name, { value }]) => [name, value])),
  pss: server.workers[0]?.pssMiB,
  ageSeconds: server.workers[0]?.ageSeconds,
  cores: server.limits.cores,
  ...server.memory,
  ...(server.memory && { memoryMiB: server.limits.memoryMiB }),
});

const hostOf = (name: string, argv: readonly string[] = []) => {
  const made = madeUpHost(argv);
  return { ...made, host: { ...made.host, files: treeFiles(read(`${name}.tree`)) } };
};

test.each(NAMES)('%s is read as it is', async (name) => {
  const detection = await detect(hostOf(name).host);
  expect(summary(detection)).toMatchObject(JSON.parse(read(`${name}.expected.json`)));
});

test.each(NAMES)(
  '%s prints as table, JSON and a profile without NaN, undefined or Infinity',
  async (name) => {
    for (const format of ['table', 'json', 'yaml']) {
      const { host, out } = hostOf(name, ['detect', '--format', format]);
      expect(await run(host)).toBe(0);
      expect(out()).not.toMatch(/NaN|undefined|Infinity/);
    }
  },
);

test('limits are listed tightest first, each with the file it comes from', async () => {
  const { limits } = await detect(hostOf('v2-kubernetes-nested').host);
  expect(limits.cpuLimits.map((limit) => limit.cores)).toEqual([0.5, 2, 8, 8]);
  expect(limits.memoryLimits.map((limit) => limit.memoryMiB)).toEqual([768, 1024, 14336, 16384]);
  for (const { where } of [...limits.cpuLimits, ...limits.memoryLimits])
    expect(where).toMatch(/^\/(proc|sys)\//);
});

test('what was detected is parsed like what is typed, with the server that runs and its own limits', async () => {
  const detection = await detect(hostOf('gunicorn-own-cgroup').host);
  const { values, origins } = asTyped(observedValues(detection), 'detected');
  expect(values).toMatchObject({ cores: 2, mem: 1024, perWorker: 60, workers: 1, workerClass: 'uvicorn' });
  expect(origins.cores).toEqual({
    source: 'detected',
    where: '/sys/fs/cgroup/system.slice/app.service/cpu.max',
  });
});

test('of several servers none is taken silently, and --pid chooses', async () => {
  const detection = await detect(hostOf('gunicorn-usr2-upgrade').host);
  expect(observedValues(detection).map(({ name }) => name)).toEqual(['cores', 'mem']);
  expect(observedValues(detection, 110).map(({ name }) => name)).toContain('perWorker');
  expect(() => observedValues(detection, 5)).toThrow(
    /--pid: no server has the master process 5; running: 100, 110/,
  );
});

test('--pid of no server is refused with those that run', async () => {
  const { host, err } = hostOf('gunicorn-plain', ['detect', '--pid', '7']);
  expect(await run(host)).toBe(2);
  expect(err()).toMatch(/--pid: no server has the master process 7; running: 100/);
});

test('a machine without /proc is said to be so', async () => {
  const { host, err } = hostOf('gunicorn-plain', ['detect', '--root', '/nowhere']);
  expect(await run(host)).toBe(3);
  expect(err()).toMatch(/\/nowhere: has no \/proc/);
});

test('watching adds growth and peak, and Ctrl-C ends it early with what was seen', async () => {
  const made = hostOf('gunicorn-plain', ['detect', '--watch', '60s', '--json']);
  let interrupt = () => {};
  let clock = 0;
  const host = {
    ...made.host,
    now: () => clock,
    sleep: async (ms: number) => {
      clock += ms;
      if (clock > 10_000) interrupt();
    },
    onInterrupt: (listener: () => void) => {
      interrupt = listener;
      return () => {};
    },
  };
  expect(await run(host)).toBe(0);
  const { servers, notes } = JSON.parse(made.out());
  expect(servers[0].growth).toMatchObject({ perWorkerMiBPerHour: 0, peakPerWorkerMiB: 64, peakTotalMiB: 99 });
  expect(servers[0].growth.watchedSeconds).toBeCloseTo(10.25);
  expect(notes.at(-1)).toMatch(/interrupted after 10 s/);
});

test('watching sync workers tells the I/O ratio from their system calls and CPU time', async () => {
  const made = hostOf('gunicorn-plain', ['detect', '--watch', '40s', '--json']);
  const files = made.host.files;
  let clock = 0;
  /** Busy every second look, and on the CPU for a fifth of that: 4 s of 20 s for each worker. */
  const readText = (path: string) => {
    if (/^\/proc\/10[12]\/syscall$/.test(path))
      return Math.floor(clock / 1000) % 2 ? '270 0xfb 0x7ffe28bd82b0\n' : '45 0x5 0x7f00\n';
    const text = files.readText(path);
    if (!/^\/proc\/10[12]\/stat$/.test(path)) return text;
    const fields = text.split(' ');
    fields[13] = String(Number(fields[13]) + Math.round(clock / 100));
    return fields.join(' ');
  };
  const host = {
    ...made.host,
    files: { ...files, readText },
    now: () => clock,
    sleep: async (ms: number) => {
      clock += ms;
    },
  };
  expect(await run(host)).toBe(0);
  const { servers, values } = JSON.parse(made.out());
  expect(servers[0].ioRatio).toBeCloseTo(0.8, 1);
  expect(Number(values.ioRatio.value)).toBeCloseTo(0.8, 1);
});

test("other people's command lines cannot steer the terminal or add lines to a profile", async () => {
  const made = madeUpHost([]);
  const tree = read('gunicorn-plain.tree').replaceAll('app:app', 'app\u001b[2J:a\u202e');
  for (const format of ['table', 'yaml']) {
    const out: string[] = [];
    const sink = { ...made.host.stdout, write: (text: string) => void out.push(text) };
    const host = {
      ...made.host,
      argv: ['detect', '--format', format],
      stdout: sink,
      stderr: sink,
      files: treeFiles(tree),
    };
    expect(await run(host)).toBe(0);
    expect(out.join('')).not.toMatch(/[\u001b\u202e]/);
  }
});

test('watching follows the workers that take the place of those that end', async () => {
  const made = hostOf('gunicorn-plain', ['detect', '--watch', '40s', '--json']);
  const before = treeFiles(read('gunicorn-plain.tree'));
  const after = treeFiles(
    read('gunicorn-plain.tree')
      .replaceAll('/proc/102/', '/proc/105/')
      .replace(/(Rss: +)65536 kB/, '$181920 kB'),
  );
  let clock = 0;
  const now = () => (clock < 20_000 ? before : after);
  const files = {
    ...before,
    readText: (path: string) => now().readText(path),
    list: (path: string) => now().list(path),
    status: (path: string) => now().status(path),
  };
  const host = {
    ...made.host,
    files,
    now: () => clock,
    sleep: async (ms: number) => {
      clock += ms;
    },
  };
  expect(await run(host)).toBe(0);
  const { growth } = JSON.parse(made.out()).servers[0];
  expect(growth.peakPerWorkerMiB).toBe(80);
  expect(growth.perWorkerMiBPerHour).toBeCloseTo(0, 9);
});

test('of thousands of servers the first thousand are looked at', async () => {
  const tree = Array.from({ length: 1005 }, (_, n) => {
    const pid = 1000 + n;
    const stat = `${pid} (gunicorn) S 1 100 1 0 -1 4194560 900 0 0 0 100 50 0 0 20 0 1 0 50000 100000000 500`;
    return `==> /proc/${pid}/cmdline\n/usr/bin/gunicorn\\0app:app\\0\n==> /proc/${pid}/stat\n${stat}\n==> /proc/${pid}/status\nVmRSS:\t36864 kB\nThreads:\t1\n`;
  }).join('');
  const { servers, notes } = await detect({ ...madeUpHost([]).host, files: treeFiles(tree) });
  expect(servers).toHaveLength(1000);
  expect(notes).toContain('5 more servers run than the 1000 that were looked at');
}, 60_000);
