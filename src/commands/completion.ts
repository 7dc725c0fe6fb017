import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import type { Shell } from '../parse/completion/script.js';
import type { Invocation } from './command.js';
import { describeCommands } from './describe.js';

/** `wcalc completion bash|zsh|fish`. */
export async function run({ positionals }: Invocation, host: Host): Promise<ExitCode> {
  const { completionScript } = await import('../parse/completion/script.js');
  host.stdout.write(completionScript(positionals[0] as Shell, await describeCommands()));
  return EXIT.done;
}
