import type { Tree } from './tree.js';
import type { CgroupVersion, Runtime } from './types.js';

/** A mounted control-group hierarchy (proc_pid_mountinfo(5)). */
interface Mount {
  readonly version: 1 | 2;
  /** v1: the controllers it carries. */
  readonly controllers: readonly string[];
  /** The part of the hierarchy that is mounted, and where. */
  readonly root: string;
  readonly point: string;
}

/** The control groups of a process. */
export interface Cgroups {
  readonly version: CgroupVersion;
  readonly path: string | null;
  readonly runtime: Runtime;
  /** Directories that limit a controller, from the process's own group up to the top that can be seen. */
  directories(controller: string): readonly CgroupDirectory[];
}

interface CgroupDirectory {
  readonly version: 1 | 2;
  readonly path: string;
}

/** Reads which control groups hold a process; `process` is `self` or a pid. */
export function cgroupsOf(tree: Tree, process: string): Cgroups {
  // Our own mounts also for other processes: those of a container lie in a mount namespace that we cannot reach.
  const seen = cgroupMounts(tree.read('/proc/self/mountinfo') ?? '');
  const paths = cgroupPaths(tree.read(`/proc/${process}/cgroup`) ?? '');
  const resources = seen.filter((m) => m.version === 1 && m.controllers.some((c) => RESOURCES.has(c)));
  const unified = seen.find((m) => m.version === 2);
  const version = resources.length === 0 ? (unified ? 'v2' : 'none') : unified ? 'hybrid' : 'v1';
  const path =
    (version === 'v2' ? paths.get('') : (paths.get('memory') ?? paths.get('cpu') ?? paths.get(''))) ?? null;
  return {
    version,
    path,
    runtime: runtimeOf(tree, [...paths.values(), ...seen.map((m) => m.root)]),
    directories(controller) {
      // In a hybrid set-up a controller belongs to one of the two: to v1 where it is mounted there.
      const mount =
        seen.find((m) => m.version === 1 && m.controllers.includes(controller)) ??
        seen.find((m) => m.version === 2);
      if (!mount) return [];
      const path = paths.get(mount.version === 2 ? '' : controller) ?? '/';
      return upwards(tree, mount, path).map((path) => ({ version: mount.version, path }));
    },
  };
}

const RESOURCES = new Set(['cpu', 'memory', 'cpuset']);

function cgroupMounts(mountinfo: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const [, , , root, point] = before?.split(' ') ?? [];
    const [type, , options] = after?.split(' ') ?? [];
    if (!root || !point || (type !== 'cgroup' && type !== 'cgroup2')) continue;
    const version = type === 'cgroup' ? 1 : 2;
    mounts.push({
      version,
      root: unescaped(root),
      point: unescaped(point),
      controllers: (options ?? '').split(','),
    });
  }
  return mounts;
}

/** mountinfo writes blanks in paths as octal. */
const unescaped = (path: string) =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** `hierarchy:controllers:path` lines: path by controller; the unified hierarchy's under the empty name. */
function cgroupPaths(text: string): Map<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const parts = /^\d+:([^:]*):(.*)$/.exec(line);
    for (const controller of parts?.[1]?.split(',') ?? []) paths.set(controller, parts![2]!);
  }
  return paths;
}

/**
 * Directories from the process's group up to the mount point. A container often sees only its own part of the
 * hierarchy: then the path in `/proc` is not below the mounted root and the mount point itself is the group.
 */
function upwards(tree: Tree, { root, point }: Mount, path: string): string[] {
  const top = root === '/' ? '' : root;
  const below = path === top || path.startsWith(`${top}/`) ? path.slice(top.length) : '';
  const parts = below.split('/').filter((part) => part !== '' && part !== '..');
  const base = point.replace(/\/+$/, '');
  const directories: string[] = [];
  for (let depth = parts.length; depth >= 0; depth--) {
    const directory = [base, ...parts.slice(0, depth)].join('/');
    if (tree.exists(directory)) directories.push(directory);
  }
  return directories;
}

function runtimeOf(tree: Tree, paths: readonly string[]): Runtime {
  const any = (pattern: RegExp) => paths.some((path) => pattern.test(path));
  if (any(/kubepods/)) return 'kubernetes';
  if (any(/libpod|podman/) || tree.exists('/run/.containerenv')) return 'podman';
  if (any(/\/docker[/-]|\/actions_job\//) || tree.exists('/.dockerenv')) return 'docker';
  if (any(/cri-containerd|containerd/)) return 'containerd';
  if (any(/\.(slice|service|scope)(\/|$)/)) return 'systemd';
  return null;
}
