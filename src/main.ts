import { COMMANDS } from './commands/index.js';
import { SourceError, UsageError } from './host/errors.js';
import { EXIT, type ExitCode } from './host/exit.js';
import type { Host } from './host/host.js';
import { VERSION } from './host/version.js';
import { readInvocation } from './input/arguments/invocation.js';
import type { Invocation } from './input/command.js';
import { route } from './input/route.js';
import { notice } from './text/notice.js';
import { printableOutput } from './text/printable.js';

/** The whole program: arguments to text and exit code. The one place that turns errors into messages. */
export async function run(host: Host): Promise<ExitCode> {
  try {
    const asked = route(host.argv, COMMANDS);
    if (asked.kind === 'version') {
      host.stdout.write(`${VERSION}\n`);
      return EXIT.done;
    }
    const argv = (await asked.command.rewrite?.(asked.argv)) ?? asked.argv;
    const typed = await readInvocation(asked.command, argv, host, COMMANDS);
    const invocation = learns(typed)
      ? await (await import('./observe/learnt.js')).withLearnt(typed, host)
      : typed;
    const { run } = await asked.command.load();
    return await run(invocation, host, COMMANDS);
  } catch (error) {
    return report(error, host);
  }
}

/** Whether values come from a profile or from this machine. */
const learns = ({ values, sections }: Invocation): boolean =>
  values.profile !== undefined || values.detect === true || sections?.laws !== undefined;

/** Writes an error as one line per mistake; the stack only where WCALC_DEBUG is set. */
function report(error: unknown, host: Host): ExitCode {
  const known = error instanceof UsageError || error instanceof SourceError;
  const message = error instanceof Error ? error.message : String(error);
  const text = known ? message : `a defect in wcalc: ${message}; please report it with the command you ran`;
  for (const sentence of error instanceof UsageError ? error.sentences : [text])
    host.stderr.write(notice(sentence));
  if (host.env.WCALC_DEBUG && error instanceof Error) host.stderr.write(printableOutput(`${error.stack}\n`));
  if (error instanceof UsageError) return EXIT.usage;
  return error instanceof SourceError ? EXIT.source : EXIT.defect;
}
