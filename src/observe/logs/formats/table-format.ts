import { columnsOf, type NamedColumn, traitsOf, type ValuesOf } from '../columns/column-choice.js';
import { type Field, SKIP } from '../reading/fields.js';
import { type DelimitedLayout, delimitedReader } from './delimited.js';
import { type Guess, type LogFormat, NAME_A_COLUMN, type Traits } from './log-format.js';

/** A heading of names found in a log's first lines. */
interface Heading {
  readonly name: string;
  readonly names: readonly string[];
  readonly delimiter: string;
  isHeading(line: string): boolean;
}

/**
 * The format of a log with a heading: CSV, TSV, or the W3C's extended log format (https://www.w3.org/TR/WD-logfile), which
 * IIS and CloudFront write.
 */
export function tableFormat(sample: readonly string[], given: ReadonlyMap<string, Field>): Guess | null {
  const heading = extended(sample) ?? delimited(sample[0] ?? '');
  if (!heading) return null;
  const rows = sample.filter((line) => !heading.isHeading(line)).map((line) => line.split(heading.delimiter));
  const valuesOf = (name: string) => {
    const at = heading.names.indexOf(name);
    return rows.flatMap((cells) => (cells[at] ?? '').replace(/^"(.*)"$/, '$1'));
  };
  const isExtended = heading.name.startsWith('W3C');
  const known = isExtended && !givesDuration(given) ? withTimeTaken(heading, given, valuesOf) : given;
  const { columns, note } = columnsOf(heading.names, known, valuesOf);
  if (!isExtended && columns.every(({ field }) => field.kind === 'skip')) return null;
  return { format: isExtended ? extendedFormat(heading, columns) : plainFormat(heading, columns), note };
}

const givesDuration = (given: ReadonlyMap<string, Field>): boolean =>
  [...given.values()].some(({ kind }) => kind === 'duration');

/** The standard counts time-taken in seconds, with fractions; IIS in whole milliseconds. */
function withTimeTaken(
  { names }: Heading,
  given: ReadonlyMap<string, Field>,
  valuesOf: ValuesOf,
): ReadonlyMap<string, Field> {
  if (!names.includes('time-taken')) return given;
  const msPerUnit = valuesOf('time-taken').some((text) => text.includes('.')) ? 1e3 : 1;
  return new Map([...given, ['time-taken', { kind: 'duration', msPerUnit }]]);
}

function delimited(header: string): Heading | null {
  for (const delimiter of [',', '\t', ';']) {
    const names = header.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    const isHeader =
      names.length > 1 && names.every((name) => /^[\w@. -]+$/.test(name) && !/^[\d.-]+$/.test(name));
    if (isHeader)
      return {
        name: delimiter === '\t' ? 'TSV' : 'CSV',
        names,
        delimiter,
        isHeading: (line) => line === header,
      };
  }
  return null;
}

const FIELDS = /^#Fields: */i;

function extended(sample: readonly string[]): Heading | null {
  const line = sample.find((text) => FIELDS.test(text));
  if (line === undefined) return null;
  const delimiter = sample.some((text) => !text.startsWith('#') && text.includes('\t')) ? '\t' : ' ';
  const names = line.replace(FIELDS, '').trim().split(/\s+/);
  return { name: 'W3C extended log format', names, delimiter, isHeading: (text) => text.startsWith('#') };
}

function plainFormat(heading: Heading, columns: readonly NamedColumn[]): LogFormat {
  return formatOf(heading, columns, traitsOf(columns), { dateAt: -1, clockAt: -1 });
}

/** Date and time of day are two columns; what else may look like a time is none. */
function extendedFormat(heading: Heading, columns: readonly NamedColumn[]): LogFormat {
  const { names } = heading;
  const untimed = columns.map(
    (column): NamedColumn => (column.field.kind === 'time' ? { ...column, field: SKIP } : column),
  );
  const traits: Traits = { basis: 'response', stamps: 'end', resolutionMs: 1 };
  const split = { dateAt: names.indexOf('date'), clockAt: names.indexOf('time') };
  return { ...formatOf(heading, untimed, traits, split), certain: true };
}

function formatOf(
  heading: Heading,
  columns: readonly NamedColumn[],
  traits: Traits,
  split: Pick<DelimitedLayout, 'dateAt' | 'clockAt'>,
): LogFormat {
  const tells = new Set(columns.map(({ field }) => field.kind));
  if (split.dateAt >= 0 && split.clockAt >= 0) tells.add('time');
  const { delimiter, isHeading } = heading;
  return {
    ...traits,
    name: heading.name,
    tells,
    certain: false,
    remedy: NAME_A_COLUMN,
    reader: () =>
      delimitedReader({ delimiter, isHeading, ...split, columns: columns.map(({ field }) => field) }),
  };
}
