import { readNamed } from '../../check/inspect.js';
import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { detect } from '../../observe/machine/detect.js';
import { notice } from '../../text/notice.js';
import { printableOutput } from '../../text/printable.js';
import { counted } from '../../text/sentences.js';
import { configurationText } from './configuration-text.js';
import { subjectsOf } from './known.js';

/** What the other commands find by themselves. */
const USUAL = 'wcalc.yaml';

/** `wcalc init`: writes a configuration file, and never over one. */
export async function run({ values, positionals }: Invocation, host: Host): Promise<ExitCode> {
  const [file = USUAL, ...more] = values.output ?? [];
  if (more.length > 0) throw new UsageError('--output: init writes one file, and it is given twice');
  if (host.files.status(file) !== null || host.files.readLink(file) !== null)
    throw new UsageError(`${file}: is there already; remove it, or name another file with --output FILE`);
  const { project, failures } = await readNamed(positionals, values, host);
  const subjects = subjectsOf(project.deployments, await detect(host));
  host.files.writeText(file, configurationText(subjects));
  for (const failure of failures) host.stderr.write(notice(`warning: ${failure}`));
  const lines = subjects.flatMap((subject) => subject.lines);
  const known = lines.filter(({ isKnown }) => isKnown).length;
  host.stdout.write(
    printableOutput(
      `${file}: ${counted(known, 'value')} known, ${counted(lines.length - known, 'value')} to measure or to leave out\n`,
    ),
  );
  return EXIT.done;
}
