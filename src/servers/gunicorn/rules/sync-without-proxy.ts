import type { ServerRule } from '../../rule.js';

export const syncWithoutProxy: ServerRule = {
  severity: 'warning',
  title: 'sync workers face slow clients',
  summary: 'the sync class is used without a buffering proxy in front',
  why: 'A sync worker reads the request and writes the response itself, one at a time. A client that sends or receives slowly holds it for the whole transfer, so a handful of slow clients stops the server.',
  fix: 'Put a proxy in front that buffers requests and responses (nginx does by default), or use gthread or an asynchronous class.',
  source: 'gunicorn docs/content/design.md and deploy.md: sync workers need a buffering proxy',
  check({ kind, question, deployment }) {
    if (kind.value?.name !== 'sync' || question.proxy) return null;
    return {
      at: kind.layer === null ? deployment.at : kind.at,
      message:
        'a slow client holds one of the sync workers for its whole transfer, as no proxy buffers in front',
      fix: 'put a buffering proxy in front, or set worker_class = "gthread"',
      numbers: { workerClass: 'sync' },
    };
  },
};
