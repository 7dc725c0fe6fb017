import { addProduct, copyOf, type Matrix, product, solveInPlace } from '../../matrix/dense.js';

const MOST_ITERATIONS = 60;

/**
 * G of a positive recurrent quasi-birth-death process: the probabilities of the phase in which the level below is
 * first reached. Logarithmic reduction (Latouche and Ramaswami 1993), quadratically convergent at any load below
 * 1.
 *
 * @param up (−A₁)⁻¹A₀, @param down (−A₁)⁻¹A₂; both are overwritten.
 */
export function firstPassage(up: Matrix, down: Matrix): Matrix {
  const order = up.rows;
  const passage = copyOf(down);
  let reach = up;
  let [higher, lower] = [up, down];
  for (let n = 0; n < MOST_ITERATIONS; n += 1) {
    const back = product(higher, lower);
    addProduct(back, lower, higher);
    const squares = sideBySide(product(higher, higher), product(lower, lower));
    solveInPlace(identityMinus(back), squares);
    [higher, lower] = halves(squares);
    addProduct(passage, reach, lower);
    reach = product(reach, higher);
    if (largestRow(reach, order) < 1e-16) break;
  }
  return passage;
}

function identityMinus(a: Matrix): Matrix {
  const data = a.data.map((value) => -value);
  for (let i = 0; i < a.rows; i += 1) data[i * (a.rows + 1)]! += 1;
  return { ...a, data };
}

function sideBySide(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(2 * a.rows * a.columns);
  for (let i = 0; i < a.rows; i += 1) {
    data.set(a.data.subarray(i * a.columns, (i + 1) * a.columns), 2 * i * a.columns);
    data.set(b.data.subarray(i * a.columns, (i + 1) * a.columns), (2 * i + 1) * a.columns);
  }
  return { rows: a.rows, columns: 2 * a.columns, data };
}

function halves(both: Matrix): [Matrix, Matrix] {
  const columns = both.columns / 2;
  const part = (offset: number): Matrix => {
    const data = new Float64Array(both.rows * columns);
    for (let i = 0; i < both.rows; i += 1) {
      const start = i * both.columns + offset;
      data.set(both.data.subarray(start, start + columns), i * columns);
    }
    return { rows: both.rows, columns, data };
  };
  return [part(0), part(columns)];
}

function largestRow(a: Matrix, order: number): number {
  let most = 0;
  for (let i = 0; i < order; i += 1) {
    let sum = 0;
    for (let j = 0; j < order; j += 1) sum += a.data[i * order + j]!;
    most = Math.max(most, sum);
  }
  return most;
}
