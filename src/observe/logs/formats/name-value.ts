import { type Field, storeOf } from '../reading/fields.js';
import type { ReadLine } from '../reading/row.js';

const PAIR = /(?<![^\s[(,])([A-Za-z_@][\w.@-]*)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s"]*))/g;

/** The names and values of a line such as `method=GET path="/" service=100ms`. */
export const pairsOf = (line: string): Map<string, string> =>
  new Map([...line.matchAll(PAIR)].map((match) => [match[1]!, match[2] ?? match[3]!]));

/** Reads lines of names and values, in any order; a line without any that matters is of another kind. */
export function nameValueReader(
  columns: readonly { readonly name: string; readonly field: Field }[],
): ReadLine {
  const stores = new Map(columns.map(({ name, field }) => [name, storeOf(field)]));
  return (line, row) => {
    PAIR.lastIndex = 0;
    for (let match = PAIR.exec(line); match !== null; match = PAIR.exec(line))
      stores.get(match[1]!)?.(match[2] ?? match[3]!, row);
    const isRequest = row.path !== '' || !Number.isNaN(row.status) || !Number.isNaN(row.durationMs);
    return isRequest ? 'request' : 'other';
  };
}
