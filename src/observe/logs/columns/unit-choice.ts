/** Means that requests of an application usually have, ms. A unit that leads elsewhere is not likely the right one. */
const SHORTEST_MEAN = 2;
const LONGEST_MEAN = 5000;

/** Statuses that proxies write behind the times. */
const STATUSES: ReadonlySet<number> = new Set([
  200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 499, 500, 502, 503, 504,
]);

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation over mean. */
export function variationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  if (mean === 0) return 0;
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) / mean;
}

const isTypical = (meanMs: number): boolean => meanMs >= SHORTEST_MEAN && meanMs <= LONGEST_MEAN;

/** A unit, as a number of ms, and how it is named. */
export interface Unit {
  readonly msPerUnit: number;
  readonly name: string;
}

const SECONDS: Unit = { msPerUnit: 1e3, name: 'seconds' };
const MILLISECONDS: Unit = { msPerUnit: 1, name: 'milliseconds' };
export const MICROSECONDS: Unit = { msPerUnit: 1e-3, name: 'microseconds' };
const NANOSECONDS: Unit = { msPerUnit: 1e-6, name: 'nanoseconds' };

/**
 * The one unit in which these durations have a mean that requests usually have; null where there is none or more than one.
 * Numbers written whole are never taken as milliseconds: counts, statuses and sizes look the same.
 */
export function unitByDistribution(
  values: readonly number[],
  whole = values.every(Number.isInteger),
): Unit | null {
  if (values.length === 0 || isClock(values) || areStatuses(values)) return null;
  const mean = meanOf(values);
  const units = whole ? [SECONDS, MILLISECONDS, MICROSECONDS, NANOSECONDS] : [SECONDS, MILLISECONDS];
  const typical = units.filter(({ msPerUnit }) => isTypical(mean * msPerUnit));
  const [only] = typical;
  if (typical.length !== 1 || only === undefined) return null;
  return whole && only.msPerUnit >= 1 ? null : only;
}

const FEWEST_FOR_CLOCK = 20;

/** Numbers that only rise, by ones or from far above 0, are a time, a counter or a serial number. */
export function isClock(values: readonly number[]): boolean {
  const [first, last] = [values[0]!, values.at(-1)!];
  if (values.length < FEWEST_FOR_CLOCK || last <= first) return false;
  const steps = values.slice(1).map((value, n) => value - values[n]!);
  if (steps.some((step) => step < 0)) return false;
  return first >= last / 2 || steps.every((step) => step <= 1 && Number.isInteger(step));
}

const NEARLY_ALL = 0.9;

/** Whether nearly all of these are statuses of HTTP. */
export const areStatuses = (values: readonly number[]): boolean =>
  values.length > 0 && values.filter((value) => STATUSES.has(value)).length >= NEARLY_ALL * values.length;
