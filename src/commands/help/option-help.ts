import type { OptionName } from '../../input/options.js';
import { optionOf } from '../../input/value.js';
import { environmentNameOf, flagOf } from '../../text/names.js';
import { wrap } from '../../text/wrap.js';
import type { DescribedCommand } from '../described.js';
import { type PageContext, pairs } from './page.js';
import { usageOf } from './words.js';

/** The page of `wcalc help OPTION`: everything about one option. */
export function optionHelp(
  name: OptionName,
  commands: readonly DescribedCommand[],
  context: PageContext,
): string {
  const { type, help, measuring, fallback, repeatable, flagOnly, power } = optionOf(name);
  const owners = commands.filter((command) => command.options.includes(name));
  const rows: (readonly [string, string])[] = [['accepted', type.accepts]];
  if (fallback !== undefined) rows.push(['default', fallback]);
  if (repeatable) rows.push(['repeatable', 'yes']);
  if (type.isSwitch) rows.push(['to turn off', `--no-${flagOf(name).slice(2)}`]);
  if (flagOnly) rows.push(['elsewhere', 'on the command line only']);
  else if (typeof power === 'string') rows.push(['elsewhere', `in a file named with --config, as ${name}:`]);
  else rows.push(['environment', environmentNameOf(name)], ['wcalc.yaml', `${name}:`]);
  rows.push(['commands', owners.map((command) => command.name).join(', ')]);
  return `${context.style.strong(usageOf(name))}\n${wrap(help, context.width)}\n\n${pairs(rows, context)
    .map((line) => `  ${line}`)
    .join('\n')}\n${howToMeasure(measuring, context)}`;
}

function howToMeasure(paragraphs: readonly string[] | undefined, { style, width }: PageContext): string {
  if (!paragraphs) return '';
  const body = paragraphs.map((paragraph) => `  ${wrap(paragraph, width - 2, '  ')}`).join('\n\n');
  return `\n${style.strong('How to measure it')}\n${body}\n`;
}
