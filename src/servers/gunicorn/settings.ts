import type { Configuration, Setting, Wanted } from '../server.js';
import { recycleAfter, whyRecycled } from '../shapes/recycling.js';
import { GUNICORN_DEFAULTS } from './defaults.js';
import { factsOf } from './kinds.js';
import type { WorkerClass } from './worker-class.js';

/** The settings that run a configuration, in printed order, by Gunicorn's names. Those that a class ignores are left out. */
export function settingsOf(candidate: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  const facts = factsOf(candidate.kind.name as WorkerClass);
  const recycled = recycleAfter(wanted, candidate);
  const settings: (Setting | false)[] = [
    { name: 'workers', value: candidate.workers, why: whyWorkers },
    { name: 'worker_class', value: facts.setting, why: facts.note },
    facts.concurrency === 'threads' && {
      name: 'threads',
      value: candidate.threads,
      why: 'requests that one process works on at once',
    },
    connections(candidate),
    candidate.kind.name !== 'asgi' && {
      name: 'backlog',
      value: wanted.backlog,
      why: 'connections that may wait in the kernel, which caps it at net.core.somaxconn',
    },
    timeout(wanted, candidate),
    {
      name: 'graceful_timeout',
      value: seconds(GUNICORN_DEFAULTS.gracefulTimeoutMs),
      why: 'time that requests in flight get to finish at a restart; keep it below the grace period of whatever stops the server',
    },
    keepalive(wanted, candidate),
    {
      name: 'max_requests',
      value: recycled,
      why: whyRecycled(wanted),
    },
    {
      name: 'max_requests_jitter',
      value: recycled / 10,
      why: 'spreads those restarts, so that the workers do not all stop together',
    },
    {
      name: 'preload_app',
      value: wanted.preload,
      why: wanted.preload
        ? 'the application is loaded before the fork, so that pages never written stay shared'
        : 'each worker loads the application by itself; --preload shares its pages',
    },
    {
      name: 'worker_tmp_dir',
      value: '/dev/shm',
      why: 'the heartbeat file in memory: on a slow disk its updates block the workers',
    },
  ];
  return settings.filter((setting) => setting !== false);
}

function connections(candidate: Configuration): Setting | false {
  const { concurrency } = candidate.kind;
  if (concurrency !== 'threads' && concurrency !== 'connections') return false;
  const value = candidate.workerConnections ?? GUNICORN_DEFAULTS.workerConnections;
  if (concurrency === 'connections')
    return { name: 'worker_connections', value, why: 'requests that one process holds at once, at most' };
  return {
    name: 'worker_connections',
    value,
    why:
      value <= candidate.threads
        ? 'equal to threads: a process then accepts only what it can work on, and all processes share one queue; the price is that keep-alive is off'
        : 'connections that one process accepts, working on them or not',
  };
}

function timeout({ timeoutMs }: Wanted, { kind }: Configuration): Setting {
  return {
    name: 'timeout',
    value: seconds(timeoutMs),
    why:
      kind.name === 'sync'
        ? 'a request that takes longer is killed with its worker'
        : 'a worker that gives no sign of life for so long is killed; single requests may take longer',
  };
}

function keepalive({ keepaliveMs }: Wanted, candidate: Configuration): Setting | false {
  if (candidate.kind.name === 'sync') return false;
  const shared =
    candidate.kind.name === 'gthread' &&
    (candidate.workerConnections ?? GUNICORN_DEFAULTS.workerConnections) <= candidate.threads;
  if (shared) return false;
  return {
    name: 'keepalive',
    value: seconds(keepaliveMs),
    why: 'seconds that an idle connection is kept; behind a load balancer, longer than its own idle timeout',
  };
}

/** Gunicorn takes whole seconds; a shorter time than one second would switch the setting off. */
const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);
