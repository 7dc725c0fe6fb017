import type { Rule, Violation } from '../../../check/rule.js';

export const classDeprecated: Rule = {
  severity: 'warning',
  title: 'worker class on its way out',
  summary: 'the worker class still works and is deprecated',
  why: 'The next major version may not have it, and then Gunicorn does not start.',
  fix: 'Move from eventlet to gevent or gthread, and from uvicorn.workers to the package uvicorn-worker.',
  source: 'Gunicorn 25.0 news (eventlet); Uvicorn docs/deployment (uvicorn.workers)',
  check({ writtenClass, workerClass, question }) {
    const found = (message: string, fix: string): Violation[] => [
      {
        at: writtenClass.at,
        message,
        fix,
        numbers: { workerClass: writtenClass.value, gunicorn: question.gunicorn },
      },
    ];
    if (workerClass.value === 'eventlet' && question.gunicorn === 25)
      return found(
        'the eventlet class is deprecated in Gunicorn 25 and removed in 26',
        'use gevent or gthread',
      );
    if (/^uvicorn\.workers\.Uvicorn(H11)?Worker$/.test(writtenClass.value ?? ''))
      return found(
        `${writtenClass.value} is deprecated in favour of the package uvicorn-worker`,
        `install uvicorn-worker and set worker_class = "${(writtenClass.value ?? '').replace('uvicorn.workers', 'uvicorn_worker')}"`,
      );
    return [];
  },
};
