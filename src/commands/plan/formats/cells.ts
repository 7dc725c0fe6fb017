import type { Prediction } from '../../../model/types.js';
import type { Column } from '../../../output/table.js';
import { type Configuration, labelOf, type StrategyResult } from '../../../plan/types.js';
import { count, mebibytes, milliseconds, percent, perSecond, UNKNOWN } from '../../../text/numbers.js';

/** The largest rate, and what is left of it while a worker restarts. */
export const capacityText = ({ prediction, restart }: Configuration): string =>
  `${perSecond(prediction.capacityPerSecond)} at most, ${restart.capacityPerSecond === 0 ? 'none' : perSecond(restart.capacityPerSecond)} while a worker restarts`;

/** One column of a comparison of configurations: how it is titled, how it is found, and whether the latencies need a rate. */
export interface Field<Row> {
  readonly column: Column;
  readonly cell: (row: Row) => string;
  /** Shown only where a rate was given. */
  readonly needsRate?: true;
  /** Asked only where its column has room. */
  readonly takesTime?: true;
}

interface Sized {
  readonly workers: number | null;
  readonly threads: number | null;
  readonly memoryMiB: number | null;
  readonly fitsMemory: boolean | null;
  readonly prediction: Prediction | null;
}

const right = 'right' as const;

const fits = (row: Sized): string => (row.fitsMemory === null ? UNKNOWN : row.fitsMemory ? 'yes' : 'NO');

const time =
  (name: 'meanMs' | 'p95Ms' | 'p99Ms') =>
  (row: Sized): string => {
    if (!row.prediction) return UNKNOWN;
    return row.prediction.stable === false ? 'overload' : milliseconds(row.prediction[name]);
  };

const SIZED: readonly Field<Sized>[] = [
  { column: { title: 'workers', align: right }, cell: (r) => count(r.workers) },
  { column: { title: 'threads', align: right }, cell: (r) => count(r.threads) },
  { column: { title: 'memory', align: right, dropFirst: 1 }, cell: (r) => mebibytes(r.memoryMiB) },
  { column: { title: 'fits', dropFirst: 1 }, cell: fits },
  {
    column: { title: 'capacity', align: right, dropFirst: 3 },
    cell: (r) => perSecond(r.prediction?.capacityPerSecond ?? null),
  },
  {
    column: { title: 'CPU', align: right, dropFirst: 7 },
    needsRate: true,
    cell: (r) => percent(r.prediction?.utilization?.cpu ?? null),
  },
  {
    column: { title: 'wait', align: right, dropFirst: 6 },
    needsRate: true,
    cell: (r) => percent(r.prediction?.waitProbability ?? null),
  },
  { column: { title: 'mean', align: right, dropFirst: 5 }, needsRate: true, cell: time('meanMs') },
  { column: { title: 'p95', align: right, dropFirst: 2 }, needsRate: true, cell: time('p95Ms') },
  { column: { title: 'p99', align: right, dropFirst: 4 }, needsRate: true, cell: time('p99Ms') },
];

export const STRATEGY_FIELDS: readonly Field<StrategyResult>[] = [
  { column: { title: 'strategy' }, cell: (s) => s.id },
  ...SIZED,
  { column: { title: 'formula', dropFirst: 7 }, cell: formulaOf },
];

/** Formulas too long for a table, shortened; `--explain` writes them out. */
const SHORT_FORMULAS: Readonly<Record<string, string>> = {
  'memory-bound': '⌊free mem / per worker⌋',
  queueing: 'fewest that keep the slo',
};

function formulaOf({ id, note, formula }: StrategyResult): string {
  return note ?? SHORT_FORMULAS[id] ?? formula;
}

const OF_CLASS: readonly Field<Configuration>[] = [
  ...SIZED,
  { column: { title: 'bound by', dropFirst: 8 }, takesTime: true, cell: (c) => c.boundBy },
];

/** Columns of a comparison of classes; with the server where there are several. */
export function classFields(classes: readonly Configuration[]): readonly Field<Configuration>[] {
  const isMixed = new Set(classes.map(({ server }) => server)).size > 1;
  return isMixed
    ? [
        { column: { title: 'server' }, cell: (c) => c.server },
        { column: { title: 'class' }, cell: (c) => c.workerClass ?? c.handlers ?? '–' },
        ...OF_CLASS,
      ]
    : [{ column: { title: 'class' }, cell: labelOf }, ...OF_CLASS];
}

export const shownFields = <Row>(fields: readonly Field<Row>[], hasRate: boolean): readonly Field<Row>[] =>
  fields.filter((field) => hasRate || !field.needsRate);
