import { percent } from '../text/sentences.js';
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
  const { replicas, autoscaling, update } = fleet;
  const usedAtLimit = cpuAtLimit(fleet);
  if (usedAtLimit !== null && usedAtLimit < LITTLE_CPU)
    warnings.push({
      code: 'cpu-says-little',
      message: `requests mostly wait: a replica uses only ${percent(usedAtLimit)} of its CPU when the objective ends, so that a small change of its CPU is a large one of the load; scale on requests in flight`,
    });
  if (question.freeShare === 0 && question.profile.fixed.workers === null)
    warnings.push({
      code: 'memory-full',
      message:
        'less than a tenth of the memory stays free, for no shape has more room; workers that grow are killed',
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

/** Less of the CPU than this tells an autoscaler little of the load. */
const LITTLE_CPU = 0.4;

/** Busy share of a replica's cores at the highest rate at which the objective holds. */
function cpuAtLimit({ autoscaling, prediction, ratePerReplica }: Fleet): number | null {
  const cpu = prediction.utilization?.cpu;
  return autoscaling && cpu ? (cpu / ratePerReplica) * autoscaling.limitRate : null;
}
