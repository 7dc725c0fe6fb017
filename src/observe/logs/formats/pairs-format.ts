import { columnsOf, traitsOf } from '../columns/column-choice.js';
import { herokuRouter } from '../known/heroku-router.js';
import type { KnownPairs } from '../known/known.js';
import { type Field, storeOf } from '../reading/fields.js';
import type { ReadLine } from '../reading/row.js';
import { type Guess, type LogFormat, NAME_A_COLUMN } from './log-format.js';

/** Formats that are known by their names. */
const PAIR_FORMATS: readonly KnownPairs[] = [herokuRouter];

/** Fewer pairs than this in a line do not make it one of names and values. */
const FEWEST_PAIRS = 4;
const ENOUGH = 0.1;

/** The format of lines of names and values (logfmt), such as `method=GET path=/ status=200 duration=12ms`. */
export function pairsFormat(sample: readonly string[], given: ReadonlyMap<string, Field>): Guess | null {
  const rows = sample.map(pairsOf).filter((pairs) => pairs.size >= FEWEST_PAIRS);
  if (rows.length <= ENOUGH * sample.length) return null;
  const known = PAIR_FORMATS.find(({ has }) => rows.some((pairs) => has.every((name) => pairs.has(name))));
  if (known && given.size === 0) return { format: knownFormat(known), note: null };
  const names = [...new Set(rows.flatMap((pairs) => [...pairs.keys()]))];
  const { columns, note } = columnsOf(names, given, (name) => rows.flatMap((pairs) => pairs.get(name) ?? []));
  const useful = columns.filter(({ field }) => field.kind !== 'skip');
  const kinds = new Set(useful.map(({ field }) => field.kind));
  // A line that only mentions a duration or a time is no access log.
  if (!kinds.has('path') && !kinds.has('status') && !kinds.has('request') && given.size === 0) return null;
  return { format: { name: 'lines of names and values', ...traitsOf(useful), ...formatOf(useful) }, note };
}

const formatOf = (columns: readonly { readonly name: string; readonly field: Field }[]) => ({
  tells: new Set(columns.map(({ field }) => field.kind)),
  certain: true,
  remedy: NAME_A_COLUMN,
  reader: () => nameValueReader(columns),
});

const knownFormat = ({ name, columns, basis, stamps, resolutionMs }: KnownPairs): LogFormat => ({
  ...formatOf(Object.entries(columns).map(([column, field]) => ({ name: column, field }))),
  name,
  basis,
  stamps,
  resolutionMs,
});

const PAIR = /(?<![^\s[(,])([A-Za-z_@][\w.@-]*)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s"]*))/g;

/** The names and values of a line such as `method=GET path="/" service=100ms`. */
const pairsOf = (line: string): Map<string, string> =>
  new Map([...line.matchAll(PAIR)].map((match) => [match[1]!, match[2] ?? match[3]!]));

/** Reads lines of names and values, in any order; a line without any that matters is of another kind. */
function nameValueReader(columns: readonly { readonly name: string; readonly field: Field }[]): ReadLine {
  const stores = new Map(columns.map(({ name, field }) => [name, storeOf(field)]));
  return (line, row) => {
    PAIR.lastIndex = 0;
    for (let match = PAIR.exec(line); match !== null; match = PAIR.exec(line))
      stores.get(match[1]!)?.(match[2] ?? match[3]!, row);
    const isRequest = row.path !== '' || !Number.isNaN(row.status) || !Number.isNaN(row.durationMs);
    return isRequest ? 'request' : 'other';
  };
}
