import { UsageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import { commandHelp } from '../parse/help/command-help.js';
import { optionHelp } from '../parse/help/option-help.js';
import { overview } from '../parse/help/overview.js';
import type { PageContext } from '../parse/help/page.js';
import { flagOf } from '../parse/names.js';
import { didYouMean } from '../parse/nearest.js';
import { OPTIONS, type OptionName } from '../parse/options.js';
import { quoted } from '../parse/quantity/decimal.js';
import { colorLevel } from '../render/color.js';
import { widthOf } from '../render/deliver.js';
import { styleFor } from '../render/style.js';
import type { CommandSpec, Invocation } from './command.js';
import { describeCommands } from './describe.js';

const WIDEST = 100;

/** `wcalc help [COMMAND|OPTION]`, and what `--help` leads to. */
export async function run({ positionals, values }: Invocation, host: Host): Promise<ExitCode> {
  const level = colorLevel({ asked: values.color, env: host.env, isTerminal: host.stdout.isTerminal });
  const context: PageContext = {
    width: Math.min(widthOf(values, host), WIDEST),
    style: await styleFor(level),
  };
  host.stdout.write(pageOf(positionals[0], await describeCommands(), context));
  return EXIT.done;
}

function pageOf(topic: string | undefined, commands: readonly CommandSpec[], context: PageContext): string {
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
