import { SourceError, UsageError } from '../../../host/errors.js';
import type { Host } from '../../../host/host.js';
import { printable } from '../../../text/printable.js';
import { isData } from '../../data.js';
import { eachLine } from '../../logs/reading/lines.js';
import { openLog } from '../../logs/reading/open-log.js';
import type { DocumentFormat, LineFormat, Place, StepReader, TextFormat } from '../formats/format.js';
import { LOAD_TEST_FORMATS } from '../formats/index.js';
import type { LoadStep } from '../step.js';

const ACCEPTED =
  'accepted: k6 summary or --out json, wrk or wrk2 text, vegeta JSON, Locust CSV, hey CSV, oha JSON, JMeter CSV with a heading, ab text';

/** Longest document or report that is read; results as lines may be longer. */
const MOST_CHARACTERS = 1 << 24;
const MOST_STEPS = 1000;
/** More users than one generator has; predicting them takes time in proportion. */
const MOST_USERS = 100_000;

/** The steps of a load test in the order of the files, gzip and the like unpacked. Throws a SourceError that names the file. */
export async function readLoadTests(
  host: Host,
  files: readonly string[],
  generator?: LoadStep['loop'],
): Promise<readonly LoadStep[]> {
  const steps: LoadStep[] = [];
  for (const file of files) {
    const found = await stepsOf(host, file, generator);
    const other = found.find(({ loop }) => generator !== undefined && loop !== generator);
    if (other)
      throw new UsageError(
        `--generator: ${other.source} is of ${other.tool}, which is ${other.loop} here; leave it out`,
      );
    const crowd = found.find(({ users }) => users !== null && users > MOST_USERS);
    if (crowd)
      throw new SourceError(`${crowd.source}: tells ${crowd.users} users; at most ${MOST_USERS} are taken`);
    steps.push(...found);
    if (steps.length > MOST_STEPS) throw new SourceError(`${file}: there are more than ${MOST_STEPS} steps`);
  }
  return steps;
}

async function stepsOf(
  host: Host,
  file: string,
  generator: LoadStep['loop'] | undefined,
): Promise<readonly LoadStep[]> {
  const log = openLog(host, file, () => undefined);
  const place: Place = { file: log.name, ...(generator && { generator }) };
  let reader: StepReader | null = null;
  let number = 0;
  const kept: string[] = [];
  let characters = 0;
  await eachLine(log.pieces, {
    line(text, isCut) {
      number++;
      if (number === 1) reader = linesFormat(text)?.reader(text, place) ?? null;
      if (reader) {
        // What is still being written ends in half a line.
        if (!isCut || isWhole(text)) reader.line(text, number);
        return;
      }
      characters += text.length + 1;
      if (characters > MOST_CHARACTERS) throw tooLong(log.name);
      kept.push(text);
    },
    tooLong() {
      throw tooLong(log.name);
    },
  });
  const damage = log.damage();
  if (damage !== null) throw new SourceError(`${log.name}: ${damage}; give the whole file`);
  const lines = reader as StepReader | null;
  return lines ? lines.steps() : readWhole(kept.join('\n'), place);
}

const linesFormat = (first: string): LineFormat | undefined =>
  LOAD_TEST_FORMATS.filter((format) => format.kind === 'lines').find((format) => format.recognises(first));

/** Whether a last line without an end may be taken: JSON shows that it is whole, CSV does not but for its last cell. */
const isWhole = (text: string): boolean => !text.startsWith('{') || text.trimEnd().endsWith('}');

function readWhole(text: string, place: Place): readonly LoadStep[] {
  const { file } = place;
  const begin = text.replace(/^\ufeff/, '').trimStart();
  if (begin === '') throw new SourceError(`${file}: is empty; ${ACCEPTED}`);
  if (begin.startsWith('{')) {
    const data = parsed(begin, file);
    const format = LOAD_TEST_FORMATS.filter((one): one is DocumentFormat => one.kind === 'document').find(
      (one) => one.recognises(data),
    );
    if (format) return format.read(data, place);
  } else {
    const format = LOAD_TEST_FORMATS.filter((one): one is TextFormat => one.kind === 'text').find((one) =>
      one.recognises(begin),
    );
    if (format) return format.read(begin, place);
  }
  const first = printable(begin.slice(0, 60).split('\n')[0]!);
  throw new SourceError(`${file}: "${first}" begins no result of a load test that is known; ${ACCEPTED}`);
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    if (isData(data)) return data;
  } catch {
    // Said below.
  }
  throw new SourceError(`${file}: is no whole JSON document; ${ACCEPTED}`);
}

const tooLong = (file: string): SourceError =>
  new SourceError(
    `${file}: a report or a line of it is longer than a load test's can be (${MOST_CHARACTERS} characters in all, ${1 << 20} in a line)`,
  );
