import type { Severity } from '../servers/rule.js';
import type { CheckedServer, CheckResult, Finding } from './result.js';

/** One quantity of a server before and after; null where not known. */
export interface Change {
  readonly quantity: ChangedQuantity;
  readonly before: number | string | null;
  readonly after: number | string | null;
}

export type ChangedQuantity = keyof typeof QUANTITIES;

export interface ServerDiff {
  readonly name: string;
  readonly change: 'same' | 'changed' | 'added' | 'removed';
  /** Every quantity that is known on one side at least. */
  readonly quantities: readonly Change[];
}

/** What a change does. */
export interface DiffResult {
  readonly schemaVersion: 1;
  readonly tool: CheckResult['tool'];
  readonly before: string;
  readonly after: string;
  readonly servers: readonly ServerDiff[];
  /** Findings that the change brings, and those that it ends. */
  readonly added: readonly Finding[];
  readonly ended: readonly Finding[];
  readonly remaining: readonly Finding[];
  readonly failures: readonly string[];
  readonly failOn: Severity;
  readonly passed: boolean;
}

/** Pairs the servers of two versions by name, or the only ones there are, and says what differs. */
export function diffServers(
  before: readonly CheckedServer[],
  after: readonly CheckedServer[],
): readonly ServerDiff[] {
  const isSingle = before.length === 1 && after.length === 1;
  const left = [...before];
  const pairs = after.map((server) => {
    const index = isSingle ? 0 : left.findIndex(({ name }) => name === server.name);
    return { server, old: index < 0 ? null : left.splice(index, 1)[0]! };
  });
  return [
    ...pairs.map(({ server, old }) => serverDiff(server.name, old, server)),
    ...left.map((old) => serverDiff(old.name, old, null)),
  ];
}

function serverDiff(name: string, before: CheckedServer | null, after: CheckedServer | null): ServerDiff {
  const quantities = NAMES.map((quantity) => ({
    quantity,
    before: before && QUANTITIES[quantity](before),
    after: after && QUANTITIES[quantity](after),
  })).filter((change) => change.before !== null || change.after !== null);
  const isSame = quantities.every((change) => change.before === change.after);
  return { name, change: !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed', quantities };
}

/** What a change is told of, by how it is read of a server. */
const QUANTITIES = {
  workerClass: (server) => server.workerClass,
  workers: (server) => server.workers,
  threads: (server) => server.threads,
  slots: (server) => server.slots,
  timeoutSeconds: (server) => server.timeoutSeconds,
  cores: (server) => server.cores,
  memoryLimitMiB: (server) => server.memoryLimitMiB,
  memoryMiB: (server) => server.memoryMiB,
  replicas: (server) => server.replicas,
  dbConnections: (server) => server.dbConnections,
  pricePerMonth: (server) => server.pricePerMonth,
  capacityPerSecond: ({ prediction }) => prediction?.capacityPerSecond ?? null,
  cpuUtilization: ({ prediction }) => prediction?.utilization?.cpu ?? null,
  meanMs: ({ prediction }) => prediction?.meanMs ?? null,
  p95Ms: ({ prediction }) => prediction?.p95Ms ?? null,
  p99Ms: ({ prediction }) => prediction?.p99Ms ?? null,
} satisfies Record<string, (server: CheckedServer) => number | string | null>;

const NAMES = Object.keys(QUANTITIES) as ChangedQuantity[];

/** A rule that was broken by a server before and still is, is not new, whatever its numbers. */
export function diffFindings(before: readonly Finding[], after: readonly Finding[], isSingle: boolean) {
  const key = ({ rule, server }: Finding) => (isSingle ? rule : `${rule}\n${server}`);
  const left = new Map<string, Finding[]>();
  for (const finding of before) left.set(key(finding), [...(left.get(key(finding)) ?? []), finding]);
  const added: Finding[] = [];
  const remaining: Finding[] = [];
  for (const finding of after) (left.get(key(finding))?.shift() ? remaining : added).push(finding);
  return { added, remaining, ended: [...left.values()].flat() };
}
