import type { FieldKind } from '../reading/fields.js';
import type { ReadLine } from '../reading/row.js';

/** What the durations of a log measure. */
export type DurationBasis =
  /** From the first parsed byte to the response: the time in front of a worker is not in it. */
  | 'service'
  /** From a proxy's view: waiting for a worker is in it. */
  | 'response';

/** What the times of a log mean. */
export interface Traits {
  readonly basis: DurationBasis;
  /** Whether time stamps mark a request's arrival; logs are usually written at its end. */
  readonly stamps: 'arrival' | 'end';
  /** Resolution of the durations, ms. */
  readonly resolutionMs: number;
}

/** How a log's lines are laid out, and how to read them. */
export interface LogFormat extends Traits {
  /** For people: `Gunicorn, %(D)s`. */
  readonly name: string;
  /** What its lines tell. */
  readonly tells: ReadonlySet<FieldKind>;
  /** Recognised without doubt, so that lines of other kinds among its own do not make it doubtful. */
  readonly certain: boolean;
  /** Of a format that tells no durations: how to get them. */
  readonly remedy: string | null;
  /** A reader of its lines; each keeps state of its own. */
  reader(): ReadLine;
}

/** A format, and what was taken for granted; null where the lines leave no doubt. */
export interface Guess {
  readonly format: LogFormat;
  readonly note: string | null;
}

/** Whether a log in this format tells how long requests took. */
export const tellsDurations = ({ tells }: Pick<LogFormat, 'tells'>): boolean =>
  tells.has('duration') || (tells.has('cpu') && tells.has('io'));

/** How to get durations into a log of named columns. */
export const NAME_A_COLUMN = 'add a column with the duration, or name it with --column duration=NAME:ms';
