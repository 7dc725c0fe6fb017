import { kilobyteField, nulSeparated, processStat } from './proc-text.js';
import type { Tree } from './tree.js';
import type { Footprint, ServerProcess } from './types.js';

/** A process as the scan sees it. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: readonly string[];
}

/** Every process that can be seen and has a command line (kernel threads have none). */
export function processes(tree: Tree): SeenProcess[] {
  return tree
    .list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): SeenProcess[] => {
      const command = nulSeparated(tree.read(`/proc/${name}/cmdline`) ?? '');
      const stat = processStat(tree.read(`/proc/${name}/stat`) ?? '');
      // A zombie has no command line any more.
      return stat && command[0] ? [{ pid: Number(name), parent: stat.parent, command }] : [];
    })
    .sort((a, b) => a.pid - b.pid);
}

/** Environment of a process; empty where it may not be read. Entries without a name, as setproctitle leaves them, are dropped. */
export function environmentOf(tree: Tree, pid: number): ReadonlyMap<string, string> {
  const entries = nulSeparated(tree.read(`/proc/${pid}/environ`) ?? '').map((entry) =>
    /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(entry),
  );
  return new Map(entries.flatMap((entry) => (entry ? [[entry[1]!, entry[2]!] as const] : [])));
}

/** Kernel ticks per second as user space sees them; 100 on every Linux that runs Python servers (sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;

/** Memory, threads, age and CPU time of one process; null where it has ended. */
export function measure(tree: Tree, pid: number): ServerProcess | null {
  const stat = processStat(tree.read(`/proc/${pid}/stat`) ?? '');
  const status = tree.read(`/proc/${pid}/status`);
  if (!stat || status === null) return null;
  const footprint = footprintOf(tree, pid, status);
  if (!footprint) return null;
  const uptime = Number.parseFloat(tree.read('/proc/uptime') ?? '');
  const ageSeconds = uptime - stat.startTicks / TICKS_PER_SECOND;
  return {
    pid,
    threads: stat.threads,
    ageSeconds: Number.isFinite(ageSeconds) ? Math.max(0, ageSeconds) : null,
    cpuSeconds: stat.cpuTicks / TICKS_PER_SECOND,
    ...footprint,
  };
}

/** `smaps_rollup` (since Linux 4.14) or the sum over `smaps`; without leave to read them only the RSS. */
function footprintOf(tree: Tree, pid: number, status: string): Footprint | null {
  const maps = tree.read(`/proc/${pid}/smaps_rollup`) || tree.read(`/proc/${pid}/smaps`) || '';
  const rssMiB = kilobyteField(maps, 'Rss') ?? kilobyteField(status, 'VmRSS');
  if (rssMiB === null) return null;
  const clean = kilobyteField(maps, 'Private_Clean');
  const dirty = kilobyteField(maps, 'Private_Dirty');
  return {
    rssMiB,
    peakRssMiB: kilobyteField(status, 'VmHWM'),
    pssMiB: kilobyteField(maps, 'Pss'),
    ussMiB: clean === null || dirty === null ? null : clean + dirty,
  };
}
