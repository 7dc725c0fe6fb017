import { SourceError } from '../host/errors.js';
import type { Section } from '../input/config/sections.js';
import type { LearntLaws } from '../input/learnt.js';
import type { Law } from '../math/laws/law.js';

const NAMES = ['service', 'cpu', 'io'] as const;
const MOST_QUANTILES = 10_000;

/** The section `laws` of a profile: for `service`, `cpu` and `io` the quantiles in ms, at equal steps of probability. */
export function readLaws(section: Section): LearntLaws {
  const { data } = section;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw wrong(section, [], 'laws');
  const laws: { -readonly [K in keyof LearntLaws]: LearntLaws[K] } = {};
  for (const [name, quantiles] of Object.entries(data)) {
    const known = NAMES.find((one) => one === name);
    if (!known || !isQuantiles(quantiles)) throw wrong(section, [name], `laws.${name}`);
    laws[known] = { kind: 'empirical', quantiles } satisfies Law;
  }
  return laws;
}

function isQuantiles(data: unknown): data is number[] {
  return (
    Array.isArray(data) &&
    data.length >= 2 &&
    data.length <= MOST_QUANTILES &&
    data.every((q, n) => typeof q === 'number' && Number.isFinite(q) && q >= (n === 0 ? 0 : data[n - 1])) &&
    data.at(-1) > 0
  );
}

const wrong = (section: Section, path: readonly string[], name: string) =>
  new SourceError(
    `${section.where(...path)}: ${name} is not accepted; accepted: service, cpu or io, each with a rising list of at least two quantiles in ms, as wcalc fit writes them`,
  );
