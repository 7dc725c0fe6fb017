import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import { hasWorkerClasses, type Server as Known } from '../../servers/server.js';
import { grouped } from '../../text/lookup.js';
import { type Role, roleOf } from './command-line.js';
import type { ReadConfiguration } from './configuration.js';
import { limitsOf } from './limits.js';
import { environmentOf, measure, processes, type SeenProcess } from './processes.js';
import { looksPreloaded, serverMemory } from './server-memory.js';
import { startSettings } from './settings.js';
import type { Tree } from './tree.js';
import type { Found, Limits, SeenServer, ServerProcess } from './types.js';

/** The processes of one server. */
interface Family {
  readonly server: Known;
  readonly master: SeenProcess;
  readonly workers: readonly number[];
  readonly role: Role & { readonly kind: 'server' };
}

/** Splits a line of arguments into words as a shell does. */
export type SplitWords = (line: string) => readonly string[];

/** So many that no machine in earnest has more; each costs about a third of a millisecond, and as much to show. */
const MOST_SERVERS = 1000;

/** The servers that run, found by command lines and parentage, and how many more there are than are looked at. */
export function servers(
  tree: Tree,
  split: SplitWords,
  readConf: ReadConfiguration | null,
): { readonly found: readonly SeenServer[]; readonly more: number } {
  const all = families(tree);
  return {
    found: all.slice(0, MOST_SERVERS).flatMap((family) => serverOf(tree, family, split, readConf) ?? []),
    more: Math.max(0, all.length - MOST_SERVERS),
  };
}

function families(tree: Tree): Family[] {
  const seen = processes(tree);
  const roles = new Map(seen.map((process) => [process.pid, roleOf(process.command)]));
  const serverAt = (pid: number) => {
    const role = roles.get(pid);
    return role?.kind === 'server' ? role.server : null;
  };
  const isMaster = (process: SeenProcess) => {
    const role = roles.get(process.pid);
    if (role?.kind !== 'server' || role.title === 'worker') return false;
    if (role.title === 'master' || serverAt(process.parent) !== role.server) return true;
    // A master that was started by USR2 is a child of the old one and names it in its environment.
    return environmentOf(tree, process.pid).get('GUNICORN_PID') === String(process.parent);
  };
  const masters = seen.filter(isMaster);
  const masterPids = new Set(masters.map((process) => process.pid));
  const children = grouped(seen, ({ parent }) => parent);
  return masters.map((master) => {
    const role = roles.get(master.pid) as Family['role'];
    const isWorker = ({ pid }: SeenProcess) =>
      !masterPids.has(pid) &&
      (serverAt(pid) === role.server || (role.server.spawns && roles.get(pid)?.kind === 'spawned'));
    return {
      server: role.server,
      master,
      role,
      workers: (children.get(master.pid) ?? []).filter(isWorker).map(({ pid }) => pid),
    };
  });
}

function serverOf(
  tree: Tree,
  { server, master, role, workers }: Family,
  split: SplitWords,
  readConf: ReadConfiguration | null,
): SeenServer | null {
  const masterNow = measure(tree, master.pid);
  if (!masterNow) return null;
  const found = workers.flatMap((pid) => measure(tree, pid) ?? []);
  const hasClasses = hasWorkerClasses(server.kinds);
  // Without a supervisor the one process serves.
  const workersNow = !hasClasses && found.length === 0 ? [masterNow] : found;
  const titled = role.title !== null;
  const environment = environmentOf(tree, master.pid);
  const limits = limitsOf(tree, String(master.pid));
  const start = startSettings({
    server,
    arguments: role.arguments,
    argumentsVisible: !titled,
    environmentArguments: hasClasses ? split(environment.get('GUNICORN_CMD_ARGS') ?? '') : [],
    configFileFound: hasClasses ? configFileBeside(tree, master.pid) : null,
    environment,
    textOf: (path) => textSeenBy(tree, master.pid, path),
    readConfig(path) {
      const text = textSeenBy(tree, master.pid, path);
      return text === null || readConf === null
        ? null
        : readConf(path, text, environment, onlineCpus(limits));
    },
  });
  const preload = server.spawns ? null : (start.preload ?? looksPreloaded(masterNow, workersNow));
  return {
    kind: server.name,
    ...start,
    workerClass: hasClasses ? (start.workerClass ?? classOfLibraries(tree, workersNow)) : null,
    preload,
    master: masterNow,
    workers: workersNow,
    limits,
    memory: serverMemory(masterNow, workersNow, preload?.value ?? null),
    ioRatio: null,
    growth: null,
  };
}

/** Gunicorn reads `gunicorn.conf.py` from the folder it was started in. */
function configFileBeside(tree: Tree, pid: number): string | null {
  const folder = tree.link(`/proc/${pid}/cwd`);
  if (folder === null) return null;
  const path = `${folder.replace(/\/$/, '')}/gunicorn.conf.py`;
  return tree.exists(`/proc/${pid}/root${path}`) || tree.exists(path) ? path : null;
}

/** A file by the path that a process has for it, whatever its root and working directory; null where it may not be read. */
function textSeenBy(tree: Tree, pid: number, path: string): string | null {
  const bare = path.replace(/^file:/, '');
  if (bare.startsWith('python:')) return null;
  const folder = tree.link(`/proc/${pid}/cwd`)?.replace(/\/$/, '');
  const absolute = bare.startsWith('/') ? bare : folder === undefined ? null : `${folder}/${bare}`;
  return absolute === null ? null : (tree.read(`/proc/${pid}/root${absolute}`) ?? tree.read(absolute));
}

/** What os.cpu_count() answers: quotas and affinity do not count. */
const onlineCpus = (limits: Limits): number | null =>
  limits.cpuLimits.find((limit) => limit.kind === 'online')?.cores ?? null;

/** The worker class that a worker's loaded libraries give away: event loops come as compiled modules. */
function classOfLibraries(tree: Tree, workers: readonly ServerProcess[]): Found<WorkerClass> | null {
  const [worker] = workers;
  const maps = worker ? (tree.read(`/proc/${worker.pid}/maps`) ?? '') : '';
  if (/\/gevent\//.test(maps)) return { value: 'gevent', from: 'processes' };
  if (/\/uvloop\//.test(maps)) return { value: 'uvicorn', from: 'processes' };
  return null;
}
