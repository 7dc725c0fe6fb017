import { Parser } from 'yargs/helpers';
import { UsageError } from '../../host/errors.js';
import type { CommandSpec } from '../command.js';
import type { Origin } from '../option.js';
import type { OptionName } from '../options.js';
import { optionOf, parseText } from '../value.js';
import { Complaints } from './complaints.js';
import { diagnose } from './diagnose.js';
import { type Flag, flagsOf } from './flags.js';
import { checkPositionals } from './positionals.js';

/** Values by option name, with where each came from, before the layers are put together. */
export interface Layer {
  readonly values: Readonly<Partial<Record<OptionName, unknown>>>;
  readonly origins: Readonly<Partial<Record<OptionName, Origin>>>;
}

export interface TypedArguments extends Layer {
  readonly positionals: readonly string[];
}

/** Parses the arguments after the command's name. Throws a {@link UsageError} with one sentence per mistake. */
export function parseArguments(
  spec: CommandSpec,
  argv: readonly string[],
  commands: readonly CommandSpec[] = [],
): TypedArguments {
  const flags = flagsOf(spec);
  const wrong = diagnose(spec, argv, flags, commands);
  if (wrong.length > 0) throw Complaints.error(wrong);
  const typed = parsed(argv, flags);
  const complaints = new Complaints();
  const values: Partial<Record<OptionName, unknown>> = {};
  const origins: Partial<Record<OptionName, Origin>> = {};
  for (const [word, raw] of Object.entries(typed)) {
    const flag = flags.get(word);
    if (word === '_' || raw === undefined) continue;
    if (!flag) throw new UsageError(`unknown option --${word}; wcalc --help lists all options`);
    const { name } = flag;
    complaints.catch(() => {
      if (name in values)
        throw Complaints.error([
          `--${word} and ${origins[name]?.where} contradict each other; give one of them`,
        ]);
      values[name] = valueOfFlag(flag, `--${word}`, raw);
      origins[name] = { source: 'flag', where: `--${word}` };
    });
  }
  const positionals = typed._.map(String);
  complaints.catch(() => checkPositionals(spec, positionals));
  complaints.throw();
  return { positionals, values, origins };
}

type Typed = { readonly _: readonly unknown[]; readonly [word: string]: unknown };

/**
 * What the parser of yargs makes of the arguments. It is asked only after {@link diagnose}, which is as strict as yargs'
 * strict mode and says which option was meant; yargs as a whole would do the same work again, for a fifth of the time
 * that a plain run takes, and takes `--json=yes` for false.
 */
function parsed(argv: readonly string[], flags: ReadonlyMap<string, Flag>): Typed {
  const words = [...flags];
  const taking = words.filter(([, flag]) => !flag.isSwitch).map(([word]) => word);
  const { argv: typed, error } = Parser.detailed([...argv], {
    boolean: words.filter(([, flag]) => flag.isSwitch).map(([word]) => word),
    string: taking,
    // The next word is the value, whatever it begins with.
    narg: Object.fromEntries(taking.map((word) => [word, 1])),
    configuration: {
      // `--no-cores` would be 0; the negations that mean something are declared.
      'boolean-negation': false,
      'duplicate-arguments-array': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'dot-notation': false,
    },
  });
  if (error) throw new UsageError(`${error.message}; wcalc --help lists all options`);
  return typed;
}

function valueOfFlag({ name, isSwitch, negated }: Flag, where: string, raw: unknown): unknown {
  const { repeatable } = optionOf(name);
  if (Array.isArray(raw)) {
    if (repeatable) return raw.map((text) => parseText(name, where, String(text)));
    const times = raw.length === 2 ? 'twice' : `${raw.length} times`;
    throw Complaints.error([`${where} was given ${times} (${raw.map(String).join(', ')}); give it once`]);
  }
  const value = parseText(name, where, String(raw));
  if (isSwitch) return value !== negated;
  return repeatable ? [value] : value;
}
