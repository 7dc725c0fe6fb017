import type { Positional } from '../../input/command.js';
import type { OptionName } from '../../input/options.js';
import { optionOf } from '../../input/value.js';
import { wrap } from '../../text/wrap.js';
import type { DescribedCommand } from '../described.js';
import { commandLines, type PageContext, pairs, section } from './page.js';
import { byGroup, helpOf, placeholderOf, usageOf } from './words.js';

/** The page of `wcalc help COMMAND`: examples first, then the options by group and how values are written. */
export function commandHelp(spec: DescribedCommand, context: PageContext): string {
  const { positionals, options, examples } = spec;
  const parts = [`${wrap(`${spec.name}: ${spec.summary}`, context.width)}\n`];
  parts.push(section('Usage', wrap(usageLine(spec), context.width - 2, '  ').split('\n'), context));
  if (examples.length > 0) parts.push(section('Examples', exampleLines(spec, context), context));
  if (positionals.length > 0)
    parts.push(section('Arguments', pairs(positionals.map(positionalRow), context), context));
  parts.push(...optionParts(options, context), ...formatPart(spec, context));
  return parts.join('\n');
}

/** The options of a command by group, and how their values are written. */
export function optionParts(options: readonly OptionName[], context: PageContext): readonly string[] {
  const groups = [...byGroup(options)].map(([group, names]) =>
    section(
      group,
      pairs(
        names.map((name) => [usageOf(name), helpOf(name)] as const),
        context,
      ),
      context,
    ),
  );
  const values = valueRows(options);
  return values.length > 0 ? [...groups, section('Values', pairs(values, context), context)] : groups;
}

/** The names that `--format` and `--output` take. */
export const formatPart = ({ formats = [] }: DescribedCommand, context: PageContext): readonly string[] =>
  formats.length > 0
    ? [section('Formats', wrap(formats.join(', '), context.width - 2).split('\n'), context)]
    : [];

/** `wcalc check FILE... [options]`. */
export const usageLine = ({
  name,
  positionals,
  options,
}: Pick<DescribedCommand, 'name' | 'positionals' | 'options'>): string =>
  [
    'wcalc',
    name,
    ...positionals.map((positional) => {
      const word = `${positional.name.toUpperCase()}${positional.repeatable ? '...' : ''}`;
      return positional.required ? word : `[${word}]`;
    }),
    ...(options.length > 0 ? ['[options]'] : []),
  ].join(' ');

/** Examples with what they do as comments, in lines that a shell takes as they are. */
export const exampleLines = ({ examples }: DescribedCommand, { width }: PageContext): readonly string[] =>
  examples.flatMap(({ command, does }) => [
    ...wrap(`# ${does}`, width - 2, '# ').split('\n'),
    ...commandLines(command, width - 2),
  ]);

const positionalRow = ({ name, help, choices }: Positional): readonly [string, string] => [
  name.toUpperCase(),
  choices ? `${help} (${choices.join(', ')})` : help,
];

const SELF_EXPLAINING = new Set(['PATH', 'TEXT', 'NAME', 'N']);

/** How each kind of value among the options is written, once. */
function valueRows(options: readonly OptionName[]): readonly (readonly [string, string])[] {
  const rows = new Map<string, string>();
  for (const name of options) {
    const option = optionOf(name);
    const placeholder = placeholderOf(option);
    if (!option.type.isSwitch && !SELF_EXPLAINING.has(placeholder) && !rows.has(placeholder))
      rows.set(placeholder, option.type.accepts);
  }
  return [...rows];
}
