import { readNamed } from '../../check/inspect.js';
import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { detect } from '../../observe/machine/detect.js';
import { notice } from '../../text/notice.js';
import { printable, printableOutput } from '../../text/printable.js';
import { hashComment } from '../../text/quote/comment.js';
import { counted } from '../../text/sentences.js';
import { wrap } from '../../text/wrap.js';
import { type Line, type Subject, subjectsOf } from './known.js';

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

const WIDTH = 100;

const HEAD =
  'Made by wcalc init; wcalc plan, check, fleet and the others read this file where they are run. Lines such as #rate are examples: put your own value in and take the # away.';

/** The configuration file: each known value under where it is from, each other one under how to measure it. */
const configurationText = (subjects: readonly Subject[]): string =>
  [comment(HEAD), ...subjects.flatMap(paragraph)].map((text) => `${text}\n`).join('\n');

const paragraph = ({ title, lines }: Subject): readonly string[] =>
  lines.length === 0 ? [] : [[comment(`${title}.`), ...lines.flatMap(written)].join('\n')];

const written = ({ name, value, comment: above, isKnown }: Line): readonly string[] => [
  comment(above),
  `${isKnown ? '' : '#'}${name}: ${value}`,
];

const comment = (text: string): string => hashComment(wrap(printable(text), WIDTH - 2).split('\n'));
