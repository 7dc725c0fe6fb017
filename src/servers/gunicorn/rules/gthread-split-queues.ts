import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

export const gthreadSplitQueues: ServerRule = {
  severity: 'warning',
  title: 'requests queue at one process while others idle',
  summary: 'several gthread processes accept more connections than they have threads',
  why: 'A gthread process accepts connections up to worker_connections, free thread or not. Requests then wait in its own queue while a sibling idles. On one core at 70% load, 4 × 4 threads answered in 904 to 1690 ms on average with the default of 1000 connections and in 69 ms with 4 (measured on Gunicorn 26).',
  fix: 'Set worker_connections to the number of threads: the processes then share the backlog. Keep-alive is off in that case, so put it at the proxy. Or run one process with all the threads.',
  source: 'gunicorn/workers/gthread.py: accept while nr_conns < worker_connections; measured on Gunicorn 26',
  check({ kind, workers, threads, connections }) {
    if (kind.value?.name !== 'gthread' || !threads.value || connections.value === null) return null;
    if ((workers.value ?? 0) < 2 || connections.value <= threads.value) return null;
    const at = connections.layer === null ? threads.at : connections.at;
    return {
      at,
      message: `each of ${plain(workers.value ?? 0)} processes accepts ${plain(connections.value)} connections for its ${plain(threads.value)} threads, so requests wait at one while others are free`,
      fix: `set worker_connections = ${threads.value}, which turns keep-alive off`,
      numbers: {
        workers: workers.value,
        threads: threads.value,
        workerConnections: connections.value,
      },
    };
  },
};
