import type { ServerRule } from '../../rule.js';

export const websocketsClass: ServerRule = {
  severity: 'error',
  title: 'WebSockets on a class without them',
  summary: 'the application needs WebSockets and the worker class does not speak them',
  why: 'The upgrade of the connection fails, or the connection holds a worker for as long as it is open.',
  fix: 'Use gevent, asgi or uvicorn.',
  source: 'gunicorn/workers/*.py',
  check({ kind: { value: kind, at }, question }) {
    if (!question.websockets || kind === null || kind.websockets) return null;
    return {
      at,
      message: `the ${kind.name} class does not speak WebSockets`,
      fix: 'use gevent, asgi or uvicorn',
      numbers: { workerClass: kind.name },
    };
  },
};
