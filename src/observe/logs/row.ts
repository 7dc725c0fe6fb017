/** What one line told. One row is reused for all lines; NaN where a line did not tell. */
export interface Row {
  /** Time stamp, ms since 1970 (or since any origin). */
  timeMs: number;
  durationMs: number;
  cpuMs: number;
  ioMs: number;
  pid: number;
  status: number;
  /** Bytes of the method and path in the line's chunk; equal where there is none. */
  methodStart: number;
  methodEnd: number;
  pathStart: number;
  pathEnd: number;
  /** The path as text, where the line was not read as bytes. */
  path: string | null;
  method: string | null;
}

export const emptyRow = (): Row => ({
  timeMs: Number.NaN,
  durationMs: Number.NaN,
  cpuMs: Number.NaN,
  ioMs: Number.NaN,
  pid: Number.NaN,
  status: Number.NaN,
  methodStart: 0,
  methodEnd: 0,
  pathStart: 0,
  pathEnd: 0,
  path: null,
  method: null,
});

export function clearRow(row: Row): void {
  row.timeMs = Number.NaN;
  row.durationMs = Number.NaN;
  row.cpuMs = Number.NaN;
  row.ioMs = Number.NaN;
  row.pid = Number.NaN;
  row.status = Number.NaN;
  row.methodStart = 0;
  row.methodEnd = 0;
  row.pathStart = 0;
  row.pathEnd = 0;
  row.path = null;
  row.method = null;
}

/** Reads the line in `bytes[from, to)` into the row; false where it does not have the format. */
export type ReadLine = (bytes: Uint8Array, from: number, to: number, row: Row) => boolean;
