import { bashCompletion } from './bash.js';
import { fishCompletion } from './fish.js';
import type { CompletedCommand } from './words.js';
import { zshCompletion } from './zsh.js';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export type Shell = keyof typeof SCRIPTS;

/** The completion script for a shell, made from the table of commands and options. */
export const completionScript = (shell: Shell, commands: readonly CompletedCommand[]): string =>
  SCRIPTS[shell](commands);
