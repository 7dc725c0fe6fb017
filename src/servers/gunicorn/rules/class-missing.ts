import type { ServerRule } from '../../rule.js';
import { missingIn } from '../../suitability.js';

export const classMissing: ServerRule = {
  severity: 'error',
  title: 'worker class missing',
  summary: 'this version of Gunicorn does not have the worker class',
  why: 'Gunicorn does not start: it cannot load the class.',
  fix: 'Choose a class that exists: gevent or gthread instead of eventlet; uvicorn instead of asgi before Gunicorn 24.',
  source: 'gunicorn/workers/__init__.py by version; docs/content/2026-news.md',
  check({ kind: { value: kind, at }, version }) {
    const missing = kind && missingIn(kind, version);
    if (!kind || missing === null) return [];
    return [
      {
        at,
        message: `the ${kind.name} class ${missing}, and --gunicorn is ${version}`,
        fix:
          kind.name === 'eventlet'
            ? 'use gevent or gthread'
            : 'use a class of this version, or upgrade Gunicorn',
        numbers: { workerClass: kind.name, gunicorn: version },
      },
    ];
  },
};
