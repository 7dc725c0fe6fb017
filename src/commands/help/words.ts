import type { Option } from '../../input/option.js';
import type { OptionName } from '../../input/options.js';
import { optionOf } from '../../input/value.js';
import { grouped } from '../../text/lookup.js';
import { flagOf } from '../../text/names.js';

/** What stands for an option's value in help: `--cores CORES`. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  cpu: 'CORES',
  memory: 'SIZE',
  'memory-or-share': 'SIZE',
  duration: 'TIME',
  'whole-seconds': 'SECONDS',
  rate: 'RATE',
  share: 'SHARE',
  'positive-share': 'SHARE',
  'io-ratio': 'RATIO',
  count: 'N',
  number: 'N',
  objective: 'OBJECTIVE',
  distribution: 'LAW',
  path: 'PATH',
  text: 'TEXT',
  choice: 'NAME',
};

export const placeholderOf = (option: Option<unknown>): string =>
  PLACEHOLDERS[option.type.name] ?? option.type.name.replaceAll('-', '_').toUpperCase();

/** `--cores CORES`, `--gil, --no-gil`, `--json`. */
export function usageOf(name: OptionName): string {
  const option = optionOf(name);
  const flag = flagOf(name);
  if (!option.type.isSwitch) return `${flag} ${placeholderOf(option)}`;
  return hasUsefulNegation(option) ? `${flag}, --no-${flag.slice(2)}` : flag;
}

/** A switch whose default is not simply off is worth turning off. */
const hasUsefulNegation = (option: Option<unknown>): boolean =>
  option.fallback !== undefined && option.fallback !== 'off';

/** The option's line of help, with its words, its default and whether it may be repeated. */
export function helpOf(name: OptionName): string {
  const { help, type, fallback, repeatable } = optionOf(name);
  const notes = [
    ...(type.choices ? [type.choices.join(', ')] : []),
    ...(fallback !== undefined ? [`default: ${fallback}`] : []),
    ...(repeatable ? ['repeatable'] : []),
  ];
  return notes.length > 0 ? `${help} (${notes.join('; ')})` : help;
}

/** A command's options by group, in the order of the table. */
export const byGroup = (names: readonly OptionName[]): ReadonlyMap<string, readonly OptionName[]> =>
  grouped(names, (name) => optionOf(name).group);
