import type { Manual } from '../manual.js';
import { assumingNone, prefixedLayers, readLine } from '../settings/read-line.js';
import { GRANIAN_DIALECT } from './dialect.js';
import { granian } from './index.js';
import { GRANIAN_RULES } from './rules/index.js';
import { runningOf } from './running.js';

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
