import yargs from 'yargs';
import type { CommandSpec, Invocation } from '../commands/command.js';
import { UsageError } from '../errors.js';
import { type Option, type Origin, ValueError } from './option.js';
import { OPTIONS, type OptionName, type Values } from './options.js';

export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** Parses the arguments after the command's name. */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): Invocation {
  const parser = yargs([...argv])
    .parserConfiguration({
      'boolean-negation': true,
      'duplicate-arguments-array': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'dot-notation': false,
    })
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  for (const name of spec.options) {
    const option: Option<unknown> = OPTIONS[name];
    parser.option(
      flagOf(name).slice(2),
      option.type.isSwitch ? { boolean: true } : { string: true, requiresArg: true },
    );
  }
  const typed = parser.parseSync();
  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  const known = new Map(spec.options.map((name) => [flagOf(name).slice(2), name]));
  for (const [key, raw] of Object.entries(typed)) {
    if (key === '_' || key === '$0' || raw === undefined) continue;
    const name = known.get(key);
    if (!name) throw new UsageError(`unknown option --${key}`);
    values[name] = parseValue(name, flagOf(name), raw);
    origins[name] = { source: 'flag', where: flagOf(name) };
  }
  return { positionals: typed._.map(String), values: values as Values, origins };
}

/** Parses what was typed for an option; `where` is named in the message when it is wrong. */
export function parseValue(name: OptionName, where: string, raw: unknown): unknown {
  const option: Option<unknown> = OPTIONS[name];
  const one = (text: unknown): unknown => {
    try {
      return option.type.parse(String(text));
    } catch (error) {
      throw error instanceof ValueError ? new UsageError(`${where}: ${error.message}`) : error;
    }
  };
  if (option.repeatable) return (Array.isArray(raw) ? raw : [raw]).map(one);
  return one(Array.isArray(raw) ? raw.at(-1) : raw);
}
