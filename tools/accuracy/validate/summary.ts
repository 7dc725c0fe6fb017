import { counts, errorOf, type Found, METRICS, type Metric } from './compare.js';
import type { Case } from './measured.js';

/** Middle and largest of absolute errors. */
export interface Spread {
  readonly median: number;
  readonly worst: number;
}

export interface Summary {
  readonly name: string;
  readonly cases: number;
  readonly simulated: Readonly<Record<Metric, Spread | null>>;
  readonly analytic: Readonly<Record<Metric, Spread | null>>;
}

/** The counted cases by a name that each has, and all. */
export function summarize(
  comparisons: readonly Found[],
  nameOf: (measured: Case) => string,
): readonly Summary[] {
  const counted = comparisons.filter(counts);
  const names = [...new Set(comparisons.map(({ measured }) => nameOf(measured)))];
  const ofName = names.map((name) =>
    summary(
      name,
      counted.filter(({ measured }) => nameOf(measured) === name),
    ),
  );
  return [...ofName, summary('all', counted)];
}

function summary(name: string, cases: readonly Found[]): Summary {
  const spreads = (way: 'simulated' | 'analytic') =>
    Object.fromEntries(
      METRICS.map((metric) => [metric, spread(cases.map((c) => errorOf(c[way][metric])))]),
    ) as Record<Metric, Spread | null>;
  return { name, cases: cases.length, simulated: spreads('simulated'), analytic: spreads('analytic') };
}

function spread(errors: readonly (number | null)[]): Spread | null {
  const sizes = errors.filter((e) => e !== null).map(Math.abs);
  sizes.sort((a, b) => a - b);
  if (sizes.length === 0) return null;
  const [low, high] = [sizes[(sizes.length - 1) >> 1]!, sizes[sizes.length >> 1]!];
  return { median: (low + high) / 2, worst: sizes.at(-1)! };
}
