import type { ExitCode } from '../host/exit.js';
import type { Host } from '../host/host.js';
import type { Sections } from './config/sections.js';
import type { LearntValues } from './learnt.js';
import type { Origin } from './option.js';
import type { OptionName, Values } from './options.js';

/** What was typed, parsed and checked: the values by option name, and where each came from. */
export interface Invocation {
  readonly command: CommandSpec;
  readonly positionals: readonly string[];
  readonly values: Values;
  readonly origins: Readonly<Partial<Record<OptionName, Origin>>>;
  /** Parts of the configuration file that are no options, such as the severities of rules. */
  readonly sections?: Sections;
  /** What a profile or this machine told, with the laws of a request's times; its values are among `values` too. */
  readonly learnt?: LearntValues;
}

export interface Positional {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  readonly repeatable: boolean;
  readonly choices?: readonly string[];
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly options: readonly OptionName[];
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** Turns words that this command takes in a form of its own into options, before they are parsed. */
  readonly rewrite?: (argv: readonly string[]) => Promise<readonly string[]>;
  /** Loads its table of output formats, by name. */
  readonly formats?: () => Promise<Readonly<Record<string, unknown>>>;
  /** Words that a shell proposes for a positional or an option, by its name, though others are accepted, too. */
  readonly suggests?: (
    commands: readonly CommandSpec[],
  ) => Promise<Readonly<Record<string, readonly string[]>>>;
  /** Loads the command's code only when it runs. */
  readonly load: () => Promise<{
    /** `commands` are all that there are, for those that speak of others. */
    readonly run: (invocation: Invocation, host: Host, commands: readonly CommandSpec[]) => Promise<ExitCode>;
  }>;
}
