import { impossible } from '../counting/tally.js';
import type { KnownLine } from '../known/known.js';
import { LINE_FORMATS } from '../known/lines/index.js';
import { emptyRow, type Row } from '../reading/row.js';
import { compileFormat } from './format-string.js';
import type { LogFormat } from './log-format.js';
import { patternReader } from './template.js';

const ENOUGH = 0.1;

/** The formats of a known kind of lines, one for each of its layouts. */
const formatsOf = (known: KnownLine): LogFormat[] =>
  [
    ...known.layouts.map((layout) => compileFormat(layout, 'every field')),
    ...(known.patterns ?? []).map(ofPattern),
  ].map((compiled) => ({
    ...compiled,
    name: known.name,
    basis: known.basis,
    stamps: known.stamps,
    resolutionMs: known.resolutionMs,
    certain: true,
    remedy: known.remedy ?? null,
  }));

/** A format to which a line that it cannot read is one of another kind. */
const amongOthers = (format: LogFormat): LogFormat => ({
  ...format,
  reader: () => {
    const read = format.reader();
    return (line, row) => {
      const kind = read(line, row);
      return kind === 'broken' ? 'other' : kind;
    };
  },
});

const ofPattern = ({ pattern, fields }: NonNullable<KnownLine['patterns']>[number]) => ({
  tells: new Set(fields.map(({ kind }) => kind)),
  reader: () => patternReader(pattern, fields),
});

/** The known format that reads most of these lines; null where none reads enough of them. */
export const knownLineFormat = (sample: readonly string[]): LogFormat | null =>
  bestOf(
    LINE_FORMATS.filter(({ isAmongOthers }) => !isAmongOthers),
    sample,
  );

/** The known format of a line here and there, between others that are none of requests; null where there is none. */
export function scatteredFormat(sample: readonly string[]): LogFormat | null {
  const best = bestOf(
    LINE_FORMATS.filter(({ isAmongOthers }) => isAmongOthers),
    sample,
  );
  return best && amongOthers(best);
}

function bestOf(known: readonly KnownLine[], sample: readonly string[]): LogFormat | null {
  let best: LogFormat | null = null;
  let most = ENOUGH * sample.length;
  for (const format of known.flatMap(formatsOf)) {
    const read = shareRead(format, sample) * sample.length;
    if (read > most) [best, most] = [format, read];
  }
  return best;
}

/** A format that puts a word where a status or a time belongs is another one. */
function isPlausible(row: Row, { tells }: LogFormat): boolean {
  if (tells.has('status') && !(row.status >= 100 && row.status < 1000))
    return Number.isNaN(row.status) && !tells.has('time');
  return impossible(row, tells.has('time')) === null;
}

/** Share of lines that a format reads. */
export function shareRead(format: LogFormat, lines: readonly string[]): number {
  const read = format.reader();
  const known = lines.filter((line) => {
    const row = emptyRow();
    const kind = read(line, row);
    return kind === 'request' ? isPlausible(row, format) : kind !== 'broken';
  });
  return lines.length === 0 ? 0 : known.length / lines.length;
}

/** Whether a format finds requests in these lines, and not only lines of other kinds. */
export function readsRequests(format: LogFormat, lines: readonly string[]): boolean {
  const read = format.reader();
  return lines.some((line) => read(line, emptyRow()) === 'request');
}
