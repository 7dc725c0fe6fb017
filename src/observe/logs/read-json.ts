import { isoTimes } from './byte-values.js';
import type { Field, JsonFormat } from './log-format.js';
import { clearRow, type ReadLine, type Row } from './row.js';

/** Reads JSON lines: one object per line, nested names written with dots. */
export function readJson({ columns }: JsonFormat): ReadLine {
  let buffer = Buffer.alloc(0);
  const iso = isoTimes();
  const paths = columns.map(({ name, field }) => ({ keys: keysOf(name), field }));
  return (bytes, from, to, row) => {
    clearRow(row);
    // A Buffer gives the text of a part without a copy of its bytes.
    if (buffer.buffer !== bytes.buffer) buffer = Buffer.from(bytes.buffer as ArrayBuffer);
    let line: unknown;
    try {
      line = JSON.parse(buffer.toString('utf8', bytes.byteOffset + from, bytes.byteOffset + to));
    } catch {
      return false;
    }
    if (typeof line !== 'object' || line === null) return false;
    for (const { keys, field } of paths) {
      const value = lookUp(line, keys);
      if (value !== undefined && value !== null) store(field, value, row, iso);
    }
    return true;
  };
}

const keysOf = (name: string): readonly string[] => [name, ...name.split('.')];

/** The value under the whole name, or under its parts one inside the other. */
function lookUp(line: object, [whole, ...parts]: readonly string[]): unknown {
  if (Object.hasOwn(line, whole!)) return (line as Record<string, unknown>)[whole!];
  let at: unknown = line;
  for (const part of parts) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

function store(field: Field, value: unknown, row: Row, iso: (text: string) => number): void {
  switch (field.kind) {
    case 'clf-time':
    case 'time':
      row.timeMs = timeOf(value, field.kind === 'time' ? field.msPerUnit : 1000, iso);
      return;
    case 'request': {
      const [method, path] = String(value).split(' ');
      row.method = method ?? null;
      row.path = path ?? null;
      return;
    }
    case 'path':
      row.path = String(value);
      return;
    case 'method':
      row.method = String(value);
      return;
    case 'pid':
      row.pid = numberOf(String(value).replace(/^<|>$/g, ''));
      return;
    case 'status':
      row.status = numberOf(value);
      return;
    case 'duration':
      row.durationMs = durationOf(value) * field.msPerUnit;
      return;
    case 'cpu':
      row.cpuMs = numberOf(value) * field.msPerUnit;
      return;
    case 'io':
      row.ioMs = numberOf(value) * field.msPerUnit;
  }
}

const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?[\d.]+(e[+-]?\d+)?$/i.test(value.trim())
    ? Number(value)
    : Number.NaN;
};

/** `-` and an empty text stand for no duration; what is not a number is infinite, which no duration may be. */
function durationOf(value: unknown): number {
  if (value === '-' || value === '') return Number.NaN;
  const number = numberOf(value);
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
}

function timeOf(value: unknown, msPerUnit: number, iso: (text: string) => number): number {
  const number = numberOf(value);
  if (!Number.isNaN(number)) return number * msPerUnit;
  const text = String(value);
  const clf = /^\[?(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\]?$/.exec(text);
  return clf ? Date.parse(`${clf[2]} ${clf[1]}, ${clf[3]} ${clf[4]} ${clf[5]}`) : iso(text);
}
