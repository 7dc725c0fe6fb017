import type { CommandSpec } from '../input/command.js';

/** A command with the names of its output formats in place of their tables. */
export type DescribedCommand = Omit<CommandSpec, 'formats'> & { readonly formats?: readonly string[] };

/** Commands with the names of their formats, for help and completion; the tables are loaded only to be listed. */
export const describeCommands = (commands: readonly CommandSpec[]): Promise<readonly DescribedCommand[]> =>
  Promise.all(
    commands.map(async ({ formats, ...command }) =>
      formats ? { ...command, formats: Object.keys(await formats()) } : command,
    ),
  );
