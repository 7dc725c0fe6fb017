import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { CommandSpec, Invocation } from '../../input/command.js';
import { describeCommands } from '../described.js';
import type { Shell } from './script.js';
import type { CompletedCommand } from './words.js';

/** `wcalc completion bash|zsh|fish`. */
export async function run(
  { positionals }: Invocation,
  host: Host,
  commands: readonly CommandSpec[],
): Promise<ExitCode> {
  const { completionScript } = await import('./script.js');
  host.stdout.write(completionScript(positionals[0] as Shell, await withSuggestions(commands)));
  return EXIT.done;
}

/** The commands with the words that each proposes. */
async function withSuggestions(commands: readonly CommandSpec[]): Promise<readonly CompletedCommand[]> {
  const described = await describeCommands(commands);
  return Promise.all(
    described.map(async (command) => ({
      ...command,
      suggested: (await command.suggests?.(commands)) ?? {},
    })),
  );
}
