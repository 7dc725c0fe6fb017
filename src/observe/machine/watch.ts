import type { Host } from '../../host/host.js';
import { measure, processes } from './processes.js';
import { type Tree, treeAt } from './tree.js';
import type { Detection, Growth, SeenServer } from './types.js';

/** Called after each look with how far the watch has come, 0 to 1. */
export type WatchProgress = (share: number) => void;

const LOOKS = 240;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 30_000;
const LONGEST_SLICE_MS = 500;

/** Memory of one worker at one time. */
interface Sample {
  readonly seconds: number;
  readonly memoryMiB: number;
}

interface Watched {
  readonly server: SeenServer;
  readonly samples: Map<number, Sample[]>;
  /** Workers now: the master replaces those that end. */
  workers: readonly number[];
  peakTotalMiB: number;
  looks: number;
  busyLooks: number;
  stateLooks: number;
  readonly cpuBefore: Map<number, number>;
}

/**
 * Watches the servers for a time and adds growth, peak and, for sync workers, the I/O ratio. Ctrl-C ends the watch early;
 * what was seen until then counts.
 */
export async function watch(
  host: Host,
  root: string,
  detection: Detection,
  watchMs: number,
  progress: WatchProgress,
): Promise<Detection> {
  const tree = treeAt(host.files, root);
  const watched = detection.servers.map(begin);
  const begun = host.now();
  let interrupted = false;
  const stopListening = host.onInterrupt(() => {
    interrupted = true;
  });
  const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, watchMs / LOOKS));
  try {
    for (;;) {
      const elapsed = host.now() - begun;
      for (const one of watched) look(tree, one, elapsed / 1000);
      progress(Math.min(1, elapsed / watchMs));
      if (elapsed >= watchMs || interrupted) break;
      // In slices, so that Ctrl-C is answered soon.
      const until = host.now() + Math.min(pause, watchMs - elapsed);
      while (!interrupted && host.now() < until)
        await host.sleep(Math.min(LONGEST_SLICE_MS, until - host.now()));
    }
  } finally {
    stopListening();
  }
  const watchedSeconds = (host.now() - begun) / 1000;
  const notes = interrupted ? [`watching was interrupted after ${Math.round(watchedSeconds)} s`] : [];
  return {
    ...detection,
    servers: watched.map((one) => ({
      ...one.server,
      growth: growthOf(one, watchedSeconds),
      ioRatio: ioRatioOf(tree, one, watchedSeconds),
    })),
    notes: [...detection.notes, ...notes],
  };
}

const begin = (server: SeenServer): Watched => ({
  server,
  samples: new Map(),
  workers: server.workers.map((worker) => worker.pid),
  peakTotalMiB: 0,
  looks: 0,
  busyLooks: 0,
  stateLooks: 0,
  cpuBefore: new Map(server.workers.map((worker) => [worker.pid, worker.cpuSeconds])),
});

function look(tree: Tree, one: Watched, seconds: number): void {
  const { server } = one;
  let total = 0;
  let seen = 0;
  for (const pid of one.workers) {
    const now = measure(tree, pid);
    if (!now) continue;
    seen += 1;
    total += now.pssMiB ?? now.rssMiB;
    const memoryMiB = server.memory?.basis === 'uss' ? (now.ussMiB ?? now.rssMiB) : now.rssMiB;
    const samples = one.samples.get(pid) ?? [];
    samples.push({ seconds, memoryMiB });
    one.samples.set(pid, samples);
    const idle = isIdle(tree, pid);
    if (idle === null) continue;
    one.stateLooks += 1;
    if (!idle) one.busyLooks += 1;
  }
  const master = server.workers.some((worker) => worker.pid === server.master.pid)
    ? null
    : measure(tree, server.master.pid);
  if (master) total += master.pssMiB ?? master.rssMiB;
  if (seen > 0) one.looks += 1;
  if (seen < one.workers.length && server.workers.every(({ pid }) => pid !== server.master.pid))
    one.workers = childrenOf(tree, server.master.pid);
  one.peakTotalMiB = Math.max(one.peakTotalMiB, total);
}

const childrenOf = (tree: Tree, parent: number): number[] =>
  processes(tree).flatMap((process) => (process.parent === parent ? [process.pid] : []));

/**
 * A sync worker without work sleeps in select() on its listeners (gunicorn/workers/sync.py, wait). System calls 23 and 270
 * are select and pselect6 on x86-64, 72 is pselect6 on arm64. Null where the kernel does not tell.
 */
function isIdle(tree: Tree, pid: number): boolean | null {
  const call = /^(running|-?\d+)/.exec(tree.read(`/proc/${pid}/syscall`) ?? '')?.[1];
  return call === undefined ? null : call === '23' || call === '270' || call === '72';
}

function growthOf(one: Watched, watchedSeconds: number): Growth | null {
  const all = [...one.samples.values()];
  if (one.looks < 2) return null;
  return {
    watchedSeconds,
    samples: one.looks,
    perWorkerMiBPerHour: 3600 * commonSlope(all),
    peakPerWorkerMiB: Math.max(...all.flat().map((sample) => sample.memoryMiB)),
    peakTotalMiB: one.peakTotalMiB,
  };
}

/** Least squares with one slope for all workers and a level for each, so that unequal sizes and ends of workers do not count as growth. */
export function commonSlope(series: readonly (readonly Sample[])[]): number {
  let across = 0;
  let along = 0;
  for (const samples of series) {
    const meanSeconds = samples.reduce((sum, s) => sum + s.seconds, 0) / samples.length;
    const meanMiB = samples.reduce((sum, s) => sum + s.memoryMiB, 0) / samples.length;
    for (const { seconds, memoryMiB } of samples) {
      across += (seconds - meanSeconds) * (memoryMiB - meanMiB);
      along += (seconds - meanSeconds) ** 2;
    }
  }
  return along > 0 ? across / along : 0;
}

const FEWEST_BUSY_LOOKS = 20;

/** 1 − CPU time / busy time of sync workers; other classes do not show from outside when they are busy. */
function ioRatioOf(tree: Tree, one: Watched, watchedSeconds: number): number | null {
  if (one.server.workerClass?.value !== 'sync' || one.busyLooks < FEWEST_BUSY_LOOKS) return null;
  let cpuSeconds = 0;
  let workers = 0;
  for (const [pid, before] of one.cpuBefore) {
    const now = measure(tree, pid);
    if (!now) continue;
    cpuSeconds += now.cpuSeconds - before;
    workers += 1;
  }
  const busySeconds = (one.busyLooks / one.stateLooks) * watchedSeconds * workers;
  return Math.min(1, Math.max(0, 1 - cpuSeconds / busySeconds));
}
