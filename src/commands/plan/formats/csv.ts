import type { Prediction } from '../../../model/types.js';
import { type Configuration, labelOf, type PlanResult } from '../../../plan/types.js';
import { csvRecord } from '../../../text/csv.js';

const COLUMNS = [
  'kind',
  'name',
  'worker_class',
  'workers',
  'threads',
  'worker_connections',
  'bound_by',
  'memory_mib',
  'fits_memory',
  'meets_objective',
  'stable',
  'capacity_per_second',
  'cpu_utilization',
  'gil_utilization',
  'slot_utilization',
  'wait_probability',
  'mean_ms',
  'p50_ms',
  'p90_ms',
  'p95_ms',
  'p99_ms',
  'reject_probability',
  'method',
] as const;

/** Every configuration of a plan as one CSV record: recommendation, given, classes and strategies. Numbers are raw. */
export function planCsv(plan: PlanResult): string {
  const records = [csvRecord(COLUMNS)];
  const configuration = (kind: string, c: Configuration) =>
    csvRecord([
      kind,
      labelOf(c),
      c.workerClass,
      c.workers,
      c.threads,
      c.workerConnections,
      c.boundBy,
      c.memoryMiB,
      c.fitsMemory,
      c.meetsObjective,
      ...predicted(c.prediction),
    ]);
  if (plan.recommendation) records.push(configuration('recommendation', plan.recommendation));
  if (plan.given) records.push(configuration('given', plan.given));
  records.push(...plan.classes.map((c) => configuration('class', c)));
  for (const s of plan.strategies) {
    records.push(
      csvRecord([
        'strategy',
        s.id,
        null,
        s.workers,
        s.threads,
        null,
        null,
        s.memoryMiB,
        s.fitsMemory,
        null,
        ...predicted(s.prediction),
      ]),
    );
  }
  return records.join('\n');
}

function predicted(p: Prediction | null): (string | number | boolean | null)[] {
  if (!p) return Array(13).fill(null);
  return [
    p.stable,
    p.capacityPerSecond,
    p.utilization?.cpu ?? null,
    p.utilization?.gil ?? null,
    p.utilization?.slots ?? null,
    p.waitProbability,
    p.meanMs,
    p.p50Ms,
    p.p90Ms,
    p.p95Ms,
    p.p99Ms,
    p.rejectProbability,
    p.method,
  ];
}
