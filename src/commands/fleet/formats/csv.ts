import type { Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import { csvRecord } from '../../../text/csv.js';

type Value = string | number | boolean | null;

const COLUMNS: readonly (readonly [string, (fleet: Fleet) => Value])[] = [
  ['shape', ({ shape }) => shape.name],
  ['cores', ({ shape }) => shape.cores],
  ['memory_mib', ({ shape }) => shape.memoryMiB],
  ['replicas', ({ replicas }) => replicas],
  ['server', ({ server }) => server],
  ['worker_class', ({ workerClass }) => workerClass],
  ['workers', ({ workers }) => workers],
  ['threads', ({ threads }) => threads],
  ['rate_per_replica', ({ ratePerReplica }) => ratePerReplica],
  ['mean_ms', ({ prediction }) => prediction.meanMs],
  ['p95_ms', ({ prediction }) => prediction.p95Ms],
  ['p95_lost_ms', ({ lost }) => lost.prediction.p95Ms],
  ['p95_update_ms', ({ update }) => update.prediction.p95Ms],
  ['total_cores', ({ totalCores }) => totalCores],
  ['total_memory_mib', ({ totalMemoryMiB }) => totalMemoryMiB],
  ['db_connections', ({ dbConnections }) => dbConnections],
  ['price_per_month', ({ pricePerMonth }) => pricePerMonth],
  ['price_per_million_requests', ({ pricePerMillionRequests }) => pricePerMillionRequests],
  ['bound_by', ({ boundBy }) => boundBy],
  ['meets_objective', ({ meetsObjective }) => meetsObjective],
];

/** Every fleet as one CSV record, what kind it is first. Numbers are raw. */
export function fleetCsv({ recommendation, given, shapes }: FleetResult): string {
  const rows: [string, Fleet][] = [
    ...(recommendation ? [['recommendation', recommendation] as [string, Fleet]] : []),
    ...(given ? [['given', given] as [string, Fleet]] : []),
    ...shapes.map((fleet): [string, Fleet] => ['shape', fleet]),
  ];
  return [
    csvRecord(['kind', ...COLUMNS.map(([name]) => name)]),
    ...rows.map(([kind, fleet]) => csvRecord([kind, ...COLUMNS.map(([, value]) => value(fleet))])),
  ].join('\n');
}
