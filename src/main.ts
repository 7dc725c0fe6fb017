import { COMMANDS } from './commands/registry.js';
import { SourceError, UsageError } from './errors.js';
import { EXIT, type ExitCode } from './exit.js';
import type { Host } from './host.js';
import { parseArguments } from './parse/arguments.js';

/** The whole program: arguments to text and exit code. The one place that turns errors into messages. */
export async function run(host: Host): Promise<ExitCode> {
  try {
    const [first = '', ...rest] = host.argv;
    const named = COMMANDS.find((command) => command.name === first);
    const spec = named ?? COMMANDS[0]!;
    const { run } = await spec.load();
    return await run(parseArguments(spec, named ? rest : host.argv), host);
  } catch (error) {
    return report(error, host);
  }
}

function report(error: unknown, host: Host): ExitCode {
  const debug = Boolean(host.env.WCALC_DEBUG);
  const known = error instanceof UsageError || error instanceof SourceError;
  const message = error instanceof Error ? error.message : String(error);
  const text = known ? message : `a defect in wcalc: ${message}; please report it with the command you ran`;
  host.stderr.write(`wcalc: ${text}\n`);
  if (debug && error instanceof Error) host.stderr.write(`${error.stack}\n`);
  if (error instanceof UsageError) return EXIT.usage;
  return error instanceof SourceError ? EXIT.source : EXIT.defect;
}
