import type { Manual } from '../manual.js';
import type { ServerRule } from '../rule.js';
import { readLine } from '../settings/read-line.js';
import { runningBy } from '../settings/running-by.js';
import { DAPHNE_DIALECT } from './dialect.js';
import { daphne } from './index.js';

const oneProcess: ServerRule = {
  severity: 'note',
  title: 'one process on several cores',
  summary: 'Daphne has one process and there are several cores',
  why: 'One interpreter computes on one core at a time. Daphne has no option for more processes: the other cores stay idle.',
  fix: 'Run several under a supervisor that share one socket with --fd, or more copies behind the load balancer.',
  source: 'daphne/cli.py; django/daphne issues 79 and 554',
  check({ deployment, cores }) {
    if (!cores || cores.value < 2) return null;
    return {
      at: deployment.at,
      message: `Daphne computes on one of ${Math.floor(cores.value)} cores`,
      fix: 'run a process for each core under a supervisor with --fd, or more replicas of one core',
      numbers: { cores: cores.value },
    };
  },
};

const noTimeout: ServerRule = {
  severity: 'note',
  title: 'requests without a limit of time',
  summary: 'no HTTP timeout is set',
  why: 'Nothing else protects Daphne: there is no limit on concurrency, and a request that hangs stays for ever.',
  fix: 'Set --http-timeout above the slowest request that is legitimate.',
  source: 'daphne/cli.py, daphne/http_protocol.py',
  check({ deployment }) {
    if (deployment.settings.has('http_timeout')) return null;
    return {
      at: deployment.at,
      message: 'no request is ever ended, and their number has no limit',
      fix: 'set --http-timeout, such as 60',
      numbers: {},
    };
  },
};

export const daphneManual: Manual = {
  server: daphne,
  read: (start) => readLine(daphne.commandLine, start),
  owns: () => false,
  readAlone: () => [],
  dialect: DAPHNE_DIALECT,
  running: (deployment) =>
    runningBy(daphne, deployment, {
      timeout: 'http_timeout',
    }),
  rules: { 'daphne-one-process': oneProcess, 'daphne-no-timeout': noTimeout },
  topics: {
    daphne: {
      id: 'daphne',
      kind: 'server',
      title: 'Daphne',
      what: 'One process with one event loop (Twisted on asyncio) and a kernel queue of 50. An answer leaves when the loop has come round, after all that was ready before it. More processes are several Daphnes: under a supervisor that hands all the same socket (--fd), or as replicas.',
      formula: 'capacity ≤ 1 / CPU time for each Daphne',
      holds: 'For Channels and WebSockets.',
      fails:
        'On several cores, unless several run. Django 4 and later runs sync views in a thread per request (--handlers django); synchronous consumers of Channels share one thread per process.',
      source: 'daphne/cli.py, daphne/server.py; asgiref/sync.py',
      seeAlso: ['event-loop', 'server-uvicorn'],
    },
  },
};
