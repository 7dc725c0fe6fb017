import type { Host } from '../../host/host.js';
import { notice } from '../../text/notice.js';
import type { CommandSpec, Invocation } from '../command.js';
import { findConfig } from '../config/find.js';
import { readEnvironment } from '../environment.js';
import type { OptionName, Values } from '../options.js';
import { parseArguments } from './arguments.js';

/**
 * What the user asks of a command: flags win over `WCALC_*` environment variables, which win over the configuration
 * file. `commands` are known to messages.
 */
export async function readInvocation(
  command: CommandSpec,
  argv: readonly string[],
  host: Host,
  commands: readonly CommandSpec[],
): Promise<Invocation> {
  const typed = parseArguments(command, argv, commands);
  const environment = readEnvironment(command, host.env);
  for (const warning of environment.warnings) host.stderr.write(notice(warning));
  const chosen = command.options.includes('config')
    ? findConfig(host.files, typed.values.config as string | undefined)
    : undefined;
  const above = {
    values: { ...environment.values, ...typed.values },
    origins: { ...environment.origins, ...typed.origins },
  };
  if (chosen === undefined) return invocation(command, typed.positionals, above);
  const { readConfig } = await import('../config/read.js');
  const config = readConfig(host, chosen.file, chosen.from);
  const own = new Set<string>(command.options);
  const ofCommand = <T>(all: Readonly<Partial<Record<OptionName, T>>>): Partial<Record<OptionName, T>> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => own.has(name)));
  return {
    ...invocation(command, typed.positionals, {
      values: { ...ofCommand(config.values), ...above.values },
      origins: { ...ofCommand(config.origins), ...above.origins },
    }),
    sections: config.sections,
  };
}

const invocation = (
  command: CommandSpec,
  positionals: readonly string[],
  { values, origins }: { readonly values: object; readonly origins: Invocation['origins'] },
): Invocation => ({ command, positionals, values: values as Values, origins });
