import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

export const limitConcurrencyLow: ServerRule = {
  severity: 'error',
  title: 'a limit that refuses almost everything',
  summary: 'the limit of concurrency is 1 or 2',
  why: 'The limit counts open connections, idle ones and the current one included: 1 refuses every request with 503, and 2 all but one at a time. It never queues.',
  fix: 'Set it to the requests wanted in flight, plus the connections that a proxy keeps open, plus one; or leave it out.',
  source: 'uvicorn docs/server-behavior.md; protocols/http/httptools_impl.py',
  check({ connections }) {
    const { value, at, layer } = connections;
    if (layer === null || value === null || value < 1 || value > 2) return [];
    return [
      {
        at,
        message: `--limit-concurrency ${plain(value)} answers 503 to ${value === 1 ? 'every request' : 'all but one connection at a time'}`,
        fix: 'set it to the requests in flight + the connections kept open + 1, or leave it out',
        numbers: { limitConcurrency: value },
      },
    ];
  },
};
