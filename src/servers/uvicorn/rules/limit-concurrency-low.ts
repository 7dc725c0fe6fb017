import { plain } from '../../../text/sentences.js';
import { keptByProxy, type ServerRule } from '../../rule.js';

export const limitConcurrencyLow: ServerRule = {
  severity: 'error',
  title: 'a limit that refuses almost everything',
  summary: 'the limit of concurrency is 1 or 2, or no more than the proxy keeps open',
  why: 'The limit counts open connections, idle ones and the current one included: 1 refuses every request with 503, and 2 all but one at a time. It never queues.',
  fix: 'Set it to the requests wanted in flight, plus the connections that a proxy keeps open, plus one; or leave it out.',
  source: 'uvicorn docs/server-behavior.md; protocols/http/httptools_impl.py',
  check({ connections, workers, question }) {
    const { value, at, layer } = connections;
    const kept = keptByProxy({ question, workers });
    if (layer === null || value === null || value < 1 || value > Math.max(2, kept + 1)) return null;
    const refused =
      value === 1
        ? 'every request'
        : value === 2
          ? 'all but one connection at a time'
          : `whatever comes over a further connection, as the proxy keeps ${plain(kept)} open to each worker`;
    return {
      at,
      message: `--limit-concurrency ${plain(value)} answers 503 to ${refused}`,
      fix: 'set it to the requests in flight + the connections kept open + 1, or leave it out',
      numbers: { limitConcurrency: value, proxyConnections: question.proxyConnections },
    };
  },
};
