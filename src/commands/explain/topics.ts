import { UsageError } from '../../host/errors.js';
import { OPTIONS } from '../../input/options.js';
import { MANUALS } from '../../servers/manuals.js';
import { flagOf } from '../../text/names.js';
import { didYouMean } from '../../text/suggest.js';
import type { Topic } from '../../text/topic.js';
import { BOUND_TOPICS } from './topics/bounds.js';
import { CHECK_TOPICS } from './topics/check-rules.js';
import { ELSEWHERE_TOPICS } from './topics/elsewhere.js';
import { FORMULA_TOPICS } from './topics/formulas.js';
import { MEASURE_TOPICS } from './topics/measures.js';
import { METHOD_TOPICS } from './topics/methods.js';
import { POOLED_TOPIC } from './topics/pooled.js';
import { STRATEGY_TOPICS } from './topics/strategies.js';
import { USER_FORMULA_TOPIC } from './topics/user-formulas.js';
import { WARNING_TOPICS } from './topics/warnings.js';

/** Every topic, in the order in which they are listed. */
export const TOPICS: readonly Topic[] = [
  ...Object.values(STRATEGY_TOPICS),
  USER_FORMULA_TOPIC,
  ...Object.values(BOUND_TOPICS),
  ...MANUALS.flatMap(({ topics }) => Object.values(topics)),
  ...MEASURE_TOPICS,
  ...METHOD_TOPICS,
  ...FORMULA_TOPICS,
  POOLED_TOPIC,
  ...ELSEWHERE_TOPICS,
  ...WARNING_TOPICS,
  ...CHECK_TOPICS,
];

const OPTION_FLAGS: ReadonlySet<string> = new Set(Object.keys(OPTIONS).map((name) => flagOf(name).slice(2)));

/** The topic of a name, as it is written in tables or in JSON (`p95`, `p95Ms`, `waitProbability`). */
export function topicOf(name: string): Topic {
  const id = name
    .replace(/(?<=[a-z0-9])([A-Z])/g, '-$1')
    .replaceAll('_', '-')
    .toLowerCase()
    .replace(/-(ms|mi-b|per-second)$/, '');
  const found = TOPICS.find((topic) => topic.id === id || topic.also?.includes(id));
  if (found) return found;
  const ids = TOPICS.flatMap((topic) => [topic.id, ...(topic.also ?? [])]);
  const option = OPTION_FLAGS.has(id) ? `; wcalc help ${id} explains the option` : '';
  throw new UsageError(
    `explain: there is no topic "${name}"${didYouMean(id, ids)}${option}; wcalc explain lists the topics`,
  );
}
