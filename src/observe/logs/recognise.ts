import { UsageError } from '../../host/errors.js';
import { columnsGiven, fieldOfColumn, unitLeftOpen } from './columns.js';
import { compileFormat } from './format-string.js';
import { type DelimitedFormat, type Field, type JsonFormat, type LogFormat, SKIP } from './log-format.js';
import { type Guess, guessLineFormat } from './recognise-line.js';

/** What the user said about the format. */
export interface FormatHints {
  readonly logFormat: string | undefined;
  readonly columns: readonly string[];
}

/**
 * The format of a log, from what the user said and else from its first lines. `note` says what was taken for granted.
 * Throws a UsageError where the unit of a column is open.
 */
export function recogniseFormat(lines: readonly string[], hints: FormatHints): Guess | null {
  if (hints.logFormat !== undefined) return { format: compileFormat(hints.logFormat), note: null };
  const sample = lines.filter((line) => line.trim() !== '');
  const columns = columnsGiven(hints.columns);
  if (sample.some(isObject)) {
    const format = jsonFormat(sample, columns);
    return format && { format, note: null };
  }
  const delimited = sample[0] === undefined ? null : delimitedFormat(sample[0], columns);
  return delimited ? { format: delimited, note: null } : guessLineFormat(sample);
}

const isObject = (line: string): boolean => /^\s*\{.*\}\s*$/s.test(line) && parsed(line) !== null;

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function jsonFormat(sample: readonly string[], given: ReadonlyMap<string, Field>): JsonFormat | null {
  const names = new Set<string>();
  for (const line of sample.slice(0, 200))
    for (const name of namesOf(parsed(line) ?? {}, '')) names.add(name);
  const columns = columnsOf([...names], given);
  return {
    kind: 'json',
    name: 'JSON lines',
    columns: columns.flatMap(({ name, field }) => (field.kind === 'skip' ? [] : [{ name, field }])),
    ...traits(columns),
  };
}

/** Names of an object's values, those of objects inside it with dots. */
function namesOf(object: Record<string, unknown>, prefix: string): string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && prefix.length < 100
      ? namesOf(value as Record<string, unknown>, `${prefix}${name}.`)
      : [prefix + name],
  );
}

function delimitedFormat(header: string, given: ReadonlyMap<string, Field>): DelimitedFormat | null {
  for (const delimiter of [',', '\t', ';']) {
    const names = header.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    const isHeader =
      names.length > 1 && names.every((name) => /^[\w@. -]+$/.test(name) && !/^[\d.-]+$/.test(name));
    if (!isHeader) continue;
    const columns = columnsOf(names, given);
    if (columns.every(({ field }) => field.kind === 'skip')) continue;
    return {
      kind: 'delimited',
      name: delimiter === '\t' ? 'TSV' : 'CSV',
      header,
      delimiter,
      columns: columns.map(({ field }) => field),
      ...traits(columns),
    };
  }
  return null;
}

interface NamedColumn {
  readonly name: string;
  readonly field: Field;
}

const MOST_SHOWN = 20;

/** Names of a log's columns, safe to print. */
function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).map((name) => name.slice(0, 60).replace(/[^\x20-\x7e]/g, '?'));
  return shown.join(', ') + (names.length > MOST_SHOWN ? ', …' : '');
}

/** The meaning of each column: as given, else by its name; of several with one meaning only the best counts. */
function columnsOf(names: readonly string[], given: ReadonlyMap<string, Field>): NamedColumn[] {
  const missing = [...given.keys()].find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new UsageError(`--column: there is no column "${missing}"; the log has: ${shownNames(names)}`);
  const meant = names.map((name) => ({ name, field: given.get(name) ?? fieldOfColumn(name) ?? SKIP }));
  const givenKinds = new Set([...given.values()].map((field) => field.kind));
  const chosen = meant.map(({ name, field }, n) => {
    if (given.has(name) || field.kind === 'skip') return { name, field };
    const better =
      givenKinds.has(field.kind) || meant.some((other, m) => m < n && other.field.kind === field.kind);
    const upstream = field.kind === 'duration' && /upstream/.test(name) && !givenKinds.has('duration');
    return { name, field: better && !upstream ? SKIP : field };
  });
  const upstream = chosen.some(({ name, field }) => field.kind === 'duration' && /upstream/.test(name));
  const columns = chosen.map(({ name, field }) => ({
    name,
    field: upstream && field.kind === 'duration' && !/upstream/.test(name) && !given.has(name) ? SKIP : field,
  }));
  const kinds = new Set(columns.map(({ field }) => field.kind));
  const open = names.find(unitLeftOpen);
  if (!kinds.has('duration') && !(kinds.has('cpu') && kinds.has('io')) && open !== undefined) {
    throw new UsageError(
      `the unit of the column "${shownNames([open])}" is not known; give --column duration=${shownNames([open])}:ms (or ns, us, s)`,
    );
  }
  return columns;
}

/** What the names say about the meaning of times. */
function traits(columns: readonly NamedColumn[]): Pick<LogFormat, 'basis' | 'stamps' | 'resolutionMs'> {
  const used = columns.filter(({ field }) => field.kind !== 'skip');
  const duration = used.find(({ field }) => field.kind === 'duration');
  const time = used.find(({ field }) => field.kind === 'time');
  const unit = used.flatMap(({ field }) =>
    field.kind === 'duration' || field.kind === 'cpu' ? [field.msPerUnit] : [],
  );
  return {
    basis:
      duration && /^(.*\.)?(request_time|upstream.*|response_time|latency)/i.test(duration.name)
        ? 'response'
        : 'service',
    stamps: time && /^(.*\.)?(at(_ms)?|start.*)$/i.test(time.name) ? 'arrival' : 'end',
    resolutionMs: (unit[0] ?? 1000) * 1e-3,
  };
}
