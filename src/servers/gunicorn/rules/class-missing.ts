import type { Rule } from '../../../check/rule.js';
import { missingIn } from '../suitability.js';

export const classMissing: Rule = {
  severity: 'error',
  title: 'worker class missing',
  summary: 'this version of Gunicorn does not have the worker class',
  why: 'Gunicorn does not start: it cannot load the class.',
  fix: 'Choose a class that exists: gevent or gthread instead of eventlet; uvicorn instead of asgi before Gunicorn 24.',
  source: 'gunicorn/workers/__init__.py by version; docs/content/2026-news.md',
  check({ workerClass, question }) {
    const missing = workerClass.value === null ? null : missingIn(workerClass.value, question.gunicorn);
    if (missing === null) return [];
    return [
      {
        at: workerClass.at,
        message: `the ${workerClass.value} class ${missing}, and --gunicorn is ${question.gunicorn}`,
        fix:
          workerClass.value === 'eventlet'
            ? 'use gevent or gthread'
            : 'use a class of this version, or upgrade Gunicorn',
        numbers: { workerClass: workerClass.value, gunicorn: question.gunicorn },
      },
    ];
  },
};
