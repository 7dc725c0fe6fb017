import { UsageError } from '../../../host/errors.js';
import { printable } from '../../../text/printable.js';
import type { DurationBasis } from '../formats/log-format.js';
import { durationMs, namesItsUnit } from '../reading/durations.js';
import { fieldOfColumn, tellsOtherTime, unitLeftOpen } from './column-names.js';
import { areSizes, isAligned } from './number-kinds.js';
import { areStatuses, isClock, MICROSECONDS, meanOf, unitByDistribution } from './unit-choice.js';

/** A column of numbers in lines without names. */
export interface NumberColumn {
  readonly column: number;
  /** `rt` of `rt=0.123`; empty where there is none. */
  readonly key: string;
  readonly texts: readonly string[];
  /** What the column of bytes says in the same lines; empty where there is none. */
  readonly bytes: readonly number[];
}

/** The column of the durations. */
export interface DurationChoice {
  readonly column: number;
  readonly msPerUnit: number | null;
  readonly name: string;
  readonly basis: DurationBasis;
  readonly resolutionMs: number;
  readonly note: string | null;
}

interface Surroundings {
  /** A process id is logged, as Gunicorn can and proxies do not. */
  readonly hasPid: boolean;
  /** The layout as a format string, with a column as the duration. */
  suggest(column: number): string;
}

interface Candidate extends NumberColumn {
  readonly numbers: readonly number[];
  readonly mean: number;
}

/**
 * The column that tells how long requests took; null where none may. Names come first, then texts with units, then decimals,
 * which only durations have; whole numbers come last, since counts, sizes and statuses look the same. Throws a UsageError
 * where a whole number could be a duration and its distribution does not tell.
 */
export function chooseDuration(
  columns: readonly NumberColumn[],
  around: Surroundings,
): DurationChoice | null {
  const candidates = columns.map((column): Candidate => {
    const numbers = column.texts.map((text) => durationMs(text, 1));
    return { ...column, numbers, mean: meanOf(numbers) };
  });
  return (
    byName(candidates) ??
    byUnit(candidates) ??
    byDecimals(candidates.filter(isDecimal)) ??
    byWholeNumbers(
      candidates.filter((candidate) => candidate.key === '' && !isDecimal(candidate)),
      around,
    )
  );
}

/** What nginx's operators call `$upstream_response_time` and `$request_time`. */
const NGINX_NAMES = /^(urt|rt|ups_resp_time|request_time|upstream_response_time|upstream_time)$/;
/** Times of connecting and of the first bytes. */
const PARTS = /^(uct|uht|upstream_connect_time|upstream_header_time)$/;

function byName(candidates: readonly Candidate[]): DurationChoice | null {
  const named = candidates.filter(({ key }) => NGINX_NAMES.test(key) || isDurationName(key));
  const best = named.findLast(({ key }) => /^u/.test(key)) ?? named.at(-1);
  if (!best) return null;
  const { column, key, texts, numbers } = best;
  const isNginx = NGINX_NAMES.test(key);
  const field = fieldOfColumn(key);
  const msPerUnit = isNginx
    ? 1e3
    : field?.kind === 'duration'
      ? field.msPerUnit
      : texts.every(namesItsUnit)
        ? null
        : (unitByDistribution(numbers)?.msPerUnit ?? null);
  if (msPerUnit === null && !texts.every(namesItsUnit)) return null;
  return {
    column,
    msPerUnit,
    name: isNginx ? `nginx's ${key}` : printable(key),
    basis: isNginx ? 'response' : 'service',
    resolutionMs: isNginx ? 1 : (msPerUnit ?? 1),
    note: null,
  };
}

const isDurationName = (key: string): boolean =>
  key !== '' && (fieldOfColumn(key)?.kind === 'duration' || unitLeftOpen(key));

/** A larger mean is that of a time of day, in seconds. */
const LONGEST_SECONDS = 3600;

/** `120ms` says what it is, and so does the only `completed_in=120ms`. */
function byUnit(candidates: readonly Candidate[]): DurationChoice | null {
  const told = candidates.filter(
    ({ key, texts, mean }) =>
      texts.every(namesItsUnit) && mean <= LONGEST_SECONDS * 1000 && (key === '' || !tellsOtherTime(key)),
  );
  const best = told.findLast(({ key }) => key === '') ?? (told.length === 1 ? told[0] : undefined);
  return (
    (best && {
      column: best.column,
      msPerUnit: null,
      name: `the duration ${printable(best.texts[0]!)} and the like`,
      basis: 'service',
      resolutionMs: 1,
      note: null,
    }) ??
    null
  );
}

const isDecimal = ({ key, texts }: NumberColumn): boolean =>
  !PARTS.test(key) &&
  texts.some((text) => /^\d+\.\d/.test(text)) &&
  texts.every((text) => /^[\d., :-]+$/.test(text));

/** A neighbour that is this much shorter is a part, such as the time to connect. */
const PART = 0.02;

/** Seconds as nginx (three decimals) and Gunicorn (six) write them, unless only milliseconds make their mean a usual one. */
function byDecimals(candidates: readonly Candidate[]): DurationChoice | null {
  const times = candidates.filter(
    ({ mean, texts, key }) =>
      key === '' && mean <= LONGEST_SECONDS && texts.some((text) => /\.\d{3}/.test(text)),
  );
  const longest = Math.max(0, ...times.map(({ mean }) => mean));
  const best = times.findLast(({ mean }) => mean >= PART * longest);
  if (!best) return null;
  const { column, numbers, texts } = best;
  const unit = unitByDistribution(numbers);
  const fine = texts.every((text) => /^\d+\.\d{6}$/.test(text));
  if (unit?.msPerUnit === 1)
    return {
      column,
      msPerUnit: 1,
      name: 'milliseconds',
      basis: 'service',
      resolutionMs: 1e-3,
      note: 'the decimals are taken as milliseconds, for as seconds their mean would be an unusual one; give --log-format if they are not',
    };
  return {
    column,
    msPerUnit: 1e3,
    name: fine ? '%(L)s' : "nginx's $request_time",
    basis: fine ? 'service' : 'response',
    resolutionMs: fine ? 1e-3 : 1,
    note: null,
  };
}

const MICROS_NOTE = 'the last number is taken as microseconds, %(D)s; give --log-format if it is not';
/** Below this mean microseconds are too short for a request of an application, ms. */
const SHORTEST_MEAN_MICROS = 1;
const LONGEST_MEAN_MICROS = 100_000;

/**
 * Whole numbers are microseconds where their mean is then a usual one and they are neither sizes nor statuses; where seconds
 * stand beside that are the same times, there is no doubt.
 */
function byWholeNumbers(candidates: readonly Candidate[], around: Surroundings): DurationChoice | null {
  for (const micros of candidates) {
    const seconds = candidates.find((other) => other !== micros && isAligned(other.numbers, micros.numbers));
    if (seconds) return inMicroseconds(micros, null);
  }
  const micros = candidates.filter((candidate) => areMicroseconds(candidate, around));
  if (micros.length === 1) return inMicroseconds(micros[0]!, MICROS_NOTE);
  const asked = (micros.length > 1 ? micros : candidates).filter(mayBeDuration);
  const [first] = asked;
  if (first === undefined) return null;
  throw new UsageError(
    `the log has a number that may be a duration or not: ${asked.map(described).join(' and ')}; if it is one, give --log-format '${around.suggest(first.column)}' with its unit (ns, us, ms or s) behind it, else without`,
  );
}

function areMicroseconds(candidate: Candidate, { hasPid }: Surroundings): boolean {
  const { numbers, bytes } = candidate;
  const meanMs = candidate.mean * MICROSECONDS.msPerUnit;
  if (!mayBeDuration(candidate)) return false;
  // Gunicorn's %(D)s before its %(p)s: proxies log no process of their own beside a number.
  if (hasPid) return meanMs >= SHORTEST_MEAN_MICROS || (meanMs >= 0.1 && new Set(numbers).size > 1);
  return meanMs >= SHORTEST_MEAN_MICROS && meanMs <= LONGEST_MEAN_MICROS && !areSizes(numbers, bytes);
}

const mayBeDuration = ({ numbers, mean }: Candidate): boolean =>
  mean > 0 && !areStatuses(numbers) && !isClock(numbers);

const described = ({ column, mean, texts }: Candidate): string =>
  `word ${column + 1}, with a mean of ${Number(mean.toPrecision(3))}, such as ${printable(texts.slice(0, 3).join(', '))}`;

const inMicroseconds = ({ column }: Candidate, note: string | null): DurationChoice => ({
  column,
  msPerUnit: MICROSECONDS.msPerUnit,
  name: '%(D)s',
  basis: 'service',
  resolutionMs: MICROSECONDS.msPerUnit,
  note,
});
