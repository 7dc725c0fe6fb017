import { counted, plain } from '../../text/sentences.js';
import type { Facts } from '../facts.js';
import type { Rule } from '../rule.js';

export const dbConnections: Rule = {
  severity: 'error',
  title: 'more database connections than allowed',
  summary: 'workers × connections per worker × replicas is above --db-max-connections',
  why: 'The database refuses the connections beyond its limit, and requests fail. A rolling update makes it worse: for a while old and new replicas run together.',
  fix: 'Use fewer workers or threads per replica, a smaller pool (--db-pool), or a pooler such as PgBouncer.',
  source: 'workers × threads × (replicas + surge) ≤ max_connections',
  check(facts) {
    const { question, workers, inFlightPerWorker } = facts;
    const allowed = question.dbMaxConnections;
    const perWorker = question.dbPool ?? inFlightPerWorker;
    if (allowed === null || perWorker === null || !workers.value) return [];
    const { replicas, surge } = copiesOf(facts);
    const total = workers.value * perWorker * (replicas + surge);
    if (total <= allowed) return [];
    const copies =
      surge > 0
        ? `(${counted(replicas, 'replica')} + ${plain(surge)} during an update)`
        : counted(replicas, 'replica');
    return [
      {
        at: workers.at,
        message: `${counted(workers.value, 'worker')} × ${counted(perWorker, 'connection')} × ${copies} make ${plain(total)} database connections, and ${plain(allowed)} are allowed`,
        fix: `at most ${Math.floor(allowed / (perWorker * (replicas + surge)))} workers per replica fit, or use a smaller pool`,
        numbers: {
          connections: total,
          dbMaxConnections: allowed,
          workers: workers.value,
          connectionsPerWorker: perWorker,
          replicas,
          surge,
        },
      },
    ];
  },
};

/** Copies at the upper end of an autoscaler, and those that a rolling update adds. */
function copiesOf({ question, deployment }: Facts): { readonly replicas: number; readonly surge: number } {
  const { copies } = deployment;
  const stated = copies.most?.known ? copies.most.value : copies.replicas?.known ? copies.replicas.value : 1;
  const replicas = question.replicas ?? stated;
  return { replicas, surge: copies.surge?.(replicas) ?? 0 };
}
