import { type Comparison, counts, errorOf, type Metric } from './compare.js';
import type { Case } from './measured.js';

/** Signed errors of some cases: their mean, and between which the middle 90 % lie. */
interface Signed {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The signed errors of one kind of cases, by way of finding them. */
export interface SignedRow {
  readonly kind: string;
  readonly cases: number;
  readonly simulated: Readonly<Record<SignedMetric, Signed | null>>;
  readonly analytic: Readonly<Record<SignedMetric, Signed | null>>;
}

export const SIGNED_METRICS = ['mean', 'p95'] as const satisfies readonly Metric[];
type SignedMetric = (typeof SIGNED_METRICS)[number];

interface Kind {
  readonly kind: string;
  has(comparison: Comparison): boolean;
}

/** By what else the counted cases are told apart than by name; a case may be of several kinds. */
const KINDS: readonly Kind[] = [
  { kind: 'one CPU', has: ({ measured }) => measured.cores === 1 },
  { kind: 'two CPUs', has: ({ measured }) => measured.cores === 2 },
  { kind: 'more processes than CPUs', has: ({ measured }) => measured.workers > measured.cores },
  { kind: 'CPUs more than 60 % busy', has: ({ measured: m }) => m.rate * m.cpu_ms_per_req > 600 * m.cores },
  { kind: 'all', has: () => true },
];

/** The signed errors of the counted cases, by their names and kind by kind. */
export function signedErrors(
  comparisons: readonly Comparison[],
  nameOf: (measured: Case) => string,
): readonly SignedRow[] {
  const counted = comparisons.filter(counts);
  const names = [...new Set(counted.map(({ measured }) => nameOf(measured)))];
  const named = names.map((kind): Kind => ({ kind, has: ({ measured }) => nameOf(measured) === kind }));
  return [...named, ...KINDS].map(({ kind, has }) => {
    const cases = counted.filter(has);
    const of = (way: 'simulated' | 'analytic') =>
      Object.fromEntries(
        SIGNED_METRICS.map((metric) => [metric, signed(cases.map((c) => errorOf(c[way][metric])))]),
      ) as Record<SignedMetric, Signed | null>;
    return { kind, cases: cases.length, simulated: of('simulated'), analytic: of('analytic') };
  });
}

function signed(errors: readonly (number | null)[]): Signed | null {
  const known = errors.filter((error) => error !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const cut = Math.floor(0.05 * known.length);
  const mean = known.reduce((sum, error) => sum + error, 0) / known.length;
  return { mean, low: known[cut]!, high: known[known.length - 1 - cut]! };
}
