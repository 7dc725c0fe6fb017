import type { Deployment } from '../deployments/deployment.js';
import type { Manual } from '../manual.js';
import type { Running, ServerRule } from '../rule.js';
import { assumingNone, prefixedLayers, readLine } from '../settings/read-line.js';
import { runningBy } from '../settings/running-by.js';
import { countValue, textValue } from '../settings/setting-value.js';
import { GRANIAN_DIALECT } from './dialect.js';
import { backpressureOf, blockingThreadsOf, GRANIAN_DEFAULTS } from './facts.js';
import { GRANIAN_KINDS, granian } from './index.js';
import { backpressureLow } from './rules/backpressure-low.js';
import { defaultThreads } from './rules/default-threads.js';
import { maxRss } from './rules/max-rss.js';
import { respawnLosesConnections } from './rules/respawn-loses-connections.js';

const GRANIAN_RULES: Readonly<Record<string, ServerRule>> = {
  'granian-default-threads': defaultThreads,
  'granian-backpressure': backpressureLow,
  'granian-max-rss': maxRss,
  'granian-respawn': respawnLosesConnections,
};

const PREFIX = 'GRANIAN_';

export const granianManual: Manual = {
  server: granian,
  /** `GRANIAN_*` under the command line; WEB_CONCURRENCY is not read. */
  read(start) {
    const { environment } = start.outer;
    const layers = prefixedLayers(granian.commandLine, environment, PREFIX);
    return {
      ...readLine(granian.commandLine, start, layers),
      assumes: assumingNone(environment, PREFIX),
    };
  },
  owns: () => false,
  readAlone: () => [],
  dialect: GRANIAN_DIALECT,
  running: runningOf,
  rules: GRANIAN_RULES,
  topics: {
    granian: {
      id: 'granian',
      kind: 'server',
      title: 'Granian',
      what: 'HTTP in Rust, the application in Python, in --workers processes started afresh. Each holds at most backpressure connections (backlog / workers), idle ones included, and stops accepting beyond. From 2.8 each worker has a listener of its own on Linux, over which connections are spread by a hash; from 2.3 to 2.7 all wait on one. A WSGI application runs in blocking threads behind a queue of the process.',
      formula: 'ASGI: capacity ≤ min(cores, workers) / CPU time; WSGI: slots = workers × blocking threads',
      holds: 'For ASGI, RSGI and WSGI applications. WEB_CONCURRENCY is not read; GRANIAN_WORKERS is.',
      fails:
        'With the default of hundreds of blocking threads for WSGI. Idle connections of a proxy use up the backpressure: it must be larger than their number and the concurrency wanted together.',
      source: 'granian/server/common.py, granian/cli.py, src/net.rs, src/workers.rs; README.md',
      seeAlso: ['event-loop', 'split-queues', 'server-uvicorn'],
    },
  },
};

/** A Granian as it will run by its settings; RSGI runs as ASGI does. It has no idle timer of its own. */
function runningOf(deployment: Pick<Deployment, 'settings' | 'at'>): Running {
  const spoken = textValue(deployment, 'interface', 'rsgi');
  const isWsgi = spoken.value === 'wsgi';
  const kind = GRANIAN_KINDS.find(({ handlers }) => handlers === (isWsgi ? null : 'async')) ?? null;
  const running = runningBy(granian, deployment, {
    workers: 'workers',
    backlog: 'backlog',
    graceful: 'workers_kill_timeout',
  });
  const workers = running.workers.value ?? 1;
  const backlog = running.backlog.value ?? GRANIAN_DEFAULTS.backlog;
  const threads = isWsgi ? blockingThreadsOf(backlog, workers) : 1;
  return {
    ...running,
    threads: countValue(deployment, 'blocking_threads', threads),
    kind: { ...spoken, value: spoken.value === null ? null : kind },
    connections: countValue(deployment, 'backpressure', backpressureOf(backlog, workers)),
  };
}
