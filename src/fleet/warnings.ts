import type { Fleet, UnusableShape } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

interface FleetWarning {
  readonly code: string;
  readonly message: string;
}

/** What whoever runs this fleet must know. */
export function warningsOf(
  question: FleetQuestion,
  fleet: Fleet | null,
  unusable: readonly UnusableShape[],
): readonly FleetWarning[] {
  const warnings: FleetWarning[] = unusable.map(({ shape, reason }) => ({
    code: 'shape-unusable',
    message: `${shape.name}: ${reason}`,
  }));
  if (!fleet) return warnings;
  const { workers, shape, replicas, autoscaling, update } = fleet;
  if (workers > shape.cores * 2)
    warnings.push({
      code: 'processes-over-request',
      message: `${workers} processes on ${shape.cores} cores: the autoscaler's CPU percentage says little, for a few busy processes already use the whole request; scale on requests in flight`,
    });
  if (replicas === 1)
    warnings.push({
      code: 'single-replica',
      message:
        'one replica leaves nobody to serve when its node is drained or its process dies; --survive 1 plans for that',
    });
  const { dbMaxConnections } = question.profile.server;
  if (dbMaxConnections !== null && autoscaling) {
    const most = (update.dbConnections / update.replicas) * autoscaling.maxReplicas;
    if (most > dbMaxConnections)
      warnings.push({
        code: 'connections-at-most-replicas',
        message: `at the autoscaler's ${autoscaling.maxReplicas} replicas ${Math.ceil(most)} database connections may be held, and ${dbMaxConnections} are allowed; --db-pool or a pooler bounds them`,
      });
  }
  return warnings;
}
