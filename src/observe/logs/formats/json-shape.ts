import type { Store } from '../reading/fields.js';
import type { Row } from '../reading/row.js';

/** Reads the lines that have the names of one object in the same order. */
export interface JsonShape {
  /** False where the line has another shape; the row is then as it was. */
  read(line: string, row: Row): boolean;
}

const BLANKS = '[ \\t]*';
const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const SCALAR = String.raw`(?:${STRING}|-?\d[\d.eE+-]*|true|false|null)`;
const LIST = String.raw`\[[^\[\]{}"]*(?:${STRING}[^\[\]{}"]*)*\]`;
/** A text without escapes, or a number; anything else is left to the parser. */
const WANTED = String.raw`(?:"([^"\\]*)"|(-?\d[\d.eE+-]*)|null)`;
const DEEPEST = 8;
/** An object of thousands of names is left to the parser. */
const LONGEST_PATTERN = 20_000;
const NEVER = /(?!)/;

/**
 * The shape of an object: an expression that matches all of a line, so that a name within a text is never taken for a name.
 * Values that are wanted are groups of it, two each.
 */
export function shapeOf(object: Record<string, unknown>, stores: ReadonlyMap<string, Store>): JsonShape {
  const wanted: Store[] = [];
  const source = patternOf(object, '', 0);
  const pattern = source.length > LONGEST_PATTERN ? NEVER : new RegExp(`^\\s*${source}\\s*$`);
  return {
    read(line, row) {
      const match = pattern.exec(line);
      if (match === null) return false;
      for (let n = 0; n < wanted.length; n++) {
        const text = match[2 * n + 1] ?? match[2 * n + 2];
        if (text !== undefined) wanted[n]!(text, row);
      }
      return true;
    },
  };

  function patternOf(at: Record<string, unknown>, prefix: string, depth: number): string {
    const members = Object.entries(at).map(([key, value]) => {
      const name = JSON.stringify(key).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      return `${name}${BLANKS}:${BLANKS}${valuePattern(value, prefix + key, depth)}`;
    });
    return `\\{${BLANKS}${members.join(`${BLANKS},${BLANKS}`)}${BLANKS}\\}`;
  }

  function valuePattern(value: unknown, name: string, depth: number): string {
    const store = stores.get(name);
    // A list that counts is summed, which the parser's way does.
    if (Array.isArray(value)) return store === undefined ? LIST : '(?!)';
    if (typeof value === 'object' && value !== null)
      return depth < DEEPEST ? patternOf(value as Record<string, unknown>, `${name}.`, depth + 1) : '(?!)';
    if (store === undefined) return SCALAR;
    wanted.push(store);
    return WANTED;
  }
}
