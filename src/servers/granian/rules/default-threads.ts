import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

/** Beyond so many threads a process spends its time on passing the lock. */
const MANY = 32;

export const defaultThreads: ServerRule = {
  severity: 'warning',
  title: 'hundreds of threads by default',
  summary: 'a WSGI application runs with the default number of blocking threads',
  why: 'The default is half of backlog / workers: 512 threads for one worker, 128 for four. They share one interpreter lock, and each may hold a database connection.',
  fix: 'Set --blocking-threads to the requests wanted at once in one process.',
  source: 'granian/server/common.py; mitodl/ol-infrastructure issue 5083',
  check({ threads, kind, workers }) {
    if (kind.value?.application !== 'wsgi' || threads.layer !== null || (threads.value ?? 0) <= MANY)
      return null;
    return {
      at: kind.at,
      message: `each of ${plain(workers.value ?? 1)} processes may start ${plain(threads.value!)} threads, which share one interpreter lock`,
      fix: 'set --blocking-threads, such as 8',
      numbers: { blockingThreads: threads.value, workers: workers.value },
    };
  },
};
