import { UsageError } from '../../host/errors.js';
import type { ResultName } from '../../input/options/result-names.js';
import type { Base, Overrides } from './evaluate.js';
import { RESULTS } from './result.js';
import type { Interval } from './types.js';
import type { VariableName } from './vary.js';

/** An input of which only a range is known. */
export interface Uncertain {
  readonly input: VariableName;
  readonly low: number;
  readonly high: number;
}

const MOST_UNCERTAIN = 8;

/**
 * The range of each result while the uncertain inputs take their extremes together. The results are monotone in every
 * input, so the corners of the box of inputs hold the extremes.
 */
export function intervals(
  base: Base,
  uncertain: readonly Uncertain[],
  results: readonly ResultName[],
): readonly Interval[] {
  if (uncertain.length === 0) return [];
  if (uncertain.length > MOST_UNCERTAIN)
    throw new UsageError(
      `${uncertain.length} inputs are given as ranges; at most ${MOST_UNCERTAIN} are taken at once`,
    );
  const corners = cornersOf(uncertain).map((overrides) => measured(base, overrides));
  const middle = measured(
    base,
    Object.fromEntries(uncertain.map(({ input, low, high }) => [input, (low + high) / 2])),
  );
  return results.map((name) => {
    const values = corners.map((corner) => (corner ? RESULTS[name].of(corner) : null));
    const known = values.filter((value) => value !== null);
    return {
      result: name,
      low: known.length > 0 ? Math.min(...known) : null,
      middle: middle ? RESULTS[name].of(middle) : null,
      high: known.length === values.length ? Math.max(...known) : null,
      overloads: known.length < values.length,
    };
  });
}

/** A given configuration stays; otherwise each corner gets the recommendation that suits it. */
function measured(base: Base, overrides: Overrides) {
  return base.isGiven ? base.measure(overrides) : base.replan(overrides).recommendation;
}

function cornersOf(uncertain: readonly Uncertain[]): Overrides[] {
  return uncertain.reduce<Overrides[]>(
    (corners, { input, low, high }) =>
      corners.flatMap((corner) => [
        { ...corner, [input]: low },
        { ...corner, [input]: high },
      ]),
    [{}],
  );
}
