import type { Rule } from '../../../check/rule.js';
import { plain } from '../../../text/sentences.js';
import type { WorkerClass } from '../worker-class.js';

const IGNORING: ReadonlySet<WorkerClass> = new Set(['sync', 'tornado', 'asgi', 'uvicorn']);

export const workerConnectionsIgnored: Rule = {
  severity: 'note',
  title: 'worker_connections without effect',
  summary: 'worker_connections is set and the worker class ignores it',
  why: 'The setting reads like a limit on concurrency and is none: sync serves one request at a time, and the tornado, asgi and uvicorn classes accept without limit.',
  fix: 'Remove it, or choose a class that obeys it (gthread, gevent).',
  source: 'gunicorn/workers/*.py; asgi assigns it and never reads it (26.2)',
  check({ workerConnections, workerClass }) {
    if (workerConnections.layer === null || workerClass.value === null || !IGNORING.has(workerClass.value))
      return [];
    return [
      {
        at: workerConnections.at,
        message: `the ${workerClass.value} class ignores worker_connections = ${workerConnections.value === null ? '?' : plain(workerConnections.value)}`,
        fix: 'remove the setting',
        numbers: { workerConnections: workerConnections.value, workerClass: workerClass.value },
      },
    ];
  },
};
