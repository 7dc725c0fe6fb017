import { lineEnds } from './line-ends.js';
import { type LogFormat, tellsTime } from './log-format.js';
import { lineReader } from './read-line.js';
import { emptyRow } from './row.js';
import { addRow, emptyTally, impossible, type Tally } from './tally.js';

/** A line that did not count, within its chunk. */
export interface BrokenLine {
  /** Lines of the chunk before it. */
  readonly offset: number;
  readonly text: string;
  readonly why: string;
}

export interface ChunkReport {
  readonly lines: number;
  readonly broken: readonly BrokenLine[];
}

/** Reads chunks of whole lines into one tally. */
export interface ChunkReader {
  readonly tally: Tally;
  /** Counts the lines in `bytes[from, to)`. */
  read(bytes: Uint8Array, from: number, to: number): ChunkReport;
}

const RETURN = 13;
const EXAMPLES = 5;
const EXAMPLE_BYTES = 120;

export function chunkReader(format: LogFormat): ChunkReader {
  const readLine = lineReader(format);
  const tally = emptyTally();
  const row = emptyRow();
  const stampsEnd = format.stamps === 'end';
  const wantsTime = tellsTime(format);
  const header = format.kind === 'delimited' ? new TextEncoder().encode(format.header) : null;
  return {
    tally,
    read(bytes, from, to) {
      const broken: BrokenLine[] = [];
      const endOfLine = lineEnds(bytes);
      let lines = 0;
      for (let at = from; at < to; ) {
        let end = endOfLine(at, to);
        const next = end + 1;
        if (end > at && bytes[end - 1] === RETURN) end--;
        if (end > at && !(header !== null && equals(bytes, at, end, header))) {
          const why = readLine(bytes, at, end, row) ? impossible(row, wantsTime) : 'not in this format';
          tally.lines++;
          if (why === null) addRow(tally, row, bytes, stampsEnd);
          else {
            tally.broken++;
            if (broken.length < EXAMPLES) broken.push({ offset: lines, text: shown(bytes, at, end), why });
          }
        }
        lines++;
        at = next;
      }
      return { lines, broken };
    },
  };
}

function equals(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (to - from !== text.length) return false;
  return text.every((byte, n) => bytes[from + n] === byte);
}

/** The beginning of a line, safe to print. */
export function shown(bytes: Uint8Array, from: number, to: number): string {
  const end = Math.min(to, from + EXAMPLE_BYTES);
  let text = '';
  for (let n = from; n < end; n++) {
    const byte = bytes[n]!;
    text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '?';
  }
  return to > end ? `${text}…` : text;
}
