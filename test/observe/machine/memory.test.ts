import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/observe/machine/detect.js';
import { observedValues } from '../../../src/observe/machine/values.js';
import { MACHINE, type MadeUpProcess, machineHost, processesFiles } from './made-up-machine.js';

const GUNICORN = ['/usr/bin/gunicorn', 'app:app'];
const PRELOADED = ['/usr/bin/gunicorn', '--preload', 'app:app'];

type Sizes = Omit<MadeUpProcess, 'pid' | 'command'>;

/** A master and its workers as detect sees them. */
async function running(command: readonly string[], master: Sizes, ...workers: readonly Sizes[]) {
  const processes = [master, ...workers].map((sizes, n) => ({
    pid: 100 + n,
    parent: n === 0 ? 1 : 100,
    command,
    ...sizes,
  }));
  const detection = await detect(machineHost({ ...MACHINE, ...processesFiles(...processes) }));
  return { detection, server: detection.servers[0]! };
}

describe('memory of a server', () => {
  test('loaded before the fork is private pages a worker, what is shared once, and the whole gives PSS', async () => {
    const mib = fc.integer({ min: 2, max: 400 });
    const process = fc.record({ ussMiB: mib, extraMiB: mib }).map(({ ussMiB, extraMiB }) => ({
      ussMiB,
      pssMiB: ussMiB + extraMiB,
      rssMiB: ussMiB + 3 * extraMiB,
    }));
    await fc.assert(
      fc.asyncProperty(
        process,
        fc.array(process, { minLength: 1, maxLength: 4 }),
        async (master, workers) => {
          const { memory } = (await running(PRELOADED, master, ...workers)).server;
          const all = [master, ...workers];
          const privateMiB = all.reduce((sum, { ussMiB }) => sum + ussMiB, 0);
          expect(memory!.basis).toBe('uss');
          expect(memory!.perWorkerMiB).toBe(Math.max(...workers.map(({ ussMiB }) => ussMiB)));
          expect(memory!.masterMiB).toBe(master.ussMiB);
          expect(memory!.totalMiB).toBeCloseTo(all.reduce((sum, { pssMiB }) => sum + pssMiB, 0));
          expect(memory!.sharedMiB + privateMiB).toBeCloseTo(memory!.totalMiB);
        },
      ),
      { numRuns: 10 },
    );
  });

  test('loaded after the fork is the whole RSS of the largest worker', async () => {
    const sizes = (rssMiB: number) => ({ rssMiB, pssMiB: rssMiB - 10, ussMiB: rssMiB - 20 });
    const { memory } = (await running(GUNICORN, sizes(30), sizes(90), sizes(80))).server;
    expect(memory).toEqual({
      perWorkerMiB: 90,
      sharedMiB: 0,
      masterMiB: 30,
      totalMiB: 20 + 80 + 70,
      basis: 'rss',
    });
  });

  test('of which one process hides its pages is RSS, added up, and a note says how to see more', async () => {
    const seen = { rssMiB: 90, pssMiB: 60, ussMiB: 40 };
    const { server, detection } = await running(PRELOADED, seen, seen, { rssMiB: 70 });
    expect(server.memory).toEqual({
      perWorkerMiB: 90,
      sharedMiB: 0,
      masterMiB: 90,
      totalMiB: 250,
      basis: 'rss',
    });
    expect(detection.notes.join()).toContain('gunicorn 100: smaps_rollup may not be read');
    expect((await running(PRELOADED, seen, seen)).detection.notes.join()).not.toContain('smaps_rollup');
  });

  test('without workers is not known, and a note says that none is seen', async () => {
    const { server, detection } = await running(GUNICORN, { rssMiB: 30 });
    expect(server).toMatchObject({ workers: [], memory: null, preload: { from: 'default' } });
    expect(detection.notes).toContain('gunicorn 100: no workers seen');
  });
});

describe('whether the application was loaded before the fork', () => {
  const titled = ['gunicorn: master [app]', 'gunicorn: worker [app]'] as const;
  const judged = async (masterMiB: number, ...workersMiB: readonly number[]) => {
    const files = processesFiles(
      { pid: 100, command: [titled[0]], rssMiB: masterMiB },
      ...workersMiB.map((rssMiB, n) => ({ pid: 101 + n, parent: 100, command: [titled[1]], rssMiB })),
    );
    return (await detect(machineHost({ ...MACHINE, ...files }))).servers[0]!.preload;
  };

  test.each([
    [80, [100], true],
    [79, [100], false],
    [80, [300, 100, 20], true],
    [79, [20, 300, 100], false],
    [81, [100, 20], true],
    [79, [20, 100], false],
  ])('a master of %d MiB beside workers of %j: %s', async (master, workers, value) => {
    expect(await judged(master, ...workers)).toEqual({ value, from: 'processes' });
  });

  test('is not told by a master alone', async () => {
    expect(await judged(80)).toBeNull();
  });
});

describe('ages', () => {
  const preloaded = { rssMiB: 90, pssMiB: 60, ussMiB: 40 };
  const note = async (...startedAt: number[]) =>
    (
      await running(
        PRELOADED,
        preloaded,
        ...startedAt.map((startedAtSeconds) => ({ ...preloaded, startedAtSeconds })),
      )
    ).detection.notes.find((one) => one.includes('s old'));

  test('of workers below five minutes are noted, by the youngest', async () => {
    expect(await note(500, 990)).toMatch(/^gunicorn 100: workers are only 10 s old/);
    expect(await note(701)).toContain('only 299 s old');
    expect(await note(700)).toBeUndefined();
  });

  test('are never below 0, and unknown without an uptime', async () => {
    const { server } = await running(GUNICORN, {}, { startedAtSeconds: 2000 });
    expect(server.workers[0]!.ageSeconds).toBe(0);
    expect(server.master.ageSeconds).toBe(900);
    const files = { ...MACHINE, '/proc/uptime': '', ...processesFiles({ pid: 100, command: GUNICORN }) };
    expect((await detect(machineHost(files))).servers[0]!.master.ageSeconds).toBeNull();
  });
});

describe('values for plan', () => {
  test('round what a worker needs up, the machine down, and tell times in seconds', async () => {
    const command = ['/usr/bin/gunicorn', '--timeout', '1', '--keep-alive=5', '--threads=2', 'app:app'];
    const files = {
      ...MACHINE,
      '/proc/meminfo': 'MemTotal: 1048640 kB',
      ...processesFiles(
        { pid: 100, command, rssMiB: 10.01 },
        { pid: 101, parent: 100, command, rssMiB: 60.01 },
      ),
    };
    const values = observedValues(await detect(machineHost(files)));
    expect(values.map(({ name, text, where }) => `${name} ${text} (${where})`)).toEqual([
      'cores 8 (/sys/devices/system/cpu/online)',
      'mem 1024MiB (/proc/meminfo)',
      "perWorker 60.1MiB (gunicorn 100, largest worker's RSS)",
      'master 10.1MiB (gunicorn 100, its own memory)',
      'workers 1 (gunicorn 100, running)',
      'workerClass gthread (gunicorn 100, its arguments)',
      'threads 2 (gunicorn 100, its arguments)',
      'timeout 1s (gunicorn 100, its arguments)',
      'keepalive 5s (gunicorn 100, its arguments)',
    ]);
  });

  test('leave out what is nothing, and name another server', async () => {
    const files = { ...MACHINE, ...processesFiles({ pid: 7, command: ['uvicorn', 'app:app'] }) };
    const values = observedValues(await detect(machineHost(files)));
    expect(values.map(({ name, text }) => `${name}=${text}`)).toEqual([
      'cores=8',
      'mem=16384MiB',
      'server=uvicorn',
      'perWorker=64MiB',
      'workers=1',
    ]);
  });

  test('of no server for a pid are refused, and that none runs is said', async () => {
    const detection = await detect(machineHost(MACHINE));
    expect(() => observedValues(detection, 5)).toThrow(
      '--pid: no server has the master process 5; running: none',
    );
    expect(observedValues(detection).map(({ name }) => name)).toEqual(['cores', 'mem']);
  });
});

test('a machine of which nothing can be read has notes that name what is missing, below its root', async () => {
  const { notes } = await detect(machineHost({}), '/host');
  expect(notes).toEqual([
    'no CPUs found below /host: /proc or /sys is missing or unreadable',
    'no memory size found: /host/proc/meminfo is missing or unreadable',
  ]);
  expect((await detect(machineHost({}))).notes[1]).toContain('found: /proc/meminfo');
});
