import { describe, expect, test } from 'vitest';
import { limitsOf } from '../../../src/observe/machine/limits.js';
import { treeAt } from '../../../src/observe/machine/tree.js';
import { type Files, MACHINE, machineFiles } from './made-up-machine.js';

const limits = (files: Files, root = '/') => limitsOf(treeAt(machineFiles(files), root), 'self');

const V2_MOUNT = '31 23 0:28 / /sys/fs/cgroup ro,nosuid shared:9 - cgroup2 cgroup rw,nsdelegate';
const v1Mount = (controllers: string, root = '/', point = `/sys/fs/cgroup/${controllers}`) =>
  `32 23 0:29 ${root} ${point} rw,nosuid - cgroup cgroup rw,${controllers}`;

const v2 = (path: string, files: Files = {}) => ({
  ...MACHINE,
  '/proc/self/mountinfo': `22 27 0:21 / /proc rw - proc proc rw\n${V2_MOUNT}`,
  '/proc/self/cgroup': `0::${path}`,
  '/sys/fs/cgroup/cgroup.procs': '1',
  ...files,
});
const v1 = (files: Files = {}) => ({
  ...MACHINE,
  '/proc/self/mountinfo': `${v1Mount('cpu,cpuacct')}\n${v1Mount('memory')}\n${v1Mount('cpuset')}`,
  '/proc/self/cgroup': '4:cpuset:/a\n3:memory:/a/b\n2:cpu,cpuacct:/a\n1:name=systemd:/x',
  ...files,
});

describe('CPU', () => {
  test.each([
    ['150000 100000', [1.5]],
    ['50000 200000', [0.25]],
    ['50000', [0.5]],
    ['max 100000', []],
    ['0 100000', []],
    ['-1 100000', []],
    ['100000 0', []],
    ['x', []],
  ])('a cpu.max of %j leaves %j cores', (text, cores) => {
    const { cpuLimits } = limits(v2('/', { '/sys/fs/cgroup/cpu.max': text }));
    expect(cpuLimits.filter(({ kind }) => kind === 'quota').map((limit) => limit.cores)).toEqual(cores);
  });

  test.each([
    [{ cfs_quota_us: '150000', cfs_period_us: '100000' }, 1.5],
    [{ cfs_quota_us: '50000', cfs_period_us: '25000' }, 2],
    [{ cfs_quota_us: '50000' }, 0.5],
    [{ cfs_quota_us: '-1', cfs_period_us: '100000' }, 8],
    [{}, 8],
  ])('of v1 a quota of %j leaves %d cores', (files, cores) => {
    const at = '/sys/fs/cgroup/cpu,cpuacct/a';
    const group = Object.fromEntries(
      Object.entries({ shares: '1024', ...files }).map(([name, text]) => [`${at}/cpu.${name}`, text]),
    );
    expect(limits(v1(group)).cores).toBe(cores);
  });

  test('of equal limits the more specific is named first: quota, cpuset, affinity, what is online', () => {
    const { cpuLimits } = limits(
      v2('/', { '/sys/fs/cgroup/cpu.max': '800000 100000', '/sys/fs/cgroup/cpuset.cpus.effective': '0-7' }),
    );
    expect(cpuLimits).toEqual([
      { kind: 'quota', cores: 8, where: '/sys/fs/cgroup/cpu.max' },
      { kind: 'cpuset', cores: 8, where: '/sys/fs/cgroup/cpuset.cpus.effective' },
      { kind: 'affinity', cores: 8, where: '/proc/self/status' },
      { kind: 'online', cores: 8, where: '/sys/devices/system/cpu/online' },
    ]);
  });

  test.each([
    [{ 'cpuset.cpus': '0-3', 'cpuset.effective_cpus': '1' }, 1, 'cpuset.effective_cpus'],
    [{ 'cpuset.cpus': '0-3', 'cpuset.effective_cpus': '' }, 4, 'cpuset.cpus'],
    [{ 'cpuset.cpus': '0,2' }, 2, 'cpuset.cpus'],
  ])('of v1 the cpuset %j leaves %d', (files, cores, name) => {
    const group = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [`/sys/fs/cgroup/cpuset/a/${file}`, text]),
    );
    const { cpuLimits } = limits(v1(group));
    expect(cpuLimits[0]).toEqual({ kind: 'cpuset', cores, where: `/sys/fs/cgroup/cpuset/a/${name}` });
  });

  test('without a list of what is online the processors of cpuinfo are counted', () => {
    const { '/sys/devices/system/cpu/online': _, ...rest } = MACHINE;
    const cpuinfo = 'processor\t: 0\nmodel name\t: processor\n\nprocessor\t: 1\n';
    expect(limits({ '/proc/cpuinfo': cpuinfo }).cpuLimits).toEqual([
      { kind: 'online', cores: 2, where: '/proc/cpuinfo' },
    ]);
    expect(limits({ ...rest, '/proc/cpuinfo': cpuinfo }).cores).toBe(2);
    expect(limits({ '/proc/cpuinfo': '' })).toMatchObject({ cores: null, cpuLimits: [] });
  });
});

describe('throttling', () => {
  test('is told in seconds by every group with periods', () => {
    const files = {
      '/sys/fs/cgroup/a/b/cpu.stat': 'usage_usec 9\nnr_periods 200\nnr_throttled 50\nthrottled_usec 2500000',
      '/sys/fs/cgroup/a/cpu.stat': 'nr_periods 0\nnr_throttled 0\nthrottled_usec 0',
      '/sys/fs/cgroup/cpu.stat': 'nr_periods 10',
    };
    expect(limits(v2('/a/b', files)).throttling).toEqual([
      {
        periods: 200,
        throttledPeriods: 50,
        throttledSeconds: 2.5,
        where: '/sys/fs/cgroup/a/b/cpu.stat',
      },
    ]);
  });

  test('of v1 comes in nanoseconds, and may lack its time', () => {
    const at = '/sys/fs/cgroup/cpu,cpuacct/a/cpu.stat';
    const of = (text: string) => limits(v1({ [at]: text })).throttling[0]?.throttledSeconds;
    expect(of('nr_periods 4\nnr_throttled 2\nthrottled_time 3000000000')).toBe(3);
    expect(of('nr_periods 4\nnr_throttled 2')).toBe(0);
    expect(of('')).toBeUndefined();
  });
});

describe('memory', () => {
  const MIB = 1024 * 1024;

  test('is limited by every group on the way up, tightest first', () => {
    const found = limits(
      v2('/a/b', {
        '/sys/fs/cgroup/a/b/memory.max': 'max',
        '/sys/fs/cgroup/a/b/memory.high': `${700 * MIB}`,
        '/sys/fs/cgroup/a/memory.max': `${512 * MIB}`,
        '/sys/fs/cgroup/memory.max': '0',
        '/sys/fs/cgroup/a/b/memory.current': `${300 * MIB}`,
        '/sys/fs/cgroup/a/b/memory.events': 'low 0\noom 9\noom_kill 3',
      }),
    );
    expect(found.memoryLimits).toEqual([
      { kind: 'max', memoryMiB: 512, where: '/sys/fs/cgroup/a/memory.max' },
      { kind: 'high', memoryMiB: 700, where: '/sys/fs/cgroup/a/b/memory.high' },
      { kind: 'physical', memoryMiB: 16_384, where: '/proc/meminfo' },
    ]);
    expect(found).toMatchObject({ memoryMiB: 512, memoryUsedMiB: 300, outOfMemoryKills: 3 });
  });

  test('of v1 is limited, used and overrun as its files say, also by groups that cannot be seen', () => {
    const at = '/sys/fs/cgroup/memory/a/b';
    const found = limits(
      v1({
        [`${at}/memory.limit_in_bytes`]: '9223372036854771712',
        [`${at}/memory.stat`]: `cache 1\nhierarchical_memory_limit ${256 * MIB}`,
        [`${at}/memory.usage_in_bytes`]: `${100 * MIB}`,
        [`${at}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 2',
        '/sys/fs/cgroup/memory/a/memory.limit_in_bytes': `${400 * MIB}`,
        // that of a group above its own says nothing of ours
        '/sys/fs/cgroup/memory/a/memory.stat': `hierarchical_memory_limit ${1 * MIB}`,
      }),
    );
    expect(found.memoryLimits.map(({ memoryMiB, kind }) => [memoryMiB, kind])).toEqual([
      [256, 'max'],
      [400, 'max'],
      [16_384, 'physical'],
    ]);
    expect(found).toMatchObject({ memoryUsedMiB: 100, outOfMemoryKills: 2 });
  });

  test('a limit as large as the machine is none; without a size of the machine the largest number is none', () => {
    const max = (bytes: number, machine: Files) =>
      limits({ ...v2('/', { '/sys/fs/cgroup/memory.max': `${bytes}` }), ...machine }).memoryLimits.map(
        ({ kind }) => kind,
      );
    expect(max(16_384 * MIB, {})).toEqual(['physical']);
    expect(max(16_383 * MIB, {})).toEqual(['max', 'physical']);
    expect(max(2 ** 63, { '/proc/meminfo': '' })).toEqual([]);
    expect(max(64 * MIB, { '/proc/meminfo': '' })).toEqual(['max']);
  });

  test('that is used or overrun is not known without a group, nor where its file is none', () => {
    expect(limits(MACHINE)).toMatchObject({ memoryUsedMiB: null, outOfMemoryKills: null });
    expect(limits(v2('/'))).toMatchObject({ memoryUsedMiB: null, outOfMemoryKills: null });
    expect(limits(v2('/', { '/sys/fs/cgroup/memory.current': '12 kB' })).memoryUsedMiB).toBeNull();
  });
});

describe('control groups', () => {
  test.each([
    ['/kubepods.slice/kubepods-pod1.slice/cri-containerd-a.scope', 'kubernetes'],
    ['/machine.slice/libpod-1.scope', 'podman'],
    ['/user.slice/podman-2.scope', 'podman'],
    ['/docker/0123', 'docker'],
    ['/system.slice/docker-0123.scope', 'docker'],
    ['/x/docker-0123', 'docker'],
    ['/actions_job/7', 'docker'],
    ['/cri-containerd/7', 'containerd'],
    ['/default/containerd-7', 'containerd'],
    ['/system.slice/app.service', 'systemd'],
    ['/user.slice', 'systemd'],
    ['/init.scope/x', 'systemd'],
    ['/my.services', null],
    ['/', null],
  ])('%s is of %s', (path, runtime) => {
    expect(limits(v2(path)).cgroup).toMatchObject({ version: 'v2', path, runtime });
  });

  test('the files that container engines leave name them where the path is hidden', () => {
    expect(limits(v2('/', { '/.dockerenv': '' })).cgroup.runtime).toBe('docker');
    expect(limits(v2('/', { '/run/.containerenv': '' })).cgroup.runtime).toBe('podman');
  });

  test('the path of v1 is that of memory, else of CPU; without groups there is none', () => {
    const cgroup = (text: string) => limits({ ...v1(), '/proc/self/cgroup': text }).cgroup;
    expect(cgroup('3:memory:/m\n2:cpu,cpuacct:/c')).toMatchObject({ version: 'v1', path: '/m' });
    expect(cgroup('2:cpu,cpuacct:/c\n0::/u').path).toBe('/c');
    expect(cgroup('0::/u').path).toBe('/u');
    expect(cgroup('nonsense').path).toBeNull();
    expect(limits(MACHINE).cgroup).toEqual({ version: 'none', path: null, runtime: null });
  });

  test('mounted resources make v1, with a unified one beside them hybrid; others do not count', () => {
    const version = (...mounts: string[]) =>
      limits({ ...MACHINE, '/proc/self/mountinfo': mounts.join('\n'), '/proc/self/cgroup': '0::/' }).cgroup
        .version;
    expect(version(v1Mount('cpuset'))).toBe('v1');
    expect(version(v1Mount('memory'), V2_MOUNT)).toBe('hybrid');
    expect(version(v1Mount('name=systemd'), V2_MOUNT)).toBe('v2');
    expect(version(v1Mount('pids'))).toBe('none');
    expect(version('31 23 0:28 / /mnt rw - tmpfs tmpfs rw', 'cut')).toBe('none');
  });

  test.each([
    // a container sees its own part as the whole
    ['/', '/docker/7/sub', '/docker/7', '/sub'],
    ['/', '/docker/7', '/docker/7', ''],
    // a path that is not below what is mounted: the mount itself is the group
    ['/', '/docker/77/sub', '/docker/7', ''],
    ['/', '/../../x', '/', '/x'],
    ['/my\\134groups', '/a', '/', '/a'],
  ])('below %s, %s of the mounted %s is %j', (point, path, root, below) => {
    const folder = `${point === '/' ? '/cg' : point.replace('\\134', '\\')}${below}`;
    const mount = v1Mount('memory', root, point === '/' ? '/cg' : point);
    const found = limits({
      ...MACHINE,
      '/proc/self/mountinfo': mount,
      '/proc/self/cgroup': `3:memory:${path}`,
      [`${folder}/memory.limit_in_bytes`]: '1048576',
    });
    expect(found.memoryLimits[0]).toEqual({
      kind: 'max',
      memoryMiB: 1,
      where: `${folder}/memory.limit_in_bytes`,
    });
  });
});

test('another root is read in place of /, with or without a slash at its end', () => {
  const files = Object.fromEntries(Object.entries(MACHINE).map(([path, text]) => [`/host${path}`, text]));
  for (const root of ['/host', '/host/', '/host//'])
    expect(limits(files, root)).toMatchObject({ cores: 8, memoryMiB: 16_384 });
  expect(limits(files)).toMatchObject({ cores: null, memoryMiB: null });
});
