import type { ServerRule, ServerSubject } from '../../rule.js';
import { missingIn } from '../../suitability.js';
import { versionText } from '../../version.js';

export const classMissing: ServerRule = {
  severity: 'error',
  title: 'worker class missing',
  summary: 'this version of Gunicorn does not have the worker class',
  why: 'Gunicorn does not start: it cannot load the class.',
  fix: 'Choose a class that exists: gevent or gthread instead of eventlet; uvicorn instead of asgi before Gunicorn 24.',
  source: 'gunicorn/workers/__init__.py by version; docs/content/2026-news.md',
  check({ kind: { value: kind, at }, version, versionFrom }) {
    // The table of kinds goes by the first number.
    const missing = kind && missingIn(kind, Math.floor(version));
    if (!kind || missing === null) return null;
    return {
      at,
      message: `the ${kind.name} class ${missing}${said(version, versionFrom)}`,
      fix:
        kind.name === 'eventlet'
          ? 'use gevent or gthread'
          : 'use a class of this version, or upgrade Gunicorn',
      numbers: { workerClass: kind.name, gunicorn: version },
      byVersion: true,
    };
  },
};

function said(version: number, from: ServerSubject['versionFrom']): string {
  if (from === 'assumed') return '';
  const who = from === 'option' ? '--gunicorn is' : `${from.file}:${from.line} says`;
  return `, and ${who} ${versionText(version)}`;
}
