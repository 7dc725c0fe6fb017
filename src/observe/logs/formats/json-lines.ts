import { type Data, isData } from '../../data.js';
import { type Field, type Store, storeOf } from '../reading/fields.js';
import type { LineKind, ReadLine, Row } from '../reading/row.js';
import { type JsonShape, shapeOf } from './json-shape.js';

/** A value of an object by its name, and what it tells. Names of objects in objects are joined by dots. */
export interface JsonColumn {
  readonly name: string;
  readonly field: Field;
}

/** Lines of one log have few shapes; a log with more is read the long way. */
const MOST_SHAPES = 4;

/**
 * Reads JSON lines. Most lines of a log have the same names in the same order; these are read by one regular expression, which
 * is a few times faster than to make an object of each line. The others are parsed.
 */
export function jsonReader(columns: readonly JsonColumn[]): ReadLine {
  const stores = new Map<string, Store>(columns.map(({ name, field }) => [name, storeOf(field)]));
  const paths = columns.map(({ name }) => ({ keys: [name, ...name.split('.')], store: stores.get(name)! }));
  const shapes: JsonShape[] = [];
  let parsed = 0;
  return (line, row) => {
    for (const shape of shapes) if (shape.read(line, row)) return kindOf(row);
    const object = objectOf(line);
    if (object === null) return 'broken';
    for (const { keys, store } of paths) {
      const value = lookUp(object, keys);
      if (value !== undefined && value !== null) store(textOf(value), row);
    }
    // A shape that only one line has is not worth an expression.
    if (shapes.length < MOST_SHAPES && parsed++ % 4 === 0) shapes.push(shapeOf(object, stores));
    return kindOf(row);
  };
}

/** A line that tells neither a time taken nor a request is of another kind, such as a message of the application. */
const kindOf = (row: Row): LineKind =>
  Number.isNaN(row.durationMs) && Number.isNaN(row.cpuMs) && Number.isNaN(row.status) && row.path === ''
    ? 'other'
    : 'request';

/** The object of a line; null where it is none. */
export function objectOf(line: string): Data | null {
  try {
    const value: unknown = JSON.parse(line);
    return isData(value) ? value : null;
  } catch {
    return null;
  }
}

/** The value under the whole name, or under its parts one inside the other. */
export function lookUp(object: object, [whole, ...parts]: readonly string[]): unknown {
  if (Object.hasOwn(object, whole!)) return (object as Record<string, unknown>)[whole!];
  let at: unknown = object;
  for (const part of parts) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

export const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
