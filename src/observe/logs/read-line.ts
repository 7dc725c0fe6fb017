import type { Field, LineFormat, LogFormat } from './log-format.js';
import { readDelimited } from './read-delimited.js';
import { readJson } from './read-json.js';
import { clearRow, type ReadLine } from './row.js';
import { type Store, storeOf } from './store.js';

/** The reader of a format's lines. */
export function lineReader(format: LogFormat): ReadLine {
  if (format.kind === 'line') return readTemplate(format);
  return format.kind === 'json' ? readJson(format) : readDelimited(format);
}

const BACKSLASH = 92;
const QUOTE = 34;

/** A field compiled: the literal behind it, and what to do with its bytes (null: nothing). */
interface CompiledPart {
  readonly until: Uint8Array;
  readonly store: Store | null;
}

/**
 * Reads a line from its left end up to the last field that matters before the longest run of others, and the fields behind
 * that run from its right end: most bytes of a line are referrer and user agent, which need not be looked at.
 */
function readTemplate({ start, parts }: LineFormat): ReadLine {
  const encoder = new TextEncoder();
  const first = encoder.encode(start);
  const { leftTo, rightFrom } = splitParts(parts.map((part) => part.field));
  const compiled = parts.map(
    (part): CompiledPart => ({ until: encoder.encode(part.until), store: storeOf(part.field) }),
  );
  const left = withoutSkipped(compiled.slice(0, leftTo));
  const right = compiled.slice(rightFrom).reverse();
  const before = [...parts.slice(rightFrom - 1, -1)].reverse().map((part) => encoder.encode(part.until));
  return (bytes, from, to, row) => {
    clearRow(row);
    if (!matches(bytes, from, to, first)) return false;
    let at = from + first.length;
    for (const { until, store } of left) {
      const end = until.length === 0 ? to : endOf(bytes, at, to, until);
      if (end < 0) return false;
      if (store !== null) store(bytes, at, end, row);
      at = end + until.length;
    }
    let end = to;
    for (let p = 0; p < right.length; p++) {
      const { until, store } = right[p]!;
      end -= until.length;
      if (end < at || !matches(bytes, end, to, until)) return false;
      const begin = beginOf(bytes, at, end, before[p]!);
      if (begin < 0) return false;
      if (store !== null) store(bytes, begin, end, row);
      end = begin;
    }
    return true;
  };
}

const BRACKET = 91;

/**
 * Host and user before the bracketed time need not be told apart: the bracket is looked for at once. That is faster, and does
 * not mind blanks in the name of a user.
 */
function withoutSkipped(parts: readonly CompiledPart[]): readonly CompiledPart[] {
  const needed = parts.findIndex((part) => part.store !== null);
  return needed > 0 && parts[needed - 1]!.until.at(-1) === BRACKET ? parts.slice(needed - 1) : parts;
}

/** Fields that hold no blanks and quotes, so that they can be found from the right. */
const COMPACT: ReadonlySet<Field['kind']> = new Set(['duration', 'cpu', 'io', 'pid', 'status']);

/** Parts `[0, leftTo)` are read from the left, `[rightFrom, …)` from the right. */
function splitParts(fields: readonly Field[]): { readonly leftTo: number; readonly rightFrom: number } {
  const compactFrom = fields.findLastIndex((field) => !COMPACT.has(field.kind)) + 1;
  const lastNeeded = fields.slice(0, compactFrom).findLastIndex((field) => field.kind !== 'skip') + 1;
  if (compactFrom === 0 || compactFrom === fields.length || compactFrom === lastNeeded)
    return { leftTo: fields.length, rightFrom: fields.length };
  return { leftTo: lastNeeded, rightFrom: compactFrom };
}

/** Where the literal begins that ends a field, or −1. A quote that ends a field is not one behind a backslash. */
function endOf(bytes: Uint8Array, from: number, to: number, until: Uint8Array): number {
  const first = until[0]!;
  const length = until.length;
  for (let at = from; at < to; at++) {
    if (bytes[at] !== first) continue;
    if (first === QUOTE && at > from && isEscaped(bytes, from, at)) continue;
    if (length === 1 || matches(bytes, at, to, until)) return at;
  }
  return -1;
}

/** Behind the last place of a literal in `[from, to)`, or −1. */
function beginOf(bytes: Uint8Array, from: number, to: number, literal: Uint8Array): number {
  const length = literal.length;
  const last = literal[length - 1];
  // The literal may have been taken already by the field before it.
  for (let at = to; at >= from; at--) {
    if (bytes[at - 1] === last && at - length >= 0 && matches(bytes, at - length, at, literal)) return at;
  }
  return -1;
}

function isEscaped(bytes: Uint8Array, from: number, at: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes >= from && bytes[at - 1 - slashes] === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

function matches(bytes: Uint8Array, at: number, to: number, literal: Uint8Array): boolean {
  const length = literal.length;
  if (at + length > to) return false;
  for (let n = 0; n < length; n++) if (bytes[at + n] !== literal[n]) return false;
  return true;
}
