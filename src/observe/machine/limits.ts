import { cgroupsOf } from './cgroup.js';
import { cpuLimits, throttling } from './cpu-limits.js';
import { memoryLimits, memoryUsed, outOfMemoryKills } from './memory-limits.js';
import type { Tree } from './tree.js';
import type { Limits } from './types.js';

/** What a process may use: every limit that applies to it, tightest first; `process` is `self` or a pid. */
export function limitsOf(tree: Tree, process: string): Limits {
  const cgroups = cgroupsOf(tree, process);
  const cpu = cpuLimits(tree, process, cgroups);
  const memory = memoryLimits(tree, cgroups);
  return {
    cores: cpu[0]?.cores ?? null,
    memoryMiB: memory[0]?.memoryMiB ?? null,
    cpuLimits: cpu,
    memoryLimits: memory,
    memoryUsedMiB: memoryUsed(tree, cgroups),
    throttling: throttling(tree, cgroups),
    outOfMemoryKills: outOfMemoryKills(tree, cgroups),
    cgroup: { version: cgroups.version, path: cgroups.path, runtime: cgroups.runtime },
  };
}
