import type { BytesOfFile, FileAccess } from '../../../host/host.js';
import type { Counted } from '../../../math/statistics/histogram.js';
import { addTally, emptyTally, type LogTotals } from '../counting/tally.js';
import { type FormatHints, recogniseFormat } from '../formats/recognise.js';
import { countLines, type LinesRead } from './count-lines.js';
import { plainTexts } from './open-log.js';

/** What another thread must know of a plain log to read parts of it. */
export interface PlainLog {
  readonly file: string;
  /** Lines that tell the format, with what the user said of it. */
  readonly sample: readonly string[];
  readonly hints: FormatHints;
  /** The machine that wrote the log. */
  readonly machine: string;
}

/** What a part of a log told, as plain data. */
export interface CountedPart extends LinesRead {
  readonly bytes: number;
  readonly tally: LogTotals<Counted>;
}

/** Reads parts of a log, and hands over what they told in their order. */
export type CountParts = (
  log: PlainLog,
  parts: readonly BytesOfFile[],
  take: (part: CountedPart) => void,
) => Promise<void>;

/** Counts one part of a log after the other, each alone. */
export function partCounter(
  files: Pick<FileAccess, 'stream'>,
  { file, sample, hints, machine }: PlainLog,
): (part: BytesOfFile) => Promise<CountedPart> {
  const { format } = recogniseFormat(sample, hints)!;
  return async (part) => {
    let bytes = 0;
    const pieces = plainTexts(files.stream(file, part), (more) => {
      bytes += more;
    });
    const tally = emptyTally();
    const read = await countLines(pieces, format, machine, tally);
    return { ...read, bytes, tally };
  };
}

/** Reads one part after the other. */
export const inThisThread =
  (files: Pick<FileAccess, 'stream'>): CountParts =>
  async (log, parts, take) => {
    const count = partCounter(files, log);
    for (const part of parts) take(await count(part));
  };

/** Adds a part to the parts before it, as if the log had been read in one. */
export function addPart(to: LogTotals, { tally }: CountedPart): void {
  if (tally.firstMs < to.lastMs - 1000) to.backwards = true;
  addTally(to, tally);
}
