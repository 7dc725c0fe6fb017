import type { Prediction } from '../../../model/types.js';
import { type Configuration, labelOf, type PlanResult, type StrategyResult } from '../../../plan/types.js';
import { csvRecord } from '../../../text/csv.js';

/** A configuration, or what a strategy says, which leaves some of one open. */
type Subject = Pick<StrategyResult, 'workers' | 'threads' | 'memoryMiB' | 'fitsMemory' | 'prediction'> &
  Partial<Pick<Configuration, 'workerClass' | 'workerConnections' | 'boundBy' | 'meetsObjective'>>;

type Cell = string | number | boolean | null | undefined;

const predicted =
  (read: (prediction: Prediction) => Cell) =>
  ({ prediction }: Subject): Cell =>
    prediction && read(prediction);

const COLUMNS: Readonly<Record<string, (subject: Subject) => Cell>> = {
  worker_class: (s) => s.workerClass,
  workers: (s) => s.workers,
  threads: (s) => s.threads,
  worker_connections: (s) => s.workerConnections,
  bound_by: (s) => s.boundBy,
  memory_mib: (s) => s.memoryMiB,
  fits_memory: (s) => s.fitsMemory,
  meets_objective: (s) => s.meetsObjective,
  stable: predicted((p) => p.stable),
  capacity_per_second: predicted((p) => p.capacityPerSecond),
  cpu_utilization: predicted((p) => p.utilization?.cpu),
  gil_utilization: predicted((p) => p.utilization?.gil),
  slot_utilization: predicted((p) => p.utilization?.slots),
  wait_probability: predicted((p) => p.waitProbability),
  mean_ms: predicted((p) => p.meanMs),
  p50_ms: predicted((p) => p.p50Ms),
  p90_ms: predicted((p) => p.p90Ms),
  p95_ms: predicted((p) => p.p95Ms),
  p99_ms: predicted((p) => p.p99Ms),
  reject_probability: predicted((p) => p.rejectProbability),
  method: predicted((p) => p.method),
};

/** Every configuration of a plan as one CSV record: recommendation, given, classes and strategies. Numbers are raw. */
export function planCsv({ recommendation, given, classes, strategies }: PlanResult): string {
  const record = (kind: string, name: string, subject: Subject): string =>
    csvRecord([kind, name, ...Object.values(COLUMNS).map((read) => read(subject))]);
  return [
    csvRecord(['kind', 'name', ...Object.keys(COLUMNS)]),
    ...(recommendation ? [record('recommendation', labelOf(recommendation), recommendation)] : []),
    ...(given ? [record('given', labelOf(given), given)] : []),
    ...classes.map((c) => record('class', labelOf(c), c)),
    ...strategies.map((s) => record('strategy', s.id, s)),
  ].join('\n');
}
