import type { Rule } from '../../../check/rule.js';
import { factsOf } from '../classes.js';

export const websocketsClass: Rule = {
  severity: 'error',
  title: 'WebSockets on a class without them',
  summary: 'the application needs WebSockets and the worker class does not speak them',
  why: 'The upgrade of the connection fails, or the connection holds a worker for as long as it is open.',
  fix: 'Use gevent, asgi or uvicorn.',
  source: 'gunicorn/workers/*.py',
  check({ workerClass, question }) {
    if (!question.websockets || workerClass.value === null || factsOf(workerClass.value).websockets)
      return [];
    return [
      {
        at: workerClass.at,
        message: `the ${workerClass.value} class does not speak WebSockets`,
        fix: 'use gevent, asgi or uvicorn',
        numbers: { workerClass: workerClass.value },
      },
    ];
  },
};
