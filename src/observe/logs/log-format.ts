/**
 * How a log's lines are laid out, as plain data that can be sent to a worker thread.
 *
 * A line log is a sequence of fields, each ended by the literal text that follows it. JSON lines and delimited files
 * name their columns.
 */
export type LogFormat = LineFormat | JsonFormat | DelimitedFormat;

/** What a field tells; everything else is skipped. `msPerUnit` turns a field's number into ms. */
export type Field =
  | { readonly kind: 'skip' }
  /** `21/Nov/2026:02:29:24 +0000`, the common log format's time. */
  | { readonly kind: 'clf-time' }
  /** ISO 8601, or seconds since 1970. */
  | { readonly kind: 'time'; readonly msPerUnit: number }
  /** `GET /path HTTP/1.1` */
  | { readonly kind: 'request' }
  | { readonly kind: 'path' }
  | { readonly kind: 'method' }
  /** `<123>` or `123` */
  | { readonly kind: 'pid' }
  | { readonly kind: 'status' }
  | { readonly kind: 'duration'; readonly msPerUnit: number }
  | { readonly kind: 'cpu'; readonly msPerUnit: number }
  | { readonly kind: 'io'; readonly msPerUnit: number };

export interface LinePart {
  readonly field: Field;
  /** Literal text after the field; empty at the end of the line. */
  readonly until: string;
}

/** What the durations of a log measure. */
export type DurationBasis =
  /** From the first parsed byte to the response: the time in front of a worker is not in it. */
  | 'service'
  /** From a proxy's view: waiting for a worker is in it. */
  | 'response';

interface Common {
  /** For people: `Gunicorn, %(D)s`. */
  readonly name: string;
  readonly basis: DurationBasis;
  /** Whether time stamps mark a request's arrival; logs are usually written at its end. */
  readonly stamps: 'arrival' | 'end';
  /** Resolution of the durations, ms. */
  readonly resolutionMs: number;
}

export interface LineFormat extends Common {
  readonly kind: 'line';
  readonly start: string;
  readonly parts: readonly LinePart[];
}

export interface JsonFormat extends Common {
  readonly kind: 'json';
  readonly columns: readonly { readonly name: string; readonly field: Field }[];
}

export interface DelimitedFormat extends Common {
  readonly kind: 'delimited';
  /** The line of names, which begins each file. */
  readonly header: string;
  readonly delimiter: string;
  /** Field by column, from the left. */
  readonly columns: readonly Field[];
}

export const SKIP: Field = { kind: 'skip' };

/** Fields of a format, whatever its kind. */
function fieldsOf(format: LogFormat): readonly Field[] {
  if (format.kind === 'line') return format.parts.map((part) => part.field);
  return format.kind === 'json' ? format.columns.map((column) => column.field) : format.columns;
}

/** Whether a log in this format tells how long requests took. */
export const tellsDurations = (format: LogFormat): boolean => {
  const kinds = new Set(fieldsOf(format).map((field) => field.kind));
  return kinds.has('duration') || (kinds.has('cpu') && kinds.has('io'));
};

export const tellsTime = (format: LogFormat): boolean =>
  fieldsOf(format).some((field) => field.kind === 'time' || field.kind === 'clf-time');
