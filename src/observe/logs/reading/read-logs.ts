import { SourceError } from '../../../host/errors.js';
import type { BytesOfFile, Host } from '../../../host/host.js';
import { addBroken, emptyTally, type LogTotals } from '../counting/tally.js';
import { readsRequests, shareRead } from '../formats/known-line.js';
import { type LogFormat, tellsDurations } from '../formats/log-format.js';
import { type FormatHints, recogniseFormat } from '../formats/recognise.js';
import { notRecognised, otherBasis, otherKind } from '../refusals.js';
import { type BrokenLine, countLines, type LinesRead, MOST_EXAMPLES } from './count-lines.js';
import { addPart, type CountParts, inThisThread } from './count-parts.js';
import { type OpenLog, openLog } from './open-log.js';
import { partsOf } from './parts.js';

/** A line that did not count, with the log that it stands in. */
export interface BrokenExample extends BrokenLine {
  readonly file: string;
}

/** What is kept of a format once the lines are read. */
type FormatSummary = Pick<LogFormat, 'name' | 'basis' | 'resolutionMs' | 'certain' | 'remedy'> & {
  readonly tellsDurations: boolean;
};

/** All logs, counted. */
export interface ReadLogs {
  readonly tally: LogTotals;
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
/** Share of a further log's lines that the first one's format must read to be its format too. */
const SAME_FORMAT = 0.5;

/** A format, and the lines that told it. */
interface Recognised {
  readonly format: LogFormat;
  readonly sample: readonly string[];
}

/**
 * Reads every log in one pass with memory that does not depend on their size; large plain ones are read in parts. Throws a
 * SourceError where a format is not recognised, or where the logs do not measure the same.
 */
export async function readLogs(
  host: Host,
  names: readonly string[],
  hints: FormatHints,
  progress: ReadProgress,
  countParts: CountParts = inThisThread(host.files),
): Promise<ReadLogs> {
  const total = totalBytes(host, names);
  const tally = emptyTally();
  const examples: BrokenExample[] = [];
  const notes: string[] = [];
  let bytes = 0;
  let known: Recognised | null = null;
  const advance = (more: number) => {
    bytes += more;
    progress.update(bytes, total);
  };
  const keep = (file: string, linesBefore: number, { broken, cut }: LinesRead) => {
    const example = (one: BrokenLine) => ({ file, ...one, line: linesBefore + one.line });
    const isLeftOut = cut !== null && tally.requests > 0;
    if (isLeftOut) notes.push(`${file}: the last line is not whole and is left out`);
    else if (cut !== null) addBroken(tally);
    examples.push(...(cut === null || isLeftOut ? broken : [...broken, cut]).map(example));
    examples.splice(MOST_EXAMPLES);
  };
  for (const name of names) {
    const bytesBefore = bytes;
    const { log, sample, close } = await sampled(openLog(host, name, advance));
    const next: Recognised = formatOf(log.name, sample, known, hints, notes);
    known ??= next;
    const parts = await partsOfLog(host, name, log);
    if (parts.length > 1) {
      await close();
      bytes = bytesBefore;
      const plain = { file: name, sample: next.sample, hints, machine: host.machineName };
      let linesBefore = 0;
      await countParts(plain, parts, (part) => {
        addPart(tally, part);
        keep(name, linesBefore, part);
        linesBefore += part.lines;
        advance(part.bytes);
      });
    } else keep(log.name, 0, await countLines(log.pieces, next.format, host.machineName, tally));
    const damage = log.damage();
    if (damage !== null) notes.push(`${log.name}: ${damage}; what came before is used`);
  }
  const { name, basis, resolutionMs, certain, remedy } = known!.format;
  const summary = {
    name,
    basis,
    resolutionMs,
    certain,
    remedy,
    tellsDurations: tellsDurations(known!.format),
  };
  return { tally, format: summary, files: names, bytes, examples, notes };
}

/** The format of a log: that of the logs before it, where it fits. */
function formatOf(
  name: string,
  sample: readonly string[],
  known: Recognised | null,
  hints: FormatHints,
  notes: string[],
): Recognised {
  const before = known?.format ?? null;
  const fits = before !== null && shareRead(before, sample) >= SAME_FORMAT;
  if (fits && readsRequests(before, sample)) return known!;
  const guess = recogniseFormat(sample, hints);
  if (!guess && fits) return known!;
  if (!guess) throw notRecognised(name, sample);
  if (before && tellsDurations(before) !== tellsDurations(guess.format)) throw otherKind(name, guess.format);
  if (before && before.basis !== guess.format.basis) throw otherBasis(name, guess.format);
  if (guess.note !== null && !notes.includes(guess.note)) notes.push(guess.note);
  return { format: guess.format, sample };
}

/** The parts of a plain log of some size; none of what is read as it comes. */
const partsOfLog = async (host: Host, name: string, log: OpenLog): Promise<readonly BytesOfFile[]> => {
  const status = name === '-' || !log.isPlain() ? null : host.files.status(name);
  return status?.kind === 'file' ? partsOf(host.files, name, status.bytes) : [];
};

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

/** A log whose first lines were looked at, and put back. */
interface Sampled {
  readonly log: OpenLog;
  readonly sample: readonly string[];
  /** For a log that is not to be read on. */
  close(): Promise<unknown>;
}

async function sampled(log: OpenLog): Promise<Sampled> {
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
  const close = async () => iterator.return?.();
  return { log: { ...log, pieces: putBack(begun, iterator) }, sample, close };
}

async function* putBack(begun: readonly string[], iterator: AsyncIterator<string>): AsyncGenerator<string> {
  yield* begun;
  yield* { [Symbol.asyncIterator]: () => iterator };
}
