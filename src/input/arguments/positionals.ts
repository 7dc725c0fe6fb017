import { UsageError } from '../../host/errors.js';
import { didYouMean } from '../../text/suggest.js';
import type { CommandSpec } from '../command.js';
import { quoted } from '../quantity/decimal.js';

/** Throws where positionals are missing, too many, or not among their choices. */
export function checkPositionals(spec: CommandSpec, typed: readonly string[]): void {
  const { positionals } = spec;
  const last = positionals.at(-1);
  const missing = positionals.find((positional, at) => positional.required && typed[at] === undefined);
  if (missing)
    throw new UsageError(
      `wcalc ${spec.name} needs ${missing.name.toUpperCase()}: ${missing.help}${missing.choices ? `; accepted: ${missing.choices.join(', ')}` : ''}`,
    );
  if (typed.length > positionals.length && !last?.repeatable) {
    const extra = typed[positionals.length]!;
    const takes =
      positionals.length === 0
        ? 'takes options only'
        : `takes ${positionals.map((positional) => positional.name.toUpperCase()).join(' ')}`;
    throw new UsageError(`unexpected argument ${quoted(extra)}: wcalc ${spec.name} ${takes}`);
  }
  for (const [at, text] of typed.entries()) {
    const { name, choices } = positionals[at] ?? last!;
    if (choices && !choices.includes(text))
      throw new UsageError(
        `${name.toUpperCase()}: ${quoted(text)} is not known${didYouMean(text, choices)}; accepted: ${choices.join(', ')}`,
      );
  }
}
