/** A curve that is fitted: its value at data point i, and its derivatives there, for given parameters. */
export interface Curve {
  readonly points: number;
  readonly residual: (parameters: readonly number[], i: number) => number;
  /** Derivatives of the residual by each parameter. */
  readonly gradient: (parameters: readonly number[], i: number) => readonly number[];
}

export interface Fit {
  readonly parameters: readonly number[];
  readonly squares: number;
  /** Inverse of JᵀJ at the optimum; null where it is singular. */
  readonly covariance: readonly (readonly number[])[] | null;
}

const MOST_STEPS = 500;
const LEAST_GAIN = 1e-15;

/**
 * Nonlinear least squares by Levenberg's method with Marquardt's scaling (Marquardt 1963), which does not depend on the
 * units of the parameters. Deterministic; stops where no step lowers the sum of squares, or by less than the share `leastGain`.
 */
export function leastSquares(curve: Curve, start: readonly number[], leastGain = LEAST_GAIN): Fit {
  let parameters = start;
  let squares = sumOfSquares(curve, parameters);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS && damping < 1e15; step += 1) {
    const { matrix, vector } = normalEquations(curve, parameters);
    const damped = matrix.map((row, i) => row.map((v, j) => (i === j ? v * (1 + damping) : v)));
    const move = solve(damped, [vector])?.[0];
    const next = move && parameters.map((p, i) => p - move[i]!);
    const nextSquares = next ? sumOfSquares(curve, next) : Number.NaN;
    if (next && nextSquares < squares) {
      const gain = (squares - nextSquares) / squares;
      [parameters, squares] = [next, nextSquares];
      damping = Math.max(damping / 10, 1e-12);
      if (gain < leastGain) break;
    } else {
      damping *= 10;
    }
  }
  const { matrix } = normalEquations(curve, parameters);
  const unit = matrix.map((_, i) => matrix.map((__, j) => (i === j ? 1 : 0)));
  return { parameters, squares, covariance: solve(matrix, unit) };
}

function sumOfSquares({ points, residual }: Curve, parameters: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < points; i += 1) sum += residual(parameters, i) ** 2;
  return sum;
}

function normalEquations({ points, residual, gradient }: Curve, parameters: readonly number[]) {
  const size = parameters.length;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const vector = new Array<number>(size).fill(0);
  for (let i = 0; i < points; i += 1) {
    const slope = gradient(parameters, i);
    const value = residual(parameters, i);
    for (let a = 0; a < size; a += 1) {
      vector[a]! += slope[a]! * value;
      for (let b = 0; b < size; b += 1) matrix[a]![b]! += slope[a]! * slope[b]!;
    }
  }
  return { matrix, vector };
}

/**
 * Solves a small symmetric positive definite system for each right-hand side; null where it is singular. Scaled to a unit
 * diagonal, it needs no pivots, and its smallest pivot says how near it is to singular.
 */
export function solve(
  matrix: readonly (readonly number[])[],
  sides: readonly (readonly number[])[],
): number[][] | null {
  const size = matrix.length;
  const scale = matrix.map((row, i) => Math.sqrt(row[i]!));
  const rows = matrix.map((row, i) => [
    ...row.map((v, j) => v / (scale[i]! * scale[j]!)),
    ...sides.map((side) => side[i]! / scale[i]!),
  ]);
  for (const [column, pivot] of rows.entries()) {
    if (!(pivot[column]! > 1e-14)) return null;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[column]! / pivot[column]!;
      for (const [j, v] of pivot.entries()) row[j]! -= factor * v;
    }
  }
  return sides.map((_, s) => rows.map((row, i) => row[size + s]! / row[i]! / scale[i]!));
}
