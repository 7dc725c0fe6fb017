import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/observe/machine/detect.js';
import { watch } from '../../../src/observe/machine/watch.js';
import { madeUpHost } from '../../made-up-host.js';
import { type Files, MACHINE, type MadeUpProcess, machineFiles, processesFiles } from './made-up-machine.js';

const HOUR = 3_600_000;

/** A machine that changes: its processes at a time, and what else it shows then. */
interface Scene {
  at(seconds: number): { readonly processes: readonly MadeUpProcess[]; readonly files?: Files };
  readonly watchMs: number;
  readonly interruptAtMs?: number;
}

async function watched({ at, watchMs, interruptAtMs = Number.POSITIVE_INFINITY }: Scene) {
  let clock = 5000;
  const begun = clock;
  let [listening, longestSleepMs] = [false, 0];
  let interrupt = () => {};
  const shares: number[] = [];
  let seen = { clock: Number.NaN, files: machineFiles({}) };
  const now = () => {
    if (seen.clock !== clock) {
      const { processes, files } = at((clock - begun) / 1000);
      seen = { clock, files: machineFiles({ ...MACHINE, ...processesFiles(...processes), ...files }) };
    }
    return seen.files;
  };
  const { host } = madeUpHost([]);
  const changing = {
    ...host,
    files: {
      ...host.files,
      readText: (path: string) => now().readText(path),
      list: (path: string) => now().list(path),
      status: (path: string) => now().status(path),
      readLink: (path: string) => now().readLink(path),
    },
    now: () => clock,
    sleep: async (ms: number) => {
      longestSleepMs = Math.max(longestSleepMs, ms);
      clock += ms;
      if (clock - begun >= interruptAtMs) interrupt();
    },
    onInterrupt: (listener: () => void) => {
      [interrupt, listening] = [listener, true];
      return () => {
        listening = false;
      };
    },
  };
  const detection = await detect(changing);
  const found = await watch(changing, '/', detection, watchMs, (share) => shares.push(share));
  const newNotes = found.notes.slice(detection.notes.length);
  return { server: found.servers[0]!, newNotes, shares, longestSleepMs, listening };
}

const GUNICORN = ['/usr/bin/gunicorn', 'app:app'];
const MASTER = { pid: 100, command: GUNICORN, rssMiB: 20 };
const worker = (pid: number, rest: Partial<MadeUpProcess> = {}) => ({
  pid,
  parent: 100,
  command: GUNICORN,
  ...rest,
});

describe('growth', () => {
  test('is told in MiB an hour and worker, peaks of the largest worker and of all together', async () => {
    const { server, newNotes } = await watched({
      at: (seconds) => ({
        processes: [MASTER, worker(101, { rssMiB: 60 + seconds / 60 }), worker(102, { rssMiB: 50 })],
      }),
      watchMs: 2 * HOUR,
    });
    expect(server.growth!.perWorkerMiBPerHour).toBeCloseTo(30, 1);
    expect(server.growth!.peakPerWorkerMiB).toBeCloseTo(180, 0);
    expect(server.growth!.peakTotalMiB).toBeCloseTo(250, 0);
    expect(server.growth).toMatchObject({ samples: 241, watchedSeconds: 7200 });
    expect(newNotes).toEqual([]);
  });

  test('of an application that was loaded before the fork is that of private pages, its total that of PSS', async () => {
    const command = ['/usr/bin/gunicorn', '--preload', 'app:app'];
    const sizes = { command, rssMiB: 90, pssMiB: 60 };
    const { server } = await watched({
      at: (seconds) => ({
        processes: [
          { pid: 100, ...sizes, ussMiB: 30 },
          worker(101, { ...sizes, ussMiB: 40 + seconds / 360 }),
        ],
      }),
      watchMs: HOUR,
    });
    expect(server.growth!.perWorkerMiBPerHour).toBeCloseTo(10, 1);
    expect(server.growth!.peakPerWorkerMiB).toBeCloseTo(50, 1);
    expect(server.growth!.peakTotalMiB).toBe(120);
  });

  test('of a server without a master counts its one process once', async () => {
    const { server } = await watched({
      at: () => ({ processes: [{ pid: 7, command: ['uvicorn', 'app:app'], rssMiB: 33 }] }),
      watchMs: 1000,
    });
    expect(server.growth).toMatchObject({ peakTotalMiB: 33, peakPerWorkerMiB: 33, perWorkerMiBPerHour: 0 });
  });

  test('is not known of a server that was seen once', async () => {
    const { server } = await watched({
      at: (seconds) => ({ processes: seconds === 0 ? [MASTER, worker(101)] : [] }),
      watchMs: 10_000,
    });
    expect(server.growth).toBeNull();
    expect(server.ioRatio).toBeNull();
  });

  test('goes on with the workers that the master starts anew', async () => {
    const { server } = await watched({
      at: (seconds) => ({
        processes: [MASTER, worker(101), seconds < 20 ? worker(102) : worker(103, { rssMiB: 77 })],
      }),
      watchMs: 40_000,
    });
    expect(server.growth).toMatchObject({ peakPerWorkerMiB: 77, peakTotalMiB: 20 + 64 + 77 });
  });
});

describe('a watch', () => {
  const still = () => ({ processes: [MASTER, worker(101)] });

  test.each([
    [1000, 21],
    [60_000, 241],
    [2 * HOUR, 241],
    [5 * HOUR, 601],
  ])('of %d ms takes %d looks, and tells how far it has come', async (watchMs, looks) => {
    const { server, shares, listening } = await watched({ at: still, watchMs });
    expect(server.growth!.samples).toBe(looks);
    expect(shares).toHaveLength(looks);
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(listening).toBe(false);
  });

  test('sleeps half a second at most, so that Ctrl-C is answered soon, and says when it was', async () => {
    const { server, newNotes, longestSleepMs } = await watched({
      at: still,
      watchMs: HOUR,
      interruptAtMs: 61_000,
    });
    expect(longestSleepMs).toBe(500);
    expect(server.growth!.watchedSeconds).toBeCloseTo(61, 0);
    expect(newNotes).toEqual(['watching was interrupted after 61 s']);
  });
});

describe('the share of waiting', () => {
  const IDLE = '270 0xfb 0x7ffe';
  const BUSY = '45 0x5 0x7f00';
  /** Two workers that compute for so many of 40 s, and do what `call` says at the second look and each second after it. */
  const ratio = async (cpuSeconds: number, call: (look: number) => string | null, command = GUNICORN) => {
    const { server } = await watched({
      at: (seconds) => {
        const state = call(Math.round(seconds));
        const files: Files = state === null ? {} : { '/proc/101/syscall': state, '/proc/102/syscall': state };
        return {
          processes: [
            MASTER,
            ...[101, 102].map((pid) => worker(pid, { command, cpuSeconds: 1 + (cpuSeconds * seconds) / 40 })),
          ].map((one) => ({ ...one, command })),
          files,
        };
      },
      watchMs: 40_000,
    });
    return server.ioRatio;
  };

  test('of sync workers is what of their busy time is not CPU time', async () => {
    expect(await ratio(10, () => BUSY)).toBeCloseTo(0.75, 6);
    expect(await ratio(10, () => 'running')).toBeCloseTo(0.75, 6);
    expect(await ratio(5, (look) => (look % 2 ? IDLE : BUSY))).toBeCloseTo(0.75, 1);
    expect(await ratio(40, () => BUSY)).toBeCloseTo(0, 6);
  });

  test('is never below 0 or above 1', async () => {
    expect(await ratio(60, () => BUSY)).toBe(0);
    expect(await ratio(0, () => BUSY)).toBe(1);
  });

  test.each(['270 0x1', '23 0x1', '72 0x1'])(
    'has no busy looks in %s, in which a sync worker waits',
    async (call) => {
      expect(await ratio(10, () => call)).toBeNull();
    },
  );

  test.each(['27 0x1', '2700 0x1', '-1 0x1', '7 0x1'])('has busy looks in %s', async (call) => {
    expect(await ratio(10, () => call)).toBeCloseTo(0.75, 6);
  });

  test('is not known where the kernel does not tell, or of another class', async () => {
    expect(await ratio(10, () => null)).toBeNull();
    expect(await ratio(10, () => 'no leave')).toBeNull();
    expect(await ratio(10, () => BUSY, ['/usr/bin/gunicorn', '-k', 'gthread', 'app:app'])).toBeNull();
  });
});
