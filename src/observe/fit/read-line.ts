import type { LineFormat, LogFormat } from './log-format.js';
import { readDelimited } from './read-delimited.js';
import { readJson } from './read-json.js';
import { clearRow, type ReadLine } from './row.js';
import { storeOf } from './store.js';

/** The reader of a format's lines. */
export function lineReader(format: LogFormat): ReadLine {
  if (format.kind === 'line') return readTemplate(format);
  return format.kind === 'json' ? readJson(format) : readDelimited(format);
}

const BACKSLASH = 92;
const QUOTE = 34;

function readTemplate({ start, parts }: LineFormat): ReadLine {
  const encoder = new TextEncoder();
  const first = encoder.encode(start);
  const ends = parts.map((part) => encoder.encode(part.until));
  const stores = parts.map((part) => storeOf(part.field));
  const count = parts.length;
  return (bytes, from, to, row) => {
    clearRow(row);
    if (!matches(bytes, from, to, first)) return false;
    let at = from + first.length;
    for (let p = 0; p < count; p++) {
      const until = ends[p]!;
      const end = until.length === 0 ? to : endOf(bytes, at, to, until);
      if (end < 0) return false;
      const store = stores[p];
      if (store) store(bytes, at, end, row);
      at = end + until.length;
    }
    return true;
  };
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
