import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

const IGNORING: ReadonlySet<string> = new Set(['sync', 'tornado', 'asgi', 'uvicorn']);

export const workerConnectionsIgnored: ServerRule = {
  severity: 'note',
  title: 'worker_connections without effect',
  summary: 'worker_connections is set and the worker class ignores it',
  why: 'The setting reads like a limit on concurrency and is none: sync serves one request at a time, and the tornado, asgi and uvicorn classes accept without limit.',
  fix: 'Remove it, or choose a class that obeys it (gthread, gevent).',
  source: 'gunicorn/workers/*.py; asgi assigns it and never reads it (26.2)',
  check({ connections, kind: { value: kind } }) {
    if (connections.layer === null || connections.value === null) return null;
    if (kind === null || !IGNORING.has(kind.name)) return null;
    return {
      at: connections.at,
      message: `the ${kind.name} class ignores worker_connections = ${plain(connections.value)}`,
      fix: 'remove the setting',
      numbers: { workerConnections: connections.value, workerClass: kind.name },
    };
  },
};
