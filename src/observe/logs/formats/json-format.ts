import { type Data, isData } from '../../data.js';
import { columnsOf, type NamedColumn, traitsOf } from '../columns/column-choice.js';
import { JSON_FORMATS } from '../known/json/index.js';
import type { KnownJson } from '../known/known.js';
import type { Field } from '../reading/fields.js';
import { type JsonColumn, jsonReader, lookUp, objectOf, textOf } from './json-lines.js';
import { type Guess, type LogFormat, NAME_A_COLUMN } from './log-format.js';

const MOST_LOOKED_AT = 200;
const ENOUGH = 0.5;
const LONGEST_PREFIX = 100;

/** The format of JSON lines: a known one by its names, else by what the names and values say. */
export function jsonFormat(lines: readonly string[], given: ReadonlyMap<string, Field>): Guess | null {
  const objects = lines.slice(0, MOST_LOOKED_AT).flatMap((line): Data[] => {
    const object = objectOf(line);
    return object ? [object] : [];
  });
  if (objects.length <= ENOUGH * Math.min(lines.length, MOST_LOOKED_AT)) return null;
  const known = JSON_FORMATS.find(({ has }) =>
    objects.some((object) => has.every((name) => told(object, name))),
  );
  if (known && given.size === 0) return { format: knownFormat(known, objects), note: null };
  const names = [...new Set(objects.flatMap((object) => namesOf(object, '')))];
  const { columns, note } = columnsOf(names, given, (name) =>
    objects.flatMap((object) => {
      const value = lookUp(object, [name, ...name.split('.')]);
      return value === undefined || value === null || isData(value) ? [] : [textOf(value)];
    }),
  );
  const useful = columns.filter(({ field }) => field.kind !== 'skip');
  // Objects that tell neither a request nor how long it took are another kind of log, or hold a line of one.
  if (useful.every(({ field }) => field.kind === 'time' || field.kind === 'pid' || field.kind === 'method'))
    return null;
  return { format: { name: 'JSON lines', ...traitsOf(useful), ...formatOf(useful) }, note };
}

const told = (object: object, name: string): boolean =>
  lookUp(object, [name, ...name.split('.')]) !== undefined;

/** Of the columns of a kind the first that the log has. */
const knownFormat = ({ name, columns, ...traits }: KnownJson, objects: readonly Data[]): LogFormat => {
  const present = Object.entries(columns)
    .filter(([column]) => objects.some((object) => told(object, column)))
    .map(([column, field]): JsonColumn => ({ name: column, field }));
  const named = present.filter(
    ({ field }, n) => present.findIndex((other) => other.field.kind === field.kind) === n,
  );
  return { ...traits, ...formatOf(named), name, certain: true };
};

const formatOf = (columns: readonly NamedColumn[]) => ({
  tells: new Set(columns.map(({ field }) => field.kind)),
  certain: false,
  remedy: NAME_A_COLUMN,
  reader: () => jsonReader(columns),
});

/** Names of an object's values, those of objects inside it with dots. */
function namesOf(object: Data, prefix: string): string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    isData(value) && prefix.length < LONGEST_PREFIX ? namesOf(value, `${prefix}${name}.`) : [prefix + name],
  );
}
