import yargs from 'yargs';
import type { CommandSpec, Invocation } from '../commands/command.js';
import { UsageError } from '../errors.js';
import { flagOf } from './names.js';
import type { Origin } from './option.js';
import type { Values } from './options.js';
import { optionOf, parseText } from './value.js';

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
    parser.option(
      flagOf(name).slice(2),
      optionOf(name).type.isSwitch ? { boolean: true } : { string: true, requiresArg: true },
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
    const texts = (Array.isArray(raw) ? raw : [raw]).map((item) =>
      parseText(name, flagOf(name), String(item)),
    );
    values[name] = optionOf(name).repeatable ? texts : texts.at(-1);
    origins[name] = { source: 'flag', where: flagOf(name) };
  }
  return { command: spec, positionals: typed._.map(String), values: values as Values, origins };
}
