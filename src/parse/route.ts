import type { CommandSpec } from '../commands/command.js';
import { UsageError } from '../errors.js';
import { didYouMean } from './nearest.js';
import { quoted } from './quantity/decimal.js';

/** What the first arguments ask for. */
export type Route =
  | { readonly kind: 'version' }
  | { readonly kind: 'command'; readonly command: CommandSpec; readonly argv: readonly string[] };

/**
 * Finds the command: the first argument where it is a name, else the default command, the first of the list. Asking
 * for help anywhere before `--` leads to the `help` command, whatever else is wrong.
 */
export function route(argv: readonly string[], commands: readonly CommandSpec[]): Route {
  const [first = '', ...rest] = argv;
  const named = commands.find(({ name }) => name === first);
  const options = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  if (options.includes('--help') || options.includes('-h')) {
    const help = commands.find(({ name }) => name === 'help');
    if (help) return { kind: 'command', command: help, argv: named ? [named.name] : [] };
  }
  if (options.includes('--version') || options.includes('-V')) return { kind: 'version' };
  if (named) return { kind: 'command', command: named, argv: rest };
  if (first !== '' && !first.startsWith('-')) {
    const names = commands.map(({ name }) => name);
    throw new UsageError(
      `unknown command ${quoted(first)}${didYouMean(first, names)}; commands: ${names.join(', ')}`,
    );
  }
  return { kind: 'command', command: commands[0]!, argv };
}
