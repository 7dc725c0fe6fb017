import { UsageError } from '../../../host/errors.js';
import { printable } from '../../../text/printable.js';
import type { Traits } from '../formats/log-format.js';
import { textOfBytes } from '../reading/bytes.js';
import { decimal, durationMs, namesItsUnit } from '../reading/durations.js';
import { type Field, SKIP } from '../reading/fields.js';
import { timeOf } from '../reading/times.js';
import { fieldOfColumn, unitLeftOpen } from './column-names.js';
import { unitByDistribution } from './unit-choice.js';

export interface NamedColumn {
  readonly name: string;
  readonly field: Field;
}

export interface ChosenColumns {
  readonly columns: readonly NamedColumn[];
  /** What was taken for granted. */
  readonly note: string | null;
}

/** The values of a column in the lines that were looked at. */
export type ValuesOf = (name: string) => readonly string[];

const MOST_SHOWN = 20;
const NEARLY_ALL = 0.8;

/** Names of a log's columns, safe to print. */
function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).map((name) => printable(textOfBytes(name).slice(0, 60)));
  return shown.join(', ') + (names.length > MOST_SHOWN ? ', …' : '');
}

/**
 * The meaning of each column: as given, else by its name; of several with one meaning only the best counts. Throws a
 * UsageError where the unit of the duration is open and its values do not tell it.
 */
export function columnsOf(
  names: readonly string[],
  given: ReadonlyMap<string, Field>,
  valuesOf: ValuesOf,
): ChosenColumns {
  const missing = [...given.keys()].find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new UsageError(
      `--column: there is no column "${shownNames([missing])}"; the log has: ${shownNames(names)}`,
    );
  const meant = names.map((name) => ({ name, field: given.get(name) ?? fieldByName(name, valuesOf) }));
  const columns = oneOfAKind(meant, given);
  const kinds = new Set(columns.map(({ field }) => field.kind));
  if (kinds.has('duration') || (kinds.has('cpu') && kinds.has('io'))) return { columns, note: null };
  const open = names.find((name) => unitLeftOpen(name) && valuesOf(name).some(isTold));
  return open === undefined ? { columns, note: null } : withUnit(columns, open, valuesOf(open));
}

const LONGEST_MS = 86_400_000;

/** What a name says, unless the values say something else: a `requestTime` may be a time of day. */
function fieldByName(name: string, valuesOf: ValuesOf): Field {
  const field = fieldOfColumn(name) ?? SKIP;
  if (field.kind !== 'duration' && field.kind !== 'time') return field;
  const told = valuesOf(name).filter((value) => value !== '' && value !== '-');
  const mostly = (isOne: (value: string) => boolean) => told.filter(isOne).length >= told.length / 2;
  if (field.kind === 'duration' && !mostly((value) => !(durationMs(value, field.msPerUnit) > LONGEST_MS)))
    return mostly((value) => !Number.isNaN(timeOf(value, null))) ? { kind: 'time', msPerUnit: null } : SKIP;
  if (field.kind === 'time' && !mostly((value) => !Number.isNaN(timeOf(value, field.msPerUnit))))
    return mostly(namesItsUnit) ? { kind: 'duration', msPerUnit: null } : SKIP;
  return field;
}

const isTold = (text: string): boolean => namesItsUnit(text) || decimal(text) >= 0;

function oneOfAKind(meant: readonly NamedColumn[], given: ReadonlyMap<string, Field>): NamedColumn[] {
  const best = new Map<string, string>();
  for (const { name, field } of meant) {
    const held = best.get(field.kind);
    if (held === undefined || rank(name) > rank(held)) best.set(field.kind, name);
  }
  return meant.map(({ name, field }) =>
    best.get(field.kind) === name ? { name, field } : { name, field: SKIP },
  );

  /** What the user names wins; then an upstream's time, which leaves a slow client out. */
  function rank(name: string): number {
    return (
      (given.has(name) ? 2 : 0) + (/upstream/.test(name) && fieldOfColumn(name)?.kind === 'duration' ? 1 : 0)
    );
  }
}

/** The columns with a duration whose name leaves its unit open: the values name it, or only one unit is likely. */
function withUnit(columns: readonly NamedColumn[], open: string, values: readonly string[]): ChosenColumns {
  const told = values.filter(isTold);
  const shown = shownNames([open]);
  const bare = told.filter((value) => !namesItsUnit(value));
  const named = told.length - bare.length >= NEARLY_ALL * told.length;
  const unit = named
    ? null
    : unitByDistribution(
        bare.map(decimal),
        bare.every((value) => /^\d+$/.test(value)),
      );
  if (!named && unit === null)
    throw new UsageError(
      `the unit of the column "${shown}" is not known; give --column duration=${shown}:ms (or ns, us, s)`,
    );
  const field: Field = { kind: 'duration', msPerUnit: unit?.msPerUnit ?? null };
  return {
    columns: columns.map((column) => (column.name === open ? { name: open, field } : column)),
    note:
      unit &&
      `the column "${shown}" is taken as ${unit.name}, the only unit in which its mean is a usual one; give --column duration=${shown}:ms (or ns, us, s) if it is not`,
  };
}

/** What the names say about the meaning of times. */
export function traitsOf(columns: readonly NamedColumn[]): Traits {
  const duration = columns.find(({ field }) => field.kind === 'duration');
  const time = columns.find(({ field }) => field.kind === 'time');
  const told = columns.find(({ field }) => field.kind === 'duration' || field.kind === 'cpu')?.field;
  const msPerUnit = told && 'msPerUnit' in told ? told.msPerUnit : null;
  return {
    basis:
      duration && /^(.*\.)?(request_?time|upstream.*|response_?time|latency)/i.test(duration.name)
        ? 'response'
        : 'service',
    stamps: time && /^(.*\.)?(at(_ms)?|start.*)$/i.test(time.name) ? 'arrival' : 'end',
    resolutionMs: (msPerUnit ?? 1) * 1e-3,
  };
}
