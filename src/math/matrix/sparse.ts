import type { Matrix } from './dense.js';

/** A matrix given by its entries that are not 0, repeated ones adding up. */
export interface Sparse {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** target += factor·a. */
export function addSparse(target: Matrix, a: Sparse, factor = 1): void {
  for (const { row, column, value } of a.entries)
    target.data[row * target.columns + column]! += factor * value;
}

/** target += factor·dense·sparse. */
export function addDenseTimesSparse(target: Matrix, dense: Matrix, sparse: Sparse, factor = 1): void {
  for (const { row, column, value } of sparse.entries) {
    const scaled = factor * value;
    for (let i = 0; i < dense.rows; i += 1)
      target.data[i * target.columns + column]! += dense.data[i * dense.columns + row]! * scaled;
  }
}

/** target += factor·sparse·dense. */
export function addSparseTimesDense(target: Matrix, sparse: Sparse, dense: Matrix, factor = 1): void {
  for (const { row, column, value } of sparse.entries) {
    const scaled = factor * value;
    const [out, from] = [row * target.columns, column * dense.columns];
    for (let j = 0; j < dense.columns; j += 1) target.data[out + j]! += scaled * dense.data[from + j]!;
  }
}

/** row·sparse. */
export function rowTimesSparse(row: Float64Array, sparse: Sparse): Float64Array<ArrayBuffer> {
  const result = new Float64Array(sparse.columns);
  for (const entry of sparse.entries) result[entry.column]! += row[entry.row]! * entry.value;
  return result;
}

/** a ⊗ b with one of them an identity: `left` copies of b along the diagonal. */
export function blockDiagonal(b: Sparse, copies: number): Sparse {
  const entries: Entry[] = [];
  for (let k = 0; k < copies; k += 1)
    for (const { row, column, value } of b.entries)
      entries.push({ row: k * b.rows + row, column: k * b.columns + column, value });
  return { rows: copies * b.rows, columns: copies * b.columns, entries };
}

/** a ⊗ I of the given order. */
export function spread(a: readonly (readonly number[])[], order: number): Sparse {
  const entries: Entry[] = [];
  a.forEach((row, i) => {
    row.forEach((value, j) => {
      if (value !== 0)
        for (let k = 0; k < order; k += 1) entries.push({ row: i * order + k, column: j * order + k, value });
    });
  });
  return { rows: a.length * order, columns: a[0]!.length * order, entries };
}

/** a ⊗ b. */
export function kronecker(a: readonly (readonly number[])[], b: Sparse): Sparse {
  const entries: Entry[] = [];
  a.forEach((line, i) => {
    line.forEach((factor, j) => {
      if (factor === 0) return;
      for (const { row, column, value } of b.entries)
        entries.push({ row: i * b.rows + row, column: j * b.columns + column, value: factor * value });
    });
  });
  return { rows: a.length * b.rows, columns: a[0]!.length * b.columns, entries };
}
