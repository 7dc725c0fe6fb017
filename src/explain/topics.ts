import { UsageError } from '../errors.js';
import { didYouMean } from '../parse/nearest.js';
import type { Topic } from './topic.js';
import { BOUND_TOPICS } from './topics/bounds.js';
import { CHECK_TOPICS } from './topics/check-rules.js';
import { CLASS_TOPICS } from './topics/classes.js';
import { ELSEWHERE_TOPICS } from './topics/elsewhere.js';
import { FORMULA_TOPICS } from './topics/formulas.js';
import { METHOD_TOPICS } from './topics/methods.js';
import { STRATEGY_TOPICS } from './topics/strategies.js';
import { USER_FORMULA_TOPIC } from './topics/user-formulas.js';
import { WARNING_TOPICS } from './topics/warnings.js';

/** Every topic, in the order in which they are listed. */
export const TOPICS: readonly Topic[] = [
  ...Object.values(STRATEGY_TOPICS),
  USER_FORMULA_TOPIC,
  ...Object.values(BOUND_TOPICS),
  ...Object.values(CLASS_TOPICS),
  ...METHOD_TOPICS,
  ...FORMULA_TOPICS,
  ...ELSEWHERE_TOPICS,
  ...WARNING_TOPICS,
  ...CHECK_TOPICS,
];

/** The topic of a name, whatever its case. */
export function topicOf(name: string): Topic {
  const id = name.toLowerCase();
  const found = TOPICS.find((topic) => topic.id === id);
  if (found) return found;
  const ids = TOPICS.map((topic) => topic.id);
  throw new UsageError(
    `explain: there is no topic "${name}"${didYouMean(id, ids)}; wcalc explain lists them all`,
  );
}
