import { plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const dbPoolSmallerThanThreads: Rule = {
  severity: 'note',
  title: 'threads share fewer connections than there are of them',
  summary: 'a process serves more requests at once than its pool has database connections',
  why: "The pool is then a second queue: a burst waits for a connection, and after the pool's timeout it fails, while the database itself is mostly idle.",
  fix: 'Give the pool as many connections as there are threads, or run fewer threads. Where requests need the database for a small part of their time, a smaller pool is right: give --db-time.',
  source: 'SQLAlchemy: QueuePool, pool_size and timeout; psycopg: ConnectionPool, timeout',
  check({ question, slotsPerWorker, threads, kind, times }) {
    const { dbPool } = question;
    if (dbPool === null || slotsPerWorker === null || slotsPerWorker <= dbPool) return null;
    if (kind.value?.concurrency !== 'threads') return null;
    // Told how long a request holds a connection, a pool is enough that all threads at work fill on average.
    const share = question.workload?.database?.share ?? 1;
    const held = times ? (share * (times.serviceMs - times.cpuMs)) / times.serviceMs : 1;
    if (share < 1 && slotsPerWorker * held <= dbPool) return null;
    return {
      at: threads.at,
      message: `${plain(slotsPerWorker)} threads of a process share a pool of ${plain(dbPool)} connections, so a burst waits for the pool`,
      fix: `set threads = ${dbPool}, or the pool to ${slotsPerWorker}`,
      numbers: { threads: slotsPerWorker, dbPool },
    };
  },
};
