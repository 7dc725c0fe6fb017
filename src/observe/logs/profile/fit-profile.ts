import { type Data, isData } from '../../data.js';

/** Marks a file as one of these. */
export const PROFILE_KIND = 'wcalc-fit-profile';
export const PROFILE_VERSION = 1;

/** Tells whether a value of parsed JSON is what it must be. */
type Check<T> = (value: unknown) => value is T;
type Checked<C> = C extends Check<infer T> ? T : never;
type Checks = Readonly<Record<string, Check<unknown>>>;
type ObjectOf<C extends Checks> = { readonly [Name in keyof C]: Checked<C[Name]> };

/** A number of ms since 1970, or what else fits a year before 10000. */
const MOST = 1e18;
const MOST_CELLS = 4096;
/** Bins of the finer histograms, 128 to an octave from 2⁻²⁰ ms on, and of those of routes. */
const MOST_BINS = 64 << 7;
const ROUTE_BINS = 64 << 5;

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < MOST;
const isCount = (value: unknown): value is number => isNumber(value) && value >= 0;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length < 10_000;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value);
const orNull =
  <T>(check: Check<T>) =>
  (value: unknown): value is T | null =>
    value === null || check(value);
const oneOf =
  <const T>(...known: readonly T[]) =>
  (value: unknown): value is T =>
    known.some((one) => one === value);
const listOf =
  <T>(check: Check<T>, most = 1e6) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.length <= most && value.every(check);
const recordOf =
  <T>(check: Check<T>) =>
  (value: unknown): value is Readonly<Record<string, T>> =>
    isData(value) && Object.values(value).every(check);
const objectOf =
  <C extends Checks>(checks: C) =>
  (value: unknown): value is ObjectOf<C> =>
    isData(value) && wrongIn(value, checks) === undefined;

const wrongIn = (data: Data, checks: Checks): string | undefined =>
  Object.entries(checks).find(([name, check]) => !check(data[name]))?.[0];

/** Runs of counts that are not 0: the place of the first, then the counts. */
export type Runs = readonly (readonly number[])[];

const runsWithin =
  (bins: number) =>
  (value: unknown): value is Runs =>
    listOf(listOf(isCount, bins + 1), bins)(value) && value.every((run) => fits(run, bins));

const fits = ([at, ...counts]: readonly number[], bins: number): boolean =>
  at !== undefined && Number.isInteger(at) && at + counts.length <= bins;

const MOMENTS = { count: isCount, mean: isNumber, squares: isCount, smallest: isNumber, largest: isNumber };

/** Durations of one kind. */
const isDurations = objectOf({ ...MOMENTS, bins: runsWithin(MOST_BINS) });
export type StoredDurations = Checked<typeof isDurations>;

const PARTS = {
  values: recordOf(objectOf({ value: isText, where: isText })),
  /** By `service`, `cpu` and `io`. */
  laws: recordOf(listOf(isCount, 10_000)),
  format: objectOf({
    name: isText,
    basis: oneOf('service', 'response'),
    resolutionMs: isCount,
    certain: isFlag,
    remedy: orNull(isText),
    tellsDurations: isFlag,
  }),
  files: listOf(isText),
  bytes: isCount,
  notes: listOf(isText),
  lines: isCount,
  brokenLines: isCount,
  otherLines: isCount,
  requests: isCount,
  withoutDuration: isCount,
  /** Requests by the first digit of their status. */
  statuses: listOf(isCount, 10),
  durations: isDurations,
  logDurations: objectOf(MOMENTS),
  cpu: isDurations,
  io: isDurations,
  time: objectOf({
    /** ms since 1970; null where the logs have no times. */
    firstMs: orNull(isNumber),
    lastMs: orNull(isNumber),
    fractions: isFlag,
    backwards: isFlag,
    cellSeconds: isCount,
    /** Stretches of time, cell by cell. */
    cells: listOf(
      objectOf({
        /** Start of the first cell, seconds since 1970 over the width of a cell. */
        from: isPlace,
        arrivals: listOf(isCount, MOST_CELLS),
        /** Seconds of work in requests that fill a cell only partly. */
        partly: listOf(isCount, MOST_CELLS),
        /** Requests that begin (+) or cease (−) to fill whole cells. */
        change: listOf(isNumber, MOST_CELLS),
      }),
      1000,
    ),
  }),
  routes: listOf(
    objectOf({
      route: isText,
      requests: isCount,
      totalMs: isCount,
      largestMs: isCount,
      bins: runsWithin(ROUTE_BINS),
    }),
    2001,
  ),
  processes: listOf(objectOf({ host: isText, pid: isCount, requests: isCount, totalMs: isCount })),
};

/**
 * What `wcalc fit --format profile` writes: the values and laws that `--profile` reads, and everything that was counted, so
 * that the profiles of parts can be merged to that of the whole.
 */
export interface FitProfile extends ObjectOf<typeof PARTS> {
  readonly kind: typeof PROFILE_KIND;
  readonly schemaVersion: typeof PROFILE_VERSION;
}

/** The first part of a profile that is not as it must be; undefined where all is well. */
export const wrongPart = (data: Data): string | undefined => wrongIn(data, PARTS);
