import { printable } from '../../../text/printable.js';
import { addBroken, addRow, impossible, type LogTotals } from '../counting/tally.js';
import { type LogFormat, tellsDurations } from '../formats/log-format.js';
import { textOfBytes } from './bytes.js';
import { eachLine, LONGEST_LINE } from './lines.js';
import { clearRow, emptyRow } from './row.js';

/** A line that did not count, with where it stands. */
export interface BrokenLine {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

/** What lines told beside what was tallied. */
export interface LinesRead {
  /** Lines, whatever stands in them. */
  readonly lines: number;
  /** The first broken ones. */
  readonly broken: readonly BrokenLine[];
  /** A last line without its end that cannot be read; it is not in the tally. */
  readonly cut: BrokenLine | null;
}

/** Broken lines that are kept as examples. */
export const MOST_EXAMPLES = 5;
const LONGEST_SHOWN = 120;

/** Tallies the lines of a text in this format that a machine wrote. */
export async function countLines(
  pieces: AsyncIterable<string>,
  format: LogFormat,
  machine: string,
  tally: LogTotals,
): Promise<LinesRead> {
  const read = format.reader();
  const row = emptyRow();
  const wantsTime = format.tells.has('time');
  const meaning = { stampsEnd: format.stamps === 'end', durations: tellsDurations(format), host: machine };
  const broken: BrokenLine[] = [];
  let cut: BrokenLine | null = null;
  let lines = 0;
  const breaks = (why: string, text: string) => {
    addBroken(tally);
    if (broken.length < MOST_EXAMPLES) broken.push({ line: lines, text: shown(text), why });
  };
  await eachLine(pieces, {
    tooLong(begin) {
      lines++;
      breaks(`longer than ${LONGEST_LINE} bytes`, begin);
    },
    line(text, isCut) {
      lines++;
      if (text.length === 0 || (text.charCodeAt(0) <= 32 && text.trim() === '')) return;
      clearRow(row);
      const kind = read(text, row);
      if (kind === 'heading') return;
      const why =
        kind === 'broken' ? 'not in this format' : kind === 'request' ? impossible(row, wantsTime) : null;
      if (why !== null) {
        if (isCut) cut = { line: lines, text: shown(text), why };
        else breaks(why, text);
        return;
      }
      tally.lines++;
      if (kind === 'other') tally.other++;
      else addRow(tally, row, meaning);
    },
  });
  return { lines, broken, cut };
}

const shown = (text: string): string => printable(textOfBytes(text.slice(0, LONGEST_SHOWN)));
