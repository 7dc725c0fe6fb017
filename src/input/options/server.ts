import { DEFAULT_SERVER, WORKER_CLASSES } from '../../servers/index.js';
import type { Option } from '../option.js';
import { choice, count, flag, handlers, serverName, text, timeOrShare, wholeSeconds } from '../types.js';

export const serverOptions = {
  server: {
    type: serverName,
    group: 'Server',
    help: 'the server, with its version where behaviour depends on it; any compares all that suit',
    fallback: DEFAULT_SERVER.name,
  },
  workerClass: {
    type: choice(...WORKER_CLASSES, 'auto'),
    group: 'Server',
    help: 'worker class',
    fallback: 'auto',
  },
  workers: {
    type: count(1, 1_000_000),
    group: 'Server',
    help: 'evaluate this number of workers beside the recommendation',
  },
  threads: {
    type: count(1, 1_000_000),
    group: 'Server',
    help: 'evaluate this number of threads beside the recommendation',
  },
  workerConnections: {
    type: count(),
    group: 'Server',
    help: 'connections a worker accepts',
    fallback: '1000',
  },
  backlog: { type: count(), group: 'Server', help: 'length of the listen backlog', fallback: '2048' },
  timeout: {
    type: wholeSeconds,
    group: 'Server',
    help: 'worker timeout in whole seconds, 0 is off',
    fallback: '30',
  },
  keepalive: {
    type: wholeSeconds,
    group: 'Server',
    help: 'whole seconds an idle connection is kept',
    fallback: '2',
  },
  queueTimeout: {
    type: wholeSeconds,
    group: 'Server',
    help: 'whole seconds in the queue after which mod_wsgi answers 504 instead of serving, 0 is off',
    fallback: 'off',
  },
  preload: { type: flag, group: 'Server', help: 'load the application before the fork', fallback: 'off' },
  gunicorn: { type: count(), group: 'Server', help: "Gunicorn's major version", fallback: '26' },
  gil: { type: flag, group: 'Server', help: 'CPython with the global interpreter lock', fallback: 'on' },
  replicas: {
    type: count(),
    group: 'Server',
    help: 'copies of the server, each with its share of --rate',
    fallback: '1',
  },
  dbPool: {
    type: count(0),
    group: 'Server',
    help: 'database connections a worker holds',
    fallback: 'one per thread',
  },
  dbTime: {
    type: timeOrShare,
    group: 'Request',
    help: 'how long a request holds one of the connections of --db-pool, of its I/O',
    fallback: 'all of its I/O',
  },
  dbMaxConnections: {
    type: count(),
    group: 'Server',
    help: 'database connections all replicas may hold together',
  },
  app: {
    type: choice('wsgi', 'asgi'),
    group: 'Application',
    help: 'what the application speaks',
    fallback: 'unknown, both are compared',
  },
  handlers: {
    type: handlers,
    group: 'Application',
    help: "how an ASGI application's code runs: on the loop, in N threads per process, in a thread per request, or by shares",
    fallback: 'async',
  },
  loop: {
    type: choice('asyncio', 'uvloop'),
    group: 'Server',
    help: 'event loop of an ASGI server, which decides how its workers share arrivals',
    fallback: 'asyncio',
  },
  websockets: { type: flag, group: 'Application', help: 'the application needs WebSockets', fallback: 'off' },
  proxy: { type: flag, group: 'Application', help: 'a buffering proxy stands in front', fallback: 'on' },
  formula: {
    type: text,
    group: 'Model',
    help: 'a strategy of your own, NAME=EXPR',
    repeatable: true,
    power: 'computes',
  },
} as const satisfies Record<string, Option<unknown>>;
