import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { CommandSpec, Invocation } from '../../input/command.js';
import { OPTIONS, type OptionName } from '../../input/options.js';
import { quoted } from '../../input/quantity/decimal.js';
import { widthOf } from '../../output/deliver.js';
import { colorLevel } from '../../text/color.js';
import { flagOf } from '../../text/names.js';
import { styleFor } from '../../text/style.js';
import { didYouMean } from '../../text/suggest.js';
import { type DescribedCommand, describeCommands } from '../described.js';
import { commandHelp } from './command-help.js';
import { optionHelp } from './option-help.js';
import { overview } from './overview.js';
import type { PageContext } from './page.js';

const WIDEST = 100;

/** `wcalc help [COMMAND|OPTION]`, and what `--help` leads to. */
export async function run(
  { positionals, values }: Invocation,
  host: Host,
  commands: readonly CommandSpec[],
): Promise<ExitCode> {
  const level = colorLevel({ asked: values.color, env: host.env, isTerminal: host.stdout.isTerminal });
  const context: PageContext = {
    width: Math.min(widthOf(values, host), WIDEST),
    style: await styleFor(level),
  };
  host.stdout.write(pageOf(positionals[0], await describeCommands(commands), context));
  return EXIT.done;
}

function pageOf(
  topic: string | undefined,
  commands: readonly DescribedCommand[],
  context: PageContext,
): string {
  if (topic === undefined) return overview(commands, context);
  const command = commands.find(({ name }) => name === topic);
  if (command) return commandHelp(command, context);
  const flag = `--${topic.replace(/^--(no-)?/, '')}`;
  const options = Object.keys(OPTIONS) as OptionName[];
  const option = options.find((name) => flagOf(name) === flag || name === topic);
  if (option) return optionHelp(option, commands, context);
  const topics = [...commands.map(({ name }) => name), ...options.map((name) => flagOf(name).slice(2))];
  throw new UsageError(
    `${quoted(topic)} is neither a command nor an option${didYouMean(topic.replace(/^--/, ''), topics)}; wcalc --help lists both`,
  );
}
