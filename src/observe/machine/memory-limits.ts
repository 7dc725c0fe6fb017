import type { Cgroups } from './cgroup.js';
import { kilobyteField, statField } from './proc-text.js';
import type { Tree } from './tree.js';
import type { MemoryLimit } from './types.js';

const MIB = 1024 * 1024;

/** All limits on the memory of a process, tightest first. What exceeds the physical memory is no limit. */
export function memoryLimits(tree: Tree, cgroups: Cgroups): MemoryLimit[] {
  const total = kilobyteField(tree.read('/proc/meminfo') ?? '', 'MemTotal');
  const physical: MemoryLimit[] =
    total === null ? [] : [{ kind: 'physical', memoryMiB: total, where: '/proc/meminfo' }];
  // Without a limit v1 shows the largest number of pages, about 2^63 bytes.
  const most = total ?? 2 ** 42;
  return [...groupLimits(tree, cgroups).filter((limit) => limit.memoryMiB < most), ...physical].sort(
    (a, b) => a.memoryMiB - b.memoryMiB,
  );
}

function groupLimits(tree: Tree, cgroups: Cgroups): MemoryLimit[] {
  return cgroups.directories('memory').flatMap(({ version, path }, depth): MemoryLimit[] => {
    if (version === 2) {
      return [...limit(tree, 'max', `${path}/memory.max`), ...limit(tree, 'high', `${path}/memory.high`)];
    }
    const own = limit(tree, 'max', `${path}/memory.limit_in_bytes`);
    return depth === 0 ? [...own, ...inherited(tree, path)] : own;
  });
}

function limit(tree: Tree, kind: 'max' | 'high', where: string): MemoryLimit[] {
  const text = tree.read(where)?.trim();
  const bytes = text ? Number(text) : Number.NaN;
  return Number.isFinite(bytes) && bytes > 0 ? [{ kind, memoryMiB: bytes / MIB, where }] : [];
}

/** v1 also tells the tightest limit of the groups above, even of those that a container cannot see. */
function inherited(tree: Tree, path: string): MemoryLimit[] {
  const where = `${path}/memory.stat`;
  const bytes = statField(tree.read(where) ?? '', 'hierarchical_memory_limit');
  return bytes ? [{ kind: 'max', memoryMiB: bytes / MIB, where }] : [];
}

/** MiB that the process's control group holds; null where there is none, or it is the whole machine. */
export function memoryUsed(tree: Tree, cgroups: Cgroups): number | null {
  const [own] = cgroups.directories('memory');
  if (!own) return null;
  const name = own.version === 2 ? 'memory.current' : 'memory.usage_in_bytes';
  const text = tree.read(`${own.path}/${name}`)?.trim();
  return text && /^\d+$/.test(text) ? Number(text) / MIB : null;
}

export function outOfMemoryKills(tree: Tree, cgroups: Cgroups): number | null {
  const [own] = cgroups.directories('memory');
  if (!own) return null;
  const name = own.version === 2 ? 'memory.events' : 'memory.oom_control';
  return statField(tree.read(`${own.path}/${name}`) ?? '', 'oom_kill');
}
