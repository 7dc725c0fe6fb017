import { UsageError } from '../host/errors.js';
import type { UserFormula } from './types.js';

const FORM = /^\s*([A-Za-z][\w-]{0,39})\s*=(?!=)\s*(\S[\s\S]*)$/;

/** The formulas of `--formula`, each with a name of its own. */
export function parseFormulas(texts: readonly string[]): readonly UserFormula[] {
  const formulas = texts.map(parseFormula);
  formulas.forEach(({ name }, n) => {
    if (formulas.findIndex((other) => other.name === name) < n)
      throw new UsageError(`--formula: "${name}" was given twice; give each formula a name of its own`);
  });
  return formulas;
}

/** Splits `NAME=EXPR`; the expression itself is read by `src/expression`. */
function parseFormula(text: string): UserFormula {
  const match = FORM.exec(text);
  if (!match)
    throw new UsageError(
      `--formula: "${text}" is not NAME=EXPR; accepted: a name of letters, digits, "-" and "_", then "=" and an expression, such as house=min(2*cores+1, floor(memory/perWorker))`,
    );
  return { name: match[1]!, expression: match[2]!.trim() };
}
