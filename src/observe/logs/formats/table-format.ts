import { columnsOf, type NamedColumn, traitsOf } from '../columns/column-choice.js';
import type { Field } from '../reading/fields.js';
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
  const { columns, note } = columnsOf(heading.names, given, (name) => {
    const at = heading.names.indexOf(name);
    return rows.flatMap((cells) => (cells[at] ?? '').replace(/^"(.*)"$/, '$1'));
  });
  const isExtended = heading.name.startsWith('W3C');
  if (!isExtended && columns.every(({ field }) => field.kind === 'skip')) return null;
  return {
    format: isExtended ? extendedFormat(heading, columns, rows) : plainFormat(heading, columns),
    note,
  };
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

/** The standard counts time-taken in seconds, with fractions; IIS in whole milliseconds. */
function extendedFormat(
  heading: Heading,
  columns: readonly NamedColumn[],
  rows: readonly (readonly string[])[],
): LogFormat {
  const { names } = heading;
  const takenAt = names.indexOf('time-taken');
  const inSeconds = rows.some((cells) => cells[takenAt]?.includes('.'));
  const named = columns.map((column, n): NamedColumn => {
    if (n === takenAt) return { ...column, field: { kind: 'duration', msPerUnit: inSeconds ? 1e3 : 1 } };
    return column.field.kind === 'time' || (takenAt >= 0 && column.field.kind === 'duration')
      ? { ...column, field: { kind: 'skip' } }
      : column;
  });
  const [dateAt, clockAt] = [names.indexOf('date'), names.indexOf('time')];
  const traits: Traits = { basis: 'response', stamps: 'end', resolutionMs: 1 };
  return { ...formatOf(heading, named, traits, { dateAt, clockAt }), certain: true };
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
