import type { Cgroups } from './cgroup.js';
import { cpuListLength, statField, statusField } from './proc-text.js';
import type { Tree } from './tree.js';
import type { CpuLimit, Throttling } from './types.js';

/** All limits on the CPU of a process, tightest first; of equal ones the more specific first. */
export function cpuLimits(tree: Tree, process: string, cgroups: Cgroups): CpuLimit[] {
  return [
    ...quotas(tree, cgroups),
    ...cpusets(tree, cgroups),
    ...affinity(tree, process),
    ...online(tree),
  ].sort((a, b) => a.cores - b.cores);
}

function quotas(tree: Tree, cgroups: Cgroups): CpuLimit[] {
  return cgroups.directories('cpu').flatMap(({ version, path }): CpuLimit[] => {
    const where = version === 2 ? `${path}/cpu.max` : `${path}/cpu.cfs_quota_us`;
    const text = tree.read(where)?.trim();
    const [quota, period] =
      version === 2
        ? (text ?? '').split(' ').map(Number)
        : [Number(text), Number(tree.read(`${path}/cpu.cfs_period_us`)?.trim() ?? 100_000)];
    const cores = quota! / (period ?? 100_000);
    // `max` and -1 mean that there is none.
    return quota! > 0 && Number.isFinite(cores) && cores > 0 ? [{ kind: 'quota', cores, where }] : [];
  });
}

function cpusets(tree: Tree, cgroups: Cgroups): CpuLimit[] {
  const [own] = cgroups.directories('cpuset');
  if (!own) return [];
  const names = own.version === 2 ? ['cpuset.cpus.effective'] : ['cpuset.effective_cpus', 'cpuset.cpus'];
  return firstList(
    tree,
    names.map((name) => `${own.path}/${name}`),
    'cpuset',
  );
}

function affinity(tree: Tree, process: string): CpuLimit[] {
  const where = `/proc/${process}/status`;
  const list = statusField(tree.read(where) ?? '', 'Cpus_allowed_list');
  const cores = list === null ? null : cpuListLength(list);
  return cores === null ? [] : [{ kind: 'affinity', cores, where }];
}

function online(tree: Tree): CpuLimit[] {
  const listed = firstList(tree, ['/sys/devices/system/cpu/online'], 'online');
  if (listed.length > 0) return listed;
  const cores = (tree.read('/proc/cpuinfo') ?? '').match(/^processor\s*:/gm)?.length;
  return cores ? [{ kind: 'online', cores, where: '/proc/cpuinfo' }] : [];
}

function firstList(tree: Tree, paths: readonly string[], kind: CpuLimit['kind']): CpuLimit[] {
  for (const where of paths) {
    const cores = cpuListLength(tree.read(where) ?? '');
    if (cores !== null) return [{ kind, cores, where }];
  }
  return [];
}

/** Throttling counted by every control group that has a quota or passed one on; groups without a stalled period say nothing. */
export function throttling(tree: Tree, cgroups: Cgroups): Throttling[] {
  return cgroups.directories('cpu').flatMap(({ version, path }): Throttling[] => {
    const where = `${path}/cpu.stat`;
    const text = tree.read(where) ?? '';
    const periods = statField(text, 'nr_periods');
    const throttledPeriods = statField(text, 'nr_throttled');
    if (!periods || throttledPeriods === null) return [];
    const throttledSeconds =
      version === 2
        ? (statField(text, 'throttled_usec') ?? 0) / 1e6
        : (statField(text, 'throttled_time') ?? 0) / 1e9;
    return [{ periods, throttledPeriods, throttledSeconds, where }];
  });
}
