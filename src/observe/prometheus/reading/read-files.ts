import { SourceError } from '../../../host/errors.js';
import type { Host } from '../../../host/host.js';
import { printable } from '../../../text/printable.js';
import { eachLine } from '../../logs/reading/lines.js';
import { openLog } from '../../logs/reading/open-log.js';
import { exposition } from '../formats/exposition.js';
import { queryRange } from '../formats/query-range.js';
import type { Series } from '../series.js';
import { Collected, inOrder } from './collected.js';

/** The wanted series of one file. */
export interface FileSeries {
  readonly file: string;
  /** Whether it is one look at the counters of a process, which tells no time. */
  readonly isOneLook: boolean;
  readonly series: readonly Series[];
}

const ACCEPTED =
  "accepted: what a target shows at /metrics (Prometheus's text format or OpenMetrics), or an answer of query_range as JSON";

/** Longest JSON document. */
const MOST_CHARACTERS = 1 << 27;

/** Reads a file of what Prometheus reads or answers, packed or not. Throws a SourceError that names file and line. */
export async function readSeries(host: Host, file: string, wanted: ReadonlySet<string>): Promise<FileSeries> {
  const log = openLog(host, file, () => undefined);
  const pieces = log.pieces[Symbol.asyncIterator]();
  const first = (await pieces.next()).value ?? '';
  const rest = putBack(first, { [Symbol.asyncIterator]: () => pieces });
  const isDocument = begins(first, log.name);
  const found = isDocument
    ? documentOf(await joined(rest, log.name), log.name)
    : await samplesOf(rest, log.name, wanted);
  const damage = log.damage();
  if (damage !== null) throw new SourceError(`${log.name}: ${damage}; give the whole file`);
  const series = found.map(inOrder);
  const isOneLook = !isDocument && series.every(({ times }) => times.length === 1);
  return { file: log.name, isOneLook, series };
}

async function* putBack(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** Whether the text begins a JSON document. Throws where it begins nothing that is read. */
function begins(text: string, file: string): boolean {
  const head = text.slice(0, 400).trimStart();
  if (head === '') throw new SourceError(`${file}: is empty; ${ACCEPTED}`);
  if (queryRange.recognises(head)) return true;
  if (exposition.recognises(head)) return false;
  throw new SourceError(
    `${file}: "${printable(head.slice(0, 60).split('\n')[0]!)}" begins nothing of Prometheus; ${ACCEPTED}`,
  );
}

async function samplesOf(
  pieces: AsyncIterable<string>,
  file: string,
  wanted: ReadonlySet<string>,
): Promise<readonly Series[]> {
  const collected = new Collected(file, wanted);
  let number = 0;
  await eachLine(pieces, {
    line(text, isCut) {
      number++;
      if (!exposition.line(text, collected) && !isCut)
        throw new SourceError(
          `${file}:${number}: "${printable(text.slice(0, 60))}" is no sample of a metric; ${ACCEPTED}`,
        );
    },
    tooLong(begin) {
      throw new SourceError(`${file}: "${printable(begin.slice(0, 60))}" begins a line of more than 1 MiB`);
    },
  });
  return collected.all();
}

async function joined(pieces: AsyncIterable<string>, file: string): Promise<string> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length > MOST_CHARACTERS)
      throw new SourceError(
        `${file}: has more than ${MOST_CHARACTERS} bytes; give a shorter time or a longer step`,
      );
  }
  return text;
}

function documentOf(latin1: string, file: string): readonly Series[] {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(latin1, 'latin1').toString('utf8'));
  } catch {
    throw new SourceError(`${file}: is no whole JSON document; ${ACCEPTED}`);
  }
  return queryRange.read(data, file);
}
