import { UsageError } from '../host/errors.js';
import { didYouMean } from '../text/suggest.js';
import type { CommandSpec } from './command.js';
import { NARROWEST } from './options/output.js';
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
    if (help)
      return {
        kind: 'command',
        command: help,
        argv: [...(named ? [named.name] : []), ...appearanceOf(options)],
      };
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

/** What was said of how the help is to look, as far as it is right. */
function appearanceOf(options: readonly string[]): string[] {
  const colour = options.filter((word) => word === '--color' || word === '--no-color').slice(-1);
  const widths = options.flatMap((word, n) => {
    const [, text = word === '--width' ? options[n + 1] : undefined] = /^--width=(.*)$/.exec(word) ?? [];
    return text !== undefined && /^\d{2,4}$/.test(text) && Number(text) >= NARROWEST ? [text] : [];
  });
  return [...colour, ...widths.slice(-1).map((text) => `--width=${text}`)];
}
