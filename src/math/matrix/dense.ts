/** A dense matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array<ArrayBuffer>;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

export function identity(order: number): Matrix {
  const result = zeros(order, order);
  for (let i = 0; i < order; i += 1) result.data[i * (order + 1)] = 1;
  return result;
}

export function copyOf(a: Matrix): Matrix {
  return { ...a, data: a.data.slice() };
}

/** a·b. */
export function product(a: Matrix, b: Matrix): Matrix {
  const result = zeros(a.rows, b.columns);
  addProduct(result, a, b);
  return result;
}

/**
 * target += a·b. Four rows of b at a time, so that each number of the target is loaded and stored once for four.
 */
export function addProduct(target: Matrix, a: Matrix, b: Matrix): void {
  for (let i = 0; i < a.rows; i += 1) {
    combineRows(target.data, i * target.columns, a.data, i * a.columns, a.columns, b.data, 0, b.columns, 1);
  }
}

/** target row += sign·Σ_k factors[k]·(row k of source), rows of `width` numbers from `sourceStart` on. */
function combineRows(
  target: Float64Array,
  targetStart: number,
  factors: Float64Array,
  factorStart: number,
  count: number,
  source: Float64Array,
  sourceStart: number,
  width: number,
  sign: number,
): void {
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const f0 = sign * factors[factorStart + k]!;
    const f1 = sign * factors[factorStart + k + 1]!;
    const f2 = sign * factors[factorStart + k + 2]!;
    const f3 = sign * factors[factorStart + k + 3]!;
    if (f0 === 0 && f1 === 0 && f2 === 0 && f3 === 0) continue;
    const r0 = sourceStart + k * width;
    const r1 = r0 + width;
    const r2 = r1 + width;
    const r3 = r2 + width;
    for (let j = 0; j < width; j += 1) {
      target[targetStart + j]! +=
        f0 * source[r0 + j]! + f1 * source[r1 + j]! + f2 * source[r2 + j]! + f3 * source[r3 + j]!;
    }
  }
  for (; k < count; k += 1) {
    const factor = sign * factors[factorStart + k]!;
    if (factor === 0) continue;
    const row = sourceStart + k * width;
    for (let j = 0; j < width; j += 1) target[targetStart + j]! += factor * source[row + j]!;
  }
}

/** Solves a·x = b in place of both: b becomes x. Elimination without pivots, which M-matrices allow, row by row. */
export function solveInPlace(a: Matrix, b: Matrix): Matrix {
  const order = a.rows;
  const width = b.columns;
  for (let i = 1; i < order; i += 1) {
    eliminateRow(a.data, i, order);
    combineRows(b.data, i * width, a.data, i * order, i, b.data, 0, width, -1);
  }
  for (let i = order - 1; i >= 0; i -= 1) {
    const rest = order - 1 - i;
    combineRows(b.data, i * width, a.data, i * order + i + 1, rest, b.data, (i + 1) * width, width, -1);
    const inverse = 1 / a.data[i * order + i]!;
    for (let j = 0; j < width; j += 1) b.data[i * width + j]! *= inverse;
  }
  return b;
}

/** Turns row i into its part of L (left of the diagonal) and U, the rows above being done. */
function eliminateRow(a: Float64Array, i: number, order: number): void {
  const row = i * order;
  let k = 0;
  for (; k + 2 <= i; k += 2) {
    const [upper, lower] = [k * order, (k + 1) * order];
    const first = a[row + k]! / a[upper + k]!;
    const second = (a[row + k + 1]! - first * a[upper + k + 1]!) / a[lower + k + 1]!;
    a[row + k] = first;
    a[row + k + 1] = second;
    if (first === 0 && second === 0) continue;
    for (let j = k + 2; j < order; j += 1) a[row + j]! -= first * a[upper + j]! + second * a[lower + j]!;
  }
  for (; k < i; k += 1) {
    const factor = a[row + k]! / a[k * order + k]!;
    a[row + k] = factor;
    for (let j = k + 1; j < order; j += 1) a[row + j]! -= factor * a[k * order + j]!;
  }
}

export function transpose(a: Matrix): Matrix {
  const result = zeros(a.columns, a.rows);
  for (let i = 0; i < a.rows; i += 1)
    for (let j = 0; j < a.columns; j += 1) result.data[j * a.rows + i] = a.data[i * a.columns + j]!;
  return result;
}

/** row·a. */
export function rowTimes(row: Float64Array, a: Matrix): Float64Array<ArrayBuffer> {
  const result = new Float64Array(a.columns);
  for (let i = 0; i < a.rows; i += 1) {
    const factor = row[i]!;
    if (factor === 0) continue;
    for (let j = 0; j < a.columns; j += 1) result[j]! += factor * a.data[i * a.columns + j]!;
  }
  return result;
}

/** a·column. */
export function timesColumn(a: Matrix, column: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i += 1) {
    let sum = 0;
    for (let j = 0; j < a.columns; j += 1) sum += a.data[i * a.columns + j]! * column[j]!;
    result[i] = sum;
  }
  return result;
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Scalar product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}
