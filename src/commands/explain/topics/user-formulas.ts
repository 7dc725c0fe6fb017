import { FUNCTIONS, MAX_LENGTH, VARIABLES } from '../../../plan/formulas/language.js';
import type { Topic } from '../../../text/topic.js';

const variables = Object.entries(VARIABLES)
  .map(([name, { holds }]) => `${name} (${holds})`)
  .join('; ');

/** The language of `--formula`, from the same tables that evaluate it. */
export const USER_FORMULA_TOPIC: Topic = {
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
