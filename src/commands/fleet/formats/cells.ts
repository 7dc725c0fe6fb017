import type { Fleet } from '../../../fleet/plan-of-fleet.js';
import type { Column } from '../../../output/table.js';
import { mebibytes, significant } from '../../../text/numbers.js';
import type { ShownTime } from './shown-time.js';

/** One column of a comparison of fleets. */
export interface Field {
  readonly column: Column;
  readonly cell: (fleet: Fleet) => string;
  /** Shown only where shapes have prices. */
  readonly needsPrice?: true;
}

const right = 'right' as const;

export const inside = ({ workerClass, server, workers, threads }: Fleet): string =>
  `${workers} × ${threads} ${workerClass ?? server}`;

/** A fleet in a few words. */
export const headline = (fleet: Fleet): string =>
  `${fleet.replicas} × ${fleet.shape.name}, each ${inside(fleet)}`;

/** Columns of the comparison, in their order. */
const fieldsOf = (time: ShownTime): readonly Field[] => [
  { column: { title: 'shape' }, cell: ({ shape }) => shape.name },
  { column: { title: 'replicas', align: right }, cell: ({ replicas }) => String(replicas) },
  { column: { title: 'inside', dropFirst: 1 }, cell: inside },
  { column: { title: 'CPU', align: right, dropFirst: 5 }, cell: ({ totalCores }) => significant(totalCores) },
  { column: { title: time.name, align: right }, cell: ({ prediction }) => time.text(prediction) },
  {
    column: { title: `${time.name} with loss`, align: right, dropFirst: 2 },
    cell: ({ lost }) => time.text(lost.prediction),
  },
  {
    column: { title: 'memory', align: right, dropFirst: 3 },
    cell: ({ totalMemoryMiB }) => mebibytes(totalMemoryMiB),
  },
  {
    column: { title: 'connections', align: right, dropFirst: 7 },
    cell: ({ dbConnections }) => significant(dbConnections),
  },
  {
    column: { title: 'a month', align: right },
    needsPrice: true,
    cell: ({ pricePerMonth }) => significant(pricePerMonth ?? 0),
  },
  {
    column: { title: 'a million', align: right, dropFirst: 6 },
    needsPrice: true,
    cell: ({ pricePerMillionRequests }) => significant(pricePerMillionRequests ?? 0),
  },
  { column: { title: 'bound by', dropFirst: 4 }, cell: ({ boundBy }) => boundBy },
];

/** The columns that say something of these fleets. */
export const shownFields = (fleets: readonly Fleet[], time: ShownTime): readonly Field[] =>
  fieldsOf(time).filter(
    ({ needsPrice }) => !needsPrice || fleets.some(({ pricePerMonth }) => pricePerMonth !== null),
  );
