import { anyTime, clfTimes, decimal, whole } from './byte-values.js';
import type { Field } from './log-format.js';
import type { Row } from './row.js';

const BLANK = 32;

export type Store = (bytes: Uint8Array, from: number, to: number, row: Row) => void;

/** Puts a field's bytes into the row; null for what is skipped. */
export function storeOf(field: Field): Store | null {
  switch (field.kind) {
    case 'skip':
      return null;
    case 'clf-time': {
      const read = clfTimes();
      return (bytes, from, to, row) => {
        row.timeMs = read(bytes, from, to);
      };
    }
    case 'time':
      return (bytes, from, to, row) => {
        row.timeMs = anyTime(bytes, from, to, field.msPerUnit);
      };
    case 'request':
      return storeRequest;
    case 'path':
      return (_, from, to, row) => {
        row.pathStart = from;
        row.pathEnd = to;
      };
    case 'method':
      return (_, from, to, row) => {
        row.methodStart = from;
        row.methodEnd = to;
      };
    case 'pid':
      return (bytes, from, to, row) => {
        row.pid = bytes[from] === 60 ? whole(bytes, from + 1, to - 1) : whole(bytes, from, to);
      };
    case 'status':
      return (bytes, from, to, row) => {
        row.status = whole(bytes, from, to);
      };
    case 'duration':
      return (bytes, from, to, row) => {
        row.durationMs = duration(bytes, from, to) * field.msPerUnit;
      };
    case 'cpu':
      return (bytes, from, to, row) => {
        row.cpuMs = decimal(bytes, from, to) * field.msPerUnit;
      };
    case 'io':
      return (bytes, from, to, row) => {
        row.ioMs = decimal(bytes, from, to) * field.msPerUnit;
      };
  }
}

const DASH = 45;

/** A duration in its unit: NaN for `-` and nothing, which stand for none, and infinite for what is not a number. */
function duration(bytes: Uint8Array, from: number, to: number): number {
  if (to === from || (to === from + 1 && bytes[from] === DASH)) return Number.NaN;
  const value = lastDecimal(bytes, from, to);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

/** nginx lists an upstream time for every server it tried, `0.001, 0.120`: the last one answered. */
function lastDecimal(bytes: Uint8Array, from: number, to: number): number {
  const value = decimal(bytes, from, to);
  if (!Number.isNaN(value)) return value;
  let at = to;
  while (at > from && bytes[at - 1] !== 44 && bytes[at - 1] !== 58) at--;
  if (at === from) return value;
  while (at < to && bytes[at] === BLANK) at++;
  return decimal(bytes, at, to);
}

const storeRequest: Store = (bytes, from, to, row) => {
  let at = from;
  while (at < to && bytes[at] !== BLANK) at++;
  row.methodStart = from;
  row.methodEnd = at;
  row.pathStart = Math.min(at + 1, to);
  at = row.pathStart;
  while (at < to && bytes[at] !== BLANK) at++;
  row.pathEnd = at;
};
