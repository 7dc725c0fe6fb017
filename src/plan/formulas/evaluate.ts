import { UsageError } from '../../host/errors.js';
import type { UserFormula } from '../../profile/types.js';
import { flagOf } from '../../text/names.js';
import { refusal } from './check.js';
import type { MathNode } from './functions.js';
import { MAX_LENGTH, VARIABLES, type VariableName, type Variables } from './language.js';
import { parseExpression } from './mathjs.js';

const MOST_WORKERS = 1_000_000;
const WHOLE = 1e-9;

/**
 * Workers that a formula of the user's own gives: a whole number of 1 or more. The text is data: an expression of
 * bounded length and depth over documented variables and functions. Throws a UsageError where it is anything else.
 */
export function workersByFormula({ name, expression }: UserFormula, variables: Variables): number {
  const fail = (problem: string): never => {
    throw new UsageError(`--formula ${name}: ${problem}`);
  };
  if (expression.length > MAX_LENGTH)
    fail(`has ${expression.length} characters; accepted: at most ${MAX_LENGTH}`);
  const tree = parsed(expression, fail);
  const used = new Set<VariableName>();
  const refused = refusal(tree, used);
  if (refused) fail(refused);
  const scope = new Map<string, number>();
  for (const variable of used) {
    const value = variables[variable];
    if (value === null) fail(`uses "${variable}", which needs ${flagOf(VARIABLES[variable].option)}`);
    else scope.set(variable, value);
  }
  return wholeWorkers(evaluated(tree, scope, fail), fail);
}

type Fail = (problem: string) => never;

function parsed(expression: string, fail: Fail): MathNode {
  try {
    return parseExpression(expression);
  } catch (error) {
    return fail(`cannot be read: ${messageOf(error)}`);
  }
}

function evaluated(tree: MathNode, scope: Map<string, number>, fail: Fail): unknown {
  try {
    return tree.compile().evaluate(scope) as unknown;
  } catch (error) {
    return fail(`cannot be computed: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function wholeWorkers(value: unknown, fail: Fail): number {
  const accepted = 'accepted: a whole number of workers, 1 or more (floor, ceil and round make one)';
  if (typeof value !== 'number')
    return fail(`gives ${typeof value === 'boolean' ? String(value) : 'no number'}; ${accepted}`);
  if (!Number.isFinite(value))
    return fail(`gives no finite number, by a division by zero or an overflow; ${accepted}`);
  const whole = Math.round(value);
  if (Math.abs(value - whole) > WHOLE * Math.max(1, Math.abs(whole)))
    return fail(`gives ${value}; ${accepted}`);
  if (whole < 1) return fail(`gives ${whole}; ${accepted}`);
  if (whole > MOST_WORKERS) return fail(`gives ${whole}; accepted: at most ${MOST_WORKERS}`);
  return whole;
}
