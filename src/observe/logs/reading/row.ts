/** What one line told. One row is reused for all lines; NaN or an empty text where a line did not tell. */
export interface Row {
  /** Time stamp, ms since 1970 (or since any origin). */
  timeMs: number;
  /** Infinite where the text is no duration, NaN where there is none. */
  durationMs: number;
  cpuMs: number;
  ioMs: number;
  pid: number;
  status: number;
  method: string;
  path: string;
}

export const emptyRow = (): Row => ({
  timeMs: Number.NaN,
  durationMs: Number.NaN,
  cpuMs: Number.NaN,
  ioMs: Number.NaN,
  pid: Number.NaN,
  status: Number.NaN,
  method: '',
  path: '',
});

export function clearRow(row: Row): void {
  row.timeMs = Number.NaN;
  row.durationMs = Number.NaN;
  row.cpuMs = Number.NaN;
  row.ioMs = Number.NaN;
  row.pid = Number.NaN;
  row.status = Number.NaN;
  row.method = '';
  row.path = '';
}

/** What a line is: a request, a line of another kind that the format knows, a heading, or none of these. */
export type LineKind = 'request' | 'other' | 'heading' | 'broken';

/** Reads a line into a row that has been cleared. */
export type ReadLine = (line: string, row: Row) => LineKind;
