import { RULE_IDS, ruleOf } from '../../check/registry.js';
import { UsageError } from '../../host/errors.js';
import { OPTIONS } from '../../input/options.js';
import { FUNCTIONS, MAX_LENGTH, VARIABLES } from '../../plan/formulas/language.js';
import { MANUALS } from '../../servers/manuals.js';
import { flagOf } from '../../text/names.js';
import { didYouMean } from '../../text/suggest.js';
import { capital, sentence, type Topic } from '../../text/topic.js';
import { BOUND_TOPICS } from './topics/bounds.js';
import { ELSEWHERE_TOPICS } from './topics/elsewhere.js';
import { FORMULA_TOPICS } from './topics/formulas.js';
import { MEASURE_TOPICS } from './topics/measures.js';
import { METHOD_TOPICS } from './topics/methods.js';
import { POOLED_TOPIC } from './topics/pooled.js';
import { STRATEGY_TOPICS } from './topics/strategies.js';
import { WARNING_TOPICS } from './topics/warnings.js';

/** The rules of `wcalc check`, from their own texts. */
const CHECK_TOPICS: readonly Topic[] = RULE_IDS.map((id) => {
  const { title, summary, why, fix, source } = ruleOf(id);
  return {
    id,
    kind: 'check rule',
    title: capital(title),
    what: sentence(summary),
    why,
    fix,
    source,
  };
});

const variables = Object.entries(VARIABLES)
  .map(([name, { holds }]) => `${name} (${holds})`)
  .join('; ');

/** The language of `--formula`, from the same tables that evaluate it. */
const USER_FORMULA_TOPIC: Topic = {
  id: 'formula',
  kind: 'strategy',
  title: 'A strategy of your own (--formula)',
  what: `NAME=EXPR adds a row to the strategies: EXPR gives a whole number of workers. Variables: ${variables}. Functions: ${FUNCTIONS.join(', ')}. Operators: + - * / % ^, comparisons, and, or, not, and condition ? one : other.`,
  formula: 'house=min(2*cores+1, floor(memory/perWorker))',
  holds: `For expressions of up to ${MAX_LENGTH} characters over numbers; a variable needs the option that gives it.`,
  fails:
    'Assignments, texts, units, matrices and anything else are refused: a formula is data and runs no code.',
  source: 'mathjs, with these functions alone',
  seeAlso: ['cpu-heuristic', 'memory-bound'],
};

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
