import type { Configuration, Setting, Wanted } from '../server.js';
import { recycleAfter, whyRecycled } from '../shapes/recycling.js';
import { GRACEFUL_SINCE, JITTER_SINCE, RESPAWNS_SINCE } from './facts.js';

const GRACEFUL_SECONDS = 30;

/** The settings that run a configuration, by the names of Uvicorn's options. */
export function settingsOf(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  const settings: (Setting | false)[] = [
    { name: 'workers', value: is.workers, why: whyWorkers },
    wanted.loop !== null && {
      name: 'loop',
      value: wanted.loop,
      why: 'asyncio lets one worker take all connections that wait; uvloop takes one at a time',
    },
    {
      name: 'backlog',
      value: wanted.backlog,
      why: 'connections that may wait in the kernel, which caps it at net.core.somaxconn',
    },
    is.workerConnections !== null && {
      name: 'limit_concurrency',
      value: is.workerConnections,
      why: 'with so many connections, idle ones among them, a worker answers 503 at once',
    },
    {
      name: 'timeout_keep_alive',
      value: Math.ceil(wanted.keepaliveMs / 1000),
      why: 'seconds that an idle connection is kept; behind a load balancer, longer than its own idle timeout',
    },
    wanted.version >= GRACEFUL_SINCE && {
      name: 'timeout_graceful_shutdown',
      value: GRACEFUL_SECONDS,
      why: 'time that requests in flight get to finish; without it a worker waits for ever, also for streams',
    },
    // With one process, or before 0.30, nobody would start it again.
    ...(is.workers > 1 && wanted.version >= RESPAWNS_SINCE ? recycling(wanted, is) : []),
  ];
  return settings.filter((setting) => setting !== false);
}

function recycling(wanted: Wanted, is: Configuration): readonly Setting[] {
  const after = recycleAfter(wanted, is);
  const limit: Setting = {
    name: 'limit_max_requests',
    value: after,
    why: whyRecycled(wanted),
  };
  if (wanted.version < JITTER_SINCE) return [limit];
  return [
    limit,
    {
      name: 'limit_max_requests_jitter',
      value: after / 10,
      why: 'spreads those restarts, so that the workers do not all stop together',
    },
  ];
}
