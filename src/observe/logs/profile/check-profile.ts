import { isData } from '../../data.js';

/** What a value must be. */
type Check = (value: unknown) => boolean;

/** A number of ms since 1970, or what else fits a year before 10000. */
const MOST = 1e18;
const MOST_CELLS = 4096;
/** Bins of the finer histograms. */
const MOST_BINS = 64 << 7;

const isNumber: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < MOST;
const isCount: Check = (value) => isNumber(value) && (value as number) >= 0;
const isText: Check = (value) => typeof value === 'string' && value.length < 10_000;
const isFlag: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);
const listOf =
  (check: Check, most = 1e6): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);
const objectOf =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isData(value) && Object.entries(checks).every(([name, check]) => check(value[name]));

const runsWithin =
  (bins: number): Check =>
  (value) =>
    listOf((run) => listOf(isCount, bins + 1)(run) && fits(run as number[], bins), bins)(value);

const fits = ([at, ...counts]: readonly number[], bins: number): boolean =>
  at !== undefined && Number.isInteger(at) && at + counts.length <= bins;

const MOMENTS = { count: isCount, mean: isNumber, squares: isCount, smallest: isNumber, largest: isNumber };
const isDurations = objectOf({ ...MOMENTS, bins: runsWithin(MOST_BINS) });

const isCells: Check = (value) =>
  objectOf({
    from: (from) => Number.isSafeInteger(from),
    arrivals: listOf(isCount, MOST_CELLS),
    partly: listOf(isCount, MOST_CELLS),
    change: listOf(isNumber, MOST_CELLS),
  })(value);

const CHECKS: Readonly<Record<string, Check>> = {
  values: (values) =>
    isData(values) && Object.values(values).every(objectOf({ value: isText, where: isText })),
  laws: (laws) => isData(laws) && Object.values(laws).every(listOf(isCount, 10_000)),
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
  statuses: listOf(isCount, 10),
  durations: isDurations,
  logDurations: objectOf(MOMENTS),
  cpu: isDurations,
  io: isDurations,
  time: objectOf({
    firstMs: orNull(isNumber),
    lastMs: orNull(isNumber),
    fractions: isFlag,
    backwards: isFlag,
    cellSeconds: isCount,
    cells: listOf(isCells, 1000),
  }),
  routes: listOf(
    objectOf({
      route: isText,
      requests: isCount,
      totalMs: isCount,
      largestMs: isCount,
      bins: runsWithin(64 << 5),
    }),
    2001,
  ),
  processes: listOf(objectOf({ host: isText, pid: isCount, requests: isCount, totalMs: isCount })),
};

/** The first part of a profile that is not as it must be; null where all is well. */
export function checkProfile(data: object): string | null {
  const values = data as Readonly<Record<string, unknown>>;
  return Object.entries(CHECKS).find(([name, check]) => !check(values[name]))?.[0] ?? null;
}
