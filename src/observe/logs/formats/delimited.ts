import { type Field, storeOf } from '../reading/fields.js';
import type { ReadLine } from '../reading/row.js';

/** A file of columns under a heading. */
export interface DelimitedLayout {
  readonly delimiter: string;
  /** What each column tells, from the left. */
  readonly columns: readonly Field[];
  /** Columns of a date and of the time of day, where a time stamp is split so; −1 where it is not. */
  readonly dateAt: number;
  readonly clockAt: number;
  /** Whether a line is a heading or a remark. */
  isHeading(line: string): boolean;
}

/** Reads CSV, TSV and the extended log format: one expression for the columns up to the last that matters. */
export function delimitedReader(layout: DelimitedLayout): ReadLine {
  const { columns, dateAt, clockAt, isHeading } = layout;
  const last = Math.max(
    columns.findLastIndex(({ kind }) => kind !== 'skip'),
    dateAt,
    clockAt,
  );
  const other = layout.delimiter === ' ' ? ' ' : layout.delimiter;
  const plain = `[^${other}]*`;
  const isWanted = (n: number) => columns[n]!.kind !== 'skip' || n === dateAt || n === clockAt;
  const cell = (n: number) =>
    isWanted(n) ? `(?:"([^"]*(?:""[^"]*)*)"|(${plain}))` : `(?:"[^"]*(?:""[^"]*)*"|${plain})`;
  const cells = Array.from({ length: last + 1 }, (_, n) => cell(n));
  const pattern = new RegExp(`^${cells.join(other)}(?:${other}|$)`);
  const wanted = Array.from({ length: last + 1 }, (_, n) => n).filter(isWanted);
  const stores = wanted.map((n) => storeOf(columns[n]!));
  const [date, clock] = [wanted.indexOf(dateAt), wanted.indexOf(clockAt)];
  const storeTime = storeOf({ kind: 'time', msPerUnit: null });
  return (line, row) => {
    const match = pattern.exec(line);
    if (match === null || isHeading(line)) return isHeading(line) ? 'heading' : 'broken';
    const textAt = (n: number): string => match[2 * n + 1] ?? match[2 * n + 2] ?? '';
    for (let n = 0; n < stores.length; n++) stores[n]!(textAt(n), row);
    if (date >= 0 && clock >= 0) storeTime(`${textAt(date)}T${textAt(clock)}Z`, row);
    return 'request';
  };
}
