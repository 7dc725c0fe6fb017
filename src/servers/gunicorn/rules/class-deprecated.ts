import type { ServerRule, Violation } from '../../rule.js';
import { writtenClass } from '../running.js';

export const classDeprecated: ServerRule = {
  severity: 'warning',
  title: 'worker class on its way out',
  summary: 'the worker class still works and is deprecated',
  why: 'The next major version may not have it, and then Gunicorn does not start.',
  fix: 'Move from eventlet to gevent or gthread, and from uvicorn.workers to the package uvicorn-worker.',
  source: 'Gunicorn 25.0 news (eventlet); Uvicorn docs/deployment (uvicorn.workers)',
  check({ deployment, kind, version }) {
    const written = writtenClass(deployment);
    const found = (message: string, fix: string): Violation[] => [
      {
        at: written.at,
        message,
        fix,
        numbers: { workerClass: written.value, gunicorn: version },
      },
    ];
    if (kind.value?.name === 'eventlet' && Math.floor(version) === 25)
      return found(
        'the eventlet class is deprecated in Gunicorn 25 and removed in 26',
        'use gevent or gthread',
      );
    if (/^uvicorn\.workers\.Uvicorn(H11)?Worker$/.test(written.value ?? ''))
      return found(
        `${written.value} is deprecated in favour of the package uvicorn-worker`,
        `install uvicorn-worker and set worker_class = "${(written.value ?? '').replace('uvicorn.workers', 'uvicorn_worker')}"`,
      );
    return [];
  },
};
