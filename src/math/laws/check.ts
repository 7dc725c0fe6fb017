import { nonNegative, whole } from '../numeric/domain.js';
import type { Law } from './law.js';

/** Moments that were computed may fall short of their bound by rounding. */
const ROUNDING = 1e-9;

/**
 * The law itself, where its parameters are in their ranges (see {@link Law}).
 *
 * @throws RangeError that names the law and what is wrong with it.
 */
export function checkedLaw(name: string, law: Law): Law {
  if (law.kind === 'phase-type') checkPhases(name, law);
  else if (law.kind === 'empirical') checkQuantiles(name, law.quantiles);
  else {
    if (!SIMPLE.has(law.kind))
      throw new RangeError(`${name} law must be one of ${[...SIMPLE, 'phase-type', 'empirical'].join(', ')}`);
    nonNegative(`mean of the ${name} law`, law.mean);
    if (law.kind === 'erlang') whole(`stages of the ${name} law`, law.stages);
    if ('cv' in law) nonNegative(`cv of the ${name} law`, law.cv);
    if (law.kind === 'hyperexponential' && law.cv < 1 - ROUNDING)
      throw new RangeError(`cv of the ${name} law must be 1 or more for a hyperexponential, got ${law.cv}`);
  }
  return law;
}

const SIMPLE: ReadonlySet<string> = new Set([
  'deterministic',
  'exponential',
  'erlang',
  'hyperexponential',
  'lognormal',
  'gamma',
  'two-moment',
] satisfies Law['kind'][]);

function checkQuantiles(name: string, quantiles: readonly number[]): void {
  if (quantiles.length < 2) throw new RangeError(`${name} law needs two quantiles at least`);
  quantiles.forEach((value, n) => {
    nonNegative(`quantiles of the ${name} law`, value);
    if (n > 0 && value < quantiles[n - 1]!)
      throw new RangeError(
        `quantiles of the ${name} law must be sorted, got ${quantiles[n - 1]} before ${value}`,
      );
  });
}

function checkPhases(name: string, { alpha, generator }: Extract<Law, { kind: 'phase-type' }>): void {
  const order = alpha.length;
  const total = alpha.reduce((sum, p) => sum + nonNegative(`alpha of the ${name} law`, p), 0);
  if (!(Math.abs(total - 1) < 1e-6))
    throw new RangeError(`alpha of the ${name} law must add up to 1, got ${total}`);
  if (generator.length !== order || generator.some((row) => row.length !== order))
    throw new RangeError(`generator of the ${name} law must be square, of the order ${order} of alpha`);
  generator.forEach((row, i) => {
    row.forEach((rate, j) => {
      if (i !== j) nonNegative(`rates between phases of the ${name} law`, rate);
    });
    const leaving = -row.reduce((sum, rate) => sum + rate, 0);
    if (!(row[i]! < 0) || !(leaving >= row[i]! * 1e-9))
      throw new RangeError(
        `rows of the generator of the ${name} law must have a negative diagonal and add up to 0 or less`,
      );
  });
}
