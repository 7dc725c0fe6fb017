import { SourceError } from '../../../host/errors.js';
import type { Host } from '../../../host/host.js';
import { printable } from '../../../text/printable.js';
import { addRow, emptyTally, impossible, type Tally } from '../counting/tally.js';
import { readsRequests, shareRead } from '../formats/known-line.js';
import { type LogFormat, tellsDurations } from '../formats/log-format.js';
import { type FormatHints, recogniseFormat } from '../formats/recognise.js';
import { notRecognised, otherBasis, otherKind } from '../refusals.js';
import { textOfBytes } from './bytes.js';
import { eachLine, LONGEST_LINE } from './lines.js';
import { type OpenLog, openLog } from './open-log.js';
import { clearRow, emptyRow } from './row.js';

/** A line that did not count, with where it stands. */
export interface BrokenExample {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

/** What is kept of a format once the lines are read. */
export type FormatSummary = Pick<LogFormat, 'name' | 'basis' | 'resolutionMs' | 'certain' | 'remedy'> & {
  readonly tellsDurations: boolean;
};

/** All logs, counted. */
export interface ReadLogs {
  readonly tally: Tally;
  readonly format: FormatSummary;
  readonly files: readonly string[];
  readonly bytes: number;
  readonly examples: readonly BrokenExample[];
  readonly notes: readonly string[];
}

export interface ReadProgress {
  /** Bytes read, and bytes in all (null for stdin). */
  update(done: number, total: number | null): void;
}

const SAMPLE_BYTES = 1 << 18;
const SAMPLE_LINES = 1000;
const MOST_EXAMPLES = 5;
const LONGEST_SHOWN = 120;
/** Share of a further log's lines that the first one's format must read to be its format too. */
const SAME_FORMAT = 0.5;

/**
 * Reads every log in one pass with memory that does not depend on their size. Throws a SourceError where a format is not
 * recognised, or where the logs do not measure the same.
 */
export async function readLogs(
  host: Host,
  names: readonly string[],
  hints: FormatHints,
  progress: ReadProgress,
): Promise<ReadLogs> {
  const total = totalBytes(host, names);
  const tally = emptyTally();
  const examples: BrokenExample[] = [];
  const notes: string[] = [];
  let bytes = 0;
  let format: LogFormat | null = null;
  for (const name of names) {
    const { log, sample } = await sampled(
      openLog(host, name, (more) => {
        bytes += more;
        progress.update(bytes, total);
      }),
    );
    const next: LogFormat = formatOf(log.name, sample, format, hints, notes);
    format ??= next;
    await countLines(log, next, host.machineName, tally, examples, notes);
    const damage = log.damage();
    if (damage !== null) notes.push(`${log.name}: ${damage}; what came before is used`);
  }
  const { name, basis, resolutionMs, certain, remedy } = format!;
  const summary = { name, basis, resolutionMs, certain, remedy, tellsDurations: tellsDurations(format!) };
  return { tally, format: summary, files: names, bytes, examples, notes };
}

/** The format of a log: that of the logs before it, where it fits. */
function formatOf(
  name: string,
  sample: readonly string[],
  before: LogFormat | null,
  hints: FormatHints,
  notes: string[],
): LogFormat {
  const fits = before !== null && shareRead(before, sample) >= SAME_FORMAT;
  if (fits && readsRequests(before, sample)) return before;
  const guess = recogniseFormat(sample, hints);
  if (!guess && fits) return before;
  if (!guess) throw notRecognised(name, sample);
  if (before && tellsDurations(before) !== tellsDurations(guess.format)) throw otherKind(name, guess.format);
  if (before && before.basis !== guess.format.basis) throw otherBasis(name, guess.format);
  if (guess.note !== null && !notes.includes(guess.note)) notes.push(guess.note);
  return guess.format;
}

/** Counts the lines of a log. A last line that is cut off, as in a log that is still written, is not held against it. */
async function countLines(
  log: OpenLog,
  format: LogFormat,
  machine: string,
  tally: Tally,
  examples: BrokenExample[],
  notes: string[],
): Promise<void> {
  const read = format.reader();
  const row = emptyRow();
  const wantsTime = format.tells.has('time');
  const meaning = { stampsEnd: format.stamps === 'end', durations: tellsDurations(format), host: machine };
  let number = 0;
  const breaks = (why: string, text: string) => {
    tally.lines++;
    tally.broken++;
    if (examples.length < MOST_EXAMPLES)
      examples.push({ file: log.name, line: number, text: shown(text), why });
  };
  await eachLine(log.pieces, {
    tooLong(begin) {
      number++;
      breaks(`longer than ${LONGEST_LINE} bytes`, begin);
    },
    line(text, isCut) {
      number++;
      if (text.length === 0 || (text.charCodeAt(0) <= 32 && text.trim() === '')) return;
      clearRow(row);
      const kind = read(text, row);
      const why =
        kind === 'broken' ? 'not in this format' : kind === 'request' ? impossible(row, wantsTime) : null;
      if (kind === 'heading') return;
      if (why !== null) {
        if (isCut && tally.requests > 0)
          notes.push(`${log.name}: the last line is not whole and is left out`);
        else breaks(why, text);
        return;
      }
      tally.lines++;
      if (kind === 'other') tally.other++;
      else addRow(tally, row, meaning);
    },
  });
}

const shown = (text: string): string => printable(textOfBytes(text.slice(0, LONGEST_SHOWN)));

/** Bytes of all files; null where stdin is among them. */
function totalBytes(host: Host, names: readonly string[]): number | null {
  let total = 0;
  for (const name of names) {
    if (name === '-') return null;
    const status = host.files.status(name);
    if (status?.kind === 'directory')
      throw new SourceError(
        `${name}: is a directory; accepted: log files, plain or packed by gzip, zstd or bzip2, or - for stdin`,
      );
    total += status?.bytes ?? 0;
  }
  return total;
}

/** Reads the first lines of a log and puts them back. */
async function sampled(log: OpenLog): Promise<{ readonly log: OpenLog; readonly sample: readonly string[] }> {
  const iterator = log.pieces[Symbol.asyncIterator]();
  const begun: string[] = [];
  let length = 0;
  let ended = false;
  while (length < SAMPLE_BYTES && !ended) {
    const next = await iterator.next();
    ended = next.done === true;
    if (next.done) break;
    begun.push(next.value);
    length += next.value.length;
  }
  const lines = begun.join('').slice(0, SAMPLE_BYTES).split(/\r?\n/);
  // The last line may be cut off.
  const isWhole = ended && length <= SAMPLE_BYTES;
  const sample = lines.slice(0, isWhole ? lines.length : -1).slice(0, SAMPLE_LINES);
  if (sample.every((line) => line.trim() === '') && (ended || length === 0))
    throw new SourceError(`${log.name}: ${log.damage() ?? 'is empty'}; accepted: access logs`);
  if (sample.length === 0)
    throw new SourceError(
      `${log.name}:1: is longer than ${SAMPLE_BYTES} bytes; accepted: access logs, one request on a line`,
    );
  return { log: { ...log, pieces: putBack(begun, iterator) }, sample };
}

async function* putBack(begun: readonly string[], iterator: AsyncIterator<string>): AsyncGenerator<string> {
  yield* begun;
  yield* { [Symbol.asyncIterator]: () => iterator };
}
