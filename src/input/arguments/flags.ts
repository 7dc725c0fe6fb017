import { flagOf } from '../../text/names.js';
import type { CommandSpec } from '../command.js';
import type { OptionName } from '../options.js';
import { optionOf } from '../value.js';

/** What a flag on the command line stands for. `negated`: `--no-gil`. */
export interface Flag {
  readonly name: OptionName;
  readonly isSwitch: boolean;
  readonly negated: boolean;
}

/** Every flag of a command, without its dashes; a switch also has its `no-` form. */
export function flagsOf({ options }: Pick<CommandSpec, 'options'>): ReadonlyMap<string, Flag> {
  const flags = new Map<string, Flag>();
  for (const name of options) {
    const word = flagOf(name).slice(2);
    const isSwitch = optionOf(name).type.isSwitch ?? false;
    flags.set(word, { name, isSwitch, negated: false });
    if (isSwitch) flags.set(`no-${word}`, { name, isSwitch, negated: true });
  }
  return flags;
}
