import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addProduct,
  copyOf,
  dot,
  identity,
  type Matrix,
  product,
  rowTimes,
  solveInPlace,
  sumOf,
  timesColumn,
  transpose,
  zeros,
} from '../../../src/math/matrix/dense.js';
import {
  addDenseTimesSparse,
  addSparse,
  addSparseTimesDense,
  blockDiagonal,
  kronecker,
  rowTimesSparse,
  type Sparse,
  spread,
} from '../../../src/math/matrix/sparse.js';

type Rows = readonly (readonly number[])[];

const dense = (rows: Rows): Matrix => ({
  rows: rows.length,
  columns: rows[0]!.length,
  data: Float64Array.from(rows.flat()),
});
/** With the entries in two halves, and one that adds up to nothing, as repeated entries may. */
const sparse = (rows: Rows): Sparse => ({
  rows: rows.length,
  columns: rows[0]!.length,
  entries: rows.flatMap((line, row) =>
    line.flatMap((x, column) => [
      { row, column, value: x - 1 },
      { row, column, value: 1 },
    ]),
  ),
});
const rowsOf = ({ rows, columns, data }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => [...data.slice(i * columns, (i + 1) * columns)]);
const denseOf = (a: Sparse): number[][] => {
  const target = zeros(a.rows, a.columns);
  addSparse(target, a);
  return rowsOf(target);
};

const times = (a: Rows, b: Rows): number[][] =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
const plus = (a: Rows, b: Rows, factor = 1): number[][] =>
  a.map((row, i) => row.map((x, j) => x + factor * b[i]![j]!));
const unit = (order: number): number[][] =>
  Array.from({ length: order }, (_, i) => Array.from({ length: order }, (_u, j) => (i === j ? 1 : 0)));
/** a ⊗ b by its definition. */
const tensor = (a: Rows, b: Rows): number[][] =>
  a.flatMap((line) => b.map((row) => line.flatMap((x) => row.map((y) => x * y))));

// whole numbers, so that products are exact; many zeros, since those are skipped
const entry = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: -9, max: 9 }));
const rowsOfSize = (rows: number, columns: number) =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const size = fc.integer({ min: 1, max: 11 });
/** Three matrices a (m × n), b (n × k) and c (m × k). */
const three = fc
  .tuple(size, size, size)
  .chain(([m, n, k]) => fc.tuple(rowsOfSize(m, n), rowsOfSize(n, k), rowsOfSize(m, k)));
const RUNS = { seed: 31, numRuns: 100 };

describe('dense matrices', () => {
  test('start as zeros, or with ones on the diagonal', () => {
    expect(rowsOf(zeros(2, 3))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(rowsOf(identity(3))).toEqual(unit(3));
  });

  test('are copied without being shared', () => {
    const a = identity(2);
    const copy = copyOf(a);
    copy.data[1] = 7;
    expect(rowsOf(a)).toEqual(unit(2));
    expect(rowsOf(copy)).toEqual([
      [1, 7],
      [0, 1],
    ]);
  });

  test('multiply as the definition says, also where whole groups of rows are 0', () => {
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        expect(rowsOf(product(dense(a), dense(b)))).toEqual(
          rowsOf(dense(times(a, b).map((r) => r.map((x) => x + 0)))),
        );
        const target = dense(c);
        addProduct(target, dense(a), dense(b));
        expect(rowsOf(target)).toEqual(plus(c, times(a, b)));
      }),
      RUNS,
    );
    const long = [[0, 0, 0, 0, 0, 2, 0, 0, 0, 3]];
    const tall = Array.from({ length: 10 }, (_, i) => [i + 1]);
    expect(rowsOf(product(dense(long), dense(tall)))).toEqual([[42]]);
  });

  test('are transposed, and multiply rows and columns', () => {
    fc.assert(
      fc.property(three, ([a]) => {
        const transposed = a[0]!.map((_, j) => a.map((row) => row[j]!));
        expect(rowsOf(transpose(dense(a)))).toEqual(transposed);
        const row = Float64Array.from(a, (_, i) => (i % 3) - 1);
        const column = Float64Array.from(a[0]!, (_, j) => j + 1);
        expect([...rowTimes(row, dense(a))].map((x) => x + 0)).toEqual(
          times([[...row]], a)[0]!.map((x) => x + 0),
        );
        expect([...timesColumn(dense(a), column)]).toEqual(
          times(
            a,
            [...column].map((x) => [x]),
          ).map(([x]) => x),
        );
      }),
      RUNS,
    );
  });

  test('sum and scalar product', () => {
    expect(sumOf(Float64Array.of(1, 2, 4))).toBe(7);
    expect(dot(Float64Array.of(1, 2, 4), Float64Array.of(3, -5, 7))).toBe(21);
  });

  test('solve equations of M-matrices of any order', () => {
    fc.assert(
      fc.property(three, fc.boolean(), ([a, , c], half) => {
        const order = a.length;
        // off the diagonal ≤ 0, the diagonal larger than all of its row together
        const m = unit(order).map((row, i) => {
          const others = row.map((_, j) => (i === j ? 0 : -Math.abs(a[i]![j % a[0]!.length]!)));
          if (half) others.fill(0, 0, i);
          return others.map((x, j) => (i === j ? 1.5 - others.reduce((sum, y) => sum + y, 0) : x));
        });
        const solution = solveInPlace(dense(m), dense(c));
        const back = times(m, rowsOf(solution));
        back.forEach((row, i) => {
          row.forEach((x, j) => {
            expect(Math.abs(x - c[i]![j]!)).toBeLessThan(1e-12 * (1 + Math.abs(c[i]![j]!)) * order * 10);
          });
        });
      }),
      RUNS,
    );
  });
});

describe('sparse matrices', () => {
  test('add up repeated entries', () => {
    const entries = [
      { row: 0, column: 1, value: 2 },
      { row: 0, column: 1, value: 3 },
    ];
    const target = dense([[1, 1]]);
    addSparse(target, { rows: 1, columns: 2, entries });
    expect(rowsOf(target)).toEqual([[1, 6]]);
    addSparse(target, { rows: 1, columns: 2, entries }, -2);
    expect(rowsOf(target)).toEqual([[1, -4]]);
  });

  test('multiply as dense ones do', () => {
    fc.assert(
      fc.property(three, fc.integer({ min: -2, max: 3 }), ([a, b, c], factor) => {
        const left = dense(c);
        addSparseTimesDense(left, sparse(a), dense(b), factor);
        expect(rowsOf(left)).toEqual(plus(c, times(a, b), factor));
        const right = dense(c);
        addDenseTimesSparse(right, dense(a), sparse(b), factor);
        expect(rowsOf(right)).toEqual(plus(c, times(a, b), factor));
        const [once, again] = [dense(c), dense(c)];
        addSparseTimesDense(once, sparse(a), dense(b));
        addDenseTimesSparse(again, dense(a), sparse(b));
        expect(rowsOf(once)).toEqual(rowsOf(again));
        expect([...rowTimesSparse(Float64Array.from(a[0]!), sparse(b))]).toEqual(times([a[0]!], b)[0]);
      }),
      RUNS,
    );
  });

  test('are tensor products by definition, of entries that are not 0', () => {
    fc.assert(
      fc.property(
        fc.tuple(size, size, size).chain(([m, n, k]) => fc.tuple(rowsOfSize(m, n), rowsOfSize(n, k))),
        fc.integer({ min: 1, max: 4 }),
        ([a, b], order) => {
          expect(denseOf(kronecker(a, sparse(b)))).toEqual(tensor(a, b).map((row) => row.map((x) => x + 0)));
          expect(denseOf(spread(a, order))).toEqual(
            tensor(a, unit(order)).map((row) => row.map((x) => x + 0)),
          );
          expect(denseOf(blockDiagonal(sparse(b), order))).toEqual(
            tensor(unit(order), b).map((row) => row.map((x) => x + 0)),
          );
        },
      ),
      { ...RUNS, numRuns: 40 },
    );
    const zero = [
      [0, 0],
      [1, 0],
    ];
    expect(spread(zero, 3).entries).toHaveLength(3);
    expect(kronecker(zero, sparse([[1, 2]])).entries).toHaveLength(4);
  });
});
