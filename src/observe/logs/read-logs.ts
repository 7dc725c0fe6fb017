import { SourceError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import { counterHere, counterInThreads, type LineCounter } from './counter.js';
import { type LogFormat, tellsDurations } from './log-format.js';
import { type OpenLog, openLog } from './open-log.js';
import { type FormatHints, recogniseFormat } from './recognise.js';
import { noDurations, notRecognised } from './refusals.js';
import type { Tally } from './tally.js';
import { countingThreads } from './threads.js';
import { type BrokenExample, lineFeeder } from './whole-lines.js';

/** All logs, counted. */
export interface ReadLogs {
  readonly tally: Tally;
  readonly format: LogFormat;
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
/** Below this the start of threads costs more than they save. */
const THREADS_FROM_BYTES = 16 << 20;
const MOST_THREADS = 4;

/**
 * Reads every log in one pass with memory that does not depend on their size. Throws a SourceError where the format is not
 * recognised, tells no durations, or does not fit most lines.
 */
export async function readLogs(
  host: Host,
  names: readonly string[],
  hints: FormatHints,
  progress: ReadProgress,
): Promise<ReadLogs> {
  const total = totalBytes(host, names);
  let bytes = 0;
  const open = (name: string) =>
    openLog(host, name, (more) => {
      bytes += more;
      progress.update(bytes, total);
    });
  const first = await sampled(open(names[0]!));
  const guess = recogniseFormat(first.sample, hints);
  if (!guess) throw notRecognised(first.log.name, first.sample);
  const { format } = guess;
  if (!tellsDurations(format)) throw noDurations(first.log.name, format);
  const counter = counterFor(host, format, total);
  const notes = guess.note === null ? [] : [guess.note];
  try {
    const feeder = lineFeeder(counter);
    for (const [n, name] of names.entries()) {
      const log = n === 0 ? first.log : open(name);
      await feeder.feed(log.name, log.pieces);
      const damage = log.damage();
      if (damage !== null) notes.push(`${log.name}: ${damage}; what came before is used`);
    }
    await feeder.settled();
    const tally = await counter.finish();
    tally.lines += feeder.tooLong;
    tally.broken += feeder.tooLong;
    return { tally, format, files: names, bytes, examples: feeder.examples, notes };
  } finally {
    counter.stop();
  }
}

/** Bytes of all files; null where stdin is among them. */
function totalBytes(host: Host, names: readonly string[]): number | null {
  let total = 0;
  for (const name of names) {
    if (name === '-') return null;
    const status = host.files.status(name);
    if (status?.kind === 'directory')
      throw new SourceError(`${name}: is a directory; accepted: log files, plain or gzip, or - for stdin`);
    total += status?.bytes ?? 0;
  }
  return total;
}

function counterFor(host: Host, format: LogFormat, total: number | null): LineCounter {
  const cores = Math.min(MOST_THREADS, host.hardwareThreads);
  const threads = cores > 1 && (total === null || total >= THREADS_FROM_BYTES) ? countingThreads(cores) : [];
  return threads.length > 0 ? counterInThreads(format, threads) : counterHere(format);
}

/** Reads the first lines of a log and puts them back. */
async function sampled(log: OpenLog): Promise<{ readonly log: OpenLog; readonly sample: readonly string[] }> {
  const iterator = log.pieces[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let bytes = 0;
  let ended = false;
  while (bytes < SAMPLE_BYTES && !ended) {
    const next = await iterator.next();
    ended = next.done === true;
    if (next.done) break;
    begun.push(next.value);
    bytes += next.value.length;
  }
  const text = new TextDecoder().decode(Buffer.concat(begun).subarray(0, SAMPLE_BYTES));
  const lines = text.split(/\r?\n/);
  // The last line may be cut off.
  const sample = lines.slice(0, ended && bytes <= SAMPLE_BYTES ? lines.length : -1).slice(0, SAMPLE_LINES);
  if (sample.every((line) => line.trim() === '') && (ended || bytes === 0))
    throw new SourceError(`${log.name}: ${log.damage() ?? 'is empty'}; accepted: access logs with durations`);
  if (sample.length === 0)
    throw new SourceError(
      `${log.name}:1: is longer than ${SAMPLE_BYTES} bytes; accepted: access logs, one request on a line`,
    );
  return { log: { ...log, pieces: putBack(begun, iterator) }, sample };
}

async function* putBack(
  begun: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* begun;
  yield* { [Symbol.asyncIterator]: () => iterator };
}
