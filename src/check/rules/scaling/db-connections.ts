import { counted, plain } from '../../../text/sentences.js';
import { connectionsPerWorker, copiesOf, databaseConnections } from '../../footprint.js';
import type { Rule } from '../../rule.js';

export const dbConnections: Rule = {
  severity: 'error',
  title: 'more database connections than allowed',
  summary: 'workers × connections per worker × replicas is above --db-max-connections',
  why: 'The database refuses the connections beyond its limit, and requests fail. A rolling update makes it worse: for a while old and new replicas run together.',
  fix: 'Use fewer workers or threads per replica, a smaller pool (--db-pool), or a pooler such as PgBouncer.',
  source: 'workers × threads × (replicas + surge) ≤ max_connections',
  check(facts) {
    const { question, workers } = facts;
    const allowed = question.dbMaxConnections;
    const perWorker = connectionsPerWorker(facts);
    const total = databaseConnections(facts);
    const all = copiesOf(facts);
    if (
      !all ||
      allowed === null ||
      perWorker === null ||
      total === null ||
      total <= allowed ||
      !workers.value
    )
      return null;
    const { replicas, surge } = all;
    const copies =
      surge > 0
        ? `(${counted(replicas, 'replica')} + ${plain(surge)} during an update)`
        : counted(replicas, 'replica');
    return {
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
    };
  },
};
