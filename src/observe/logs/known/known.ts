import type { Traits } from '../formats/log-format.js';
import type { Field } from '../reading/fields.js';

/** A line of a format, and what it tells: shown to readers and tried by a test. */
interface Example {
  readonly line: string;
  readonly tells: {
    readonly time?: string;
    readonly durationMs?: number | null;
    readonly status?: number;
    readonly method?: string;
    readonly path?: string;
  };
}

interface Known extends Traits {
  readonly name: string;
  /** Where the format is described. */
  readonly source: string;
  readonly examples: readonly Example[];
}

/** A format of JSON lines. */
export interface KnownJson extends Known {
  /** Names by which it is recognised; those of objects in objects are joined by dots. */
  readonly has: readonly string[];
  /** What its values tell; of several of a kind the first that a log has counts. */
  readonly columns: Readonly<Record<string, Field>>;
}

/** A format of lines of names and values, `name=value`. */
export interface KnownPairs extends Known {
  readonly has: readonly string[];
  readonly columns: Readonly<Record<string, Field>>;
}

/**
 * A format of plain lines. Its layouts are written as for `--log-format`, in nginx's way: `$time`, `$request`, `$method`,
 * `$path`, `$status` and `$pid` tell what they say, a unit behind any name makes it a duration, everything else is skipped.
 */
export interface KnownLine extends Known {
  readonly layouts: readonly string[];
  /** Layouts with parts that may be missing, as expressions; each field is a group. */
  readonly patterns?: readonly { readonly pattern: RegExp; readonly fields: readonly Field[] }[];
  /** Every other line belongs to a request whose end has a line of its own. */
  readonly isAmongOthers?: true;
  /** How to get durations, of a format that tells none. */
  readonly remedy?: string;
}

/** What most examples tell, apart from the time. */
export const ORDERS = { durationMs: 100, status: 200, method: 'GET', path: '/orders' } as const;

export const seconds: Field = { kind: 'duration', msPerUnit: 1e3 };
export const milliseconds: Field = { kind: 'duration', msPerUnit: 1 };
export const nanoseconds: Field = { kind: 'duration', msPerUnit: 1e-6 };
export const time: Field = { kind: 'time', msPerUnit: null };
export const method: Field = { kind: 'method' };
export const path: Field = { kind: 'path' };
export const status: Field = { kind: 'status' };
export const pid: Field = { kind: 'pid' };
