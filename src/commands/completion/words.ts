import type { OptionName } from '../../input/options.js';
import { optionOf } from '../../input/value.js';
import type { DescribedCommand } from '../described.js';
import { placeholderOf, usageOf } from '../help/words.js';

/** A command with the words that it proposes for positionals and options, by name. */
export type CompletedCommand = DescribedCommand & {
  readonly suggested: Readonly<Record<string, readonly string[]>>;
};

/** What a shell needs to know of one flag. */
export interface CompletedFlag {
  readonly flag: string;
  readonly help: string;
  readonly takes: 'nothing' | 'a file' | 'a word' | 'anything';
  readonly words: readonly string[];
  readonly placeholder: string;
  readonly repeatable: boolean;
}

const HELP: CompletedFlag = {
  flag: '--help',
  help: 'explain the command',
  takes: 'nothing',
  words: [],
  placeholder: '',
  repeatable: false,
};

/** The flags of a command as its help names them. */
export const completedFlags = ({
  options,
  formats,
  suggested,
}: CompletedCommand): readonly CompletedFlag[] => [
  ...options.flatMap((name) => flagsOfOption(name, name === 'format' ? formats : suggested[name])),
  HELP,
];

function flagsOfOption(name: OptionName, words?: readonly string[]): readonly CompletedFlag[] {
  const option = optionOf(name);
  const { isSwitch } = option.type;
  const choices = words ?? option.type.choices;
  const takes = isSwitch
    ? 'nothing'
    : choices
      ? 'a word'
      : option.type.name === 'path'
        ? 'a file'
        : 'anything';
  return usageOf(name)
    .split(', ')
    .map((usage) => ({
      flag: usage.split(' ')[0]!,
      help: option.help,
      takes,
      words: choices ?? [],
      placeholder: isSwitch ? '' : placeholderOf(option),
      repeatable: option.repeatable ?? false,
    }));
}

/** The words that a command's positionals are chosen from; undefined where they are files. */
export function positionalWords({ positionals, suggested }: CompletedCommand): readonly string[] | undefined {
  const words = positionals.map(({ name, choices }) => choices ?? suggested[name]);
  return words.length > 0 && words.every((some) => some === undefined)
    ? undefined
    : words.flatMap((some) => some ?? []);
}
