import type { Change, ChangedQuantity, ServerDiff } from '../../../check/diff.js';
import {
  count,
  mebibytes,
  milliseconds,
  percent,
  perSecond,
  significant,
  UNKNOWN,
} from '../../../text/numbers.js';

/** What people call the quantities. */
export const LABELS = {
  workerClass: 'worker class',
  workers: 'workers',
  threads: 'threads',
  slots: 'requests at once',
  timeoutSeconds: 'timeout',
  cores: 'cores',
  memoryLimitMiB: 'memory limit',
  memoryMiB: 'memory of the workers',
  replicas: 'replicas',
  dbConnections: 'database connections',
  pricePerMonth: 'price a month',
  capacityPerSecond: 'capacity',
  cpuUtilization: 'use of the cores',
  meanMs: 'mean response time',
  p95Ms: 'p95',
  p99Ms: 'p99',
} as const satisfies Record<ChangedQuantity, string>;

export const DIFF_COLUMNS = [
  { title: '' },
  { title: 'before', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'change', align: 'right' },
] as const;

/** Rows of a before/after table. */
export const diffRows = ({ quantities }: ServerDiff): readonly (readonly string[])[] =>
  quantities.map((change) => [
    LABELS[change.quantity],
    shown(change.quantity, change.before),
    shown(change.quantity, change.after),
    difference(change),
  ]);

/** A change in one cell: `4 → 8 (+100%)`; one value where it stays. */
export function changeOf(change: Change | undefined): string {
  if (change === undefined) return UNKNOWN;
  const [before, after] = [shown(change.quantity, change.before), shown(change.quantity, change.after)];
  if (change.before === change.after) return after;
  const by = difference(change);
  return `${before} → ${after}${/\d/.test(by) ? ` (${by})` : ''}`;
}

function shown(quantity: ChangedQuantity, value: Change['before']): string {
  if (value === null || typeof value === 'string') return value ?? UNKNOWN;
  if (quantity === 'memoryMiB' || quantity === 'memoryLimitMiB') return mebibytes(value);
  if (quantity === 'capacityPerSecond') return perSecond(value);
  if (quantity === 'cpuUtilization') return percent(value);
  if (quantity === 'pricePerMonth') return significant(value, 4);
  if (quantity === 'timeoutSeconds') return `${value} s`;
  return quantity.endsWith('Ms') ? milliseconds(value) : count(value);
}

function difference({ before, after }: Change): string {
  if (before === after) return '';
  if (typeof before !== 'number' || typeof after !== 'number' || before === 0) return 'changed';
  const share = ((after - before) / before) * 100;
  const digits = Math.abs(share) < 9.95 ? 1 : 0;
  return `${share > 0 ? '+' : '−'}${Math.abs(share).toFixed(digits)}%`;
}

export const CHANGE_WORDS = {
  same: 'unchanged',
  changed: 'changed',
  added: 'new',
  removed: 'removed',
} as const satisfies Record<ServerDiff['change'], string>;
