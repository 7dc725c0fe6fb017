import { dot, type Matrix, product, rowTimes, zeros } from '../matrix/dense.js';
import { type PhaseType, timesToEnd } from '../queues/phase-type/phase-type.js';

/** Terms of the series for the exponential of a matrix of norm 2. */
const TERMS = 30;

/**
 * E[min(X, x)] of a phase-type law whose phases differ so much in speed that its uniformised chain would take too many steps:
 * α(I − e^{Tx})(−T)⁻¹·1 by squaring. Kept are the powers of e^{Th} less the identity, F ↦ F² + 2F, in which slow phases
 * keep their digits beside fast ones; h is the shortest mean stay.
 */
export function limitedMeanOfPhases(law: PhaseType, fastestRate: number): (x: number) => number {
  const order = law.alpha.length;
  const step = 1 / fastestRate;
  const ends = timesToEnd(law);
  const moved = zeros(order, order);
  law.generator.forEach((row, i) => {
    row.forEach((rate, j) => {
      moved.data[i * order + j] = rate * step;
    });
  });
  const powers = [change(moved)];
  return (x) => {
    const steps = Math.floor(x / step);
    let row = Float64Array.from(law.alpha);
    let limited = 0;
    const go = (step: Float64Array): void => {
      limited -= dot(step, ends);
      row = row.map((mass, j) => mass + step[j]!);
    };
    for (let k = 0, left = steps; left >= 1; k++, left = Math.floor(left / 2)) {
      powers[k] ??= squared(powers[k - 1]!);
      if (left % 2 === 1) go(rowTimes(row, powers[k]!));
    }
    go(changeOf(row, moved, x / step - steps));
    return limited;
  };
}

/** row·(e^{A·share} − I). */
function changeOf(row: Float64Array, a: Matrix, share: number): Float64Array {
  const sum = new Float64Array(row.length);
  let term = row;
  for (let n = 1; n <= TERMS; n++) {
    term = rowTimes(term, a).map((x) => (x * share) / n);
    for (let i = 0; i < sum.length; i++) sum[i]! += term[i]!;
  }
  return sum;
}

/** e^A − I, row by row. */
function change(a: Matrix): Matrix {
  const result = zeros(a.rows, a.rows);
  for (let i = 0; i < a.rows; i++) {
    const unit = new Float64Array(a.rows);
    unit[i] = 1;
    result.data.set(changeOf(unit, a, 1), i * a.rows);
  }
  return result;
}

/** (I + F)² − I. */
function squared(f: Matrix): Matrix {
  const result = product(f, f);
  for (let i = 0; i < result.data.length; i++) result.data[i]! += 2 * f.data[i]!;
  return result;
}
