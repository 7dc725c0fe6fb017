import { meanOf, variationOf } from './unit-choice.js';

/** Differences between a response's body and all of it: its headers. */
const MOST_HEADER_BYTES = 4000;
/** Requests are of a size: their headers differ little. */
const SIZE_MEAN = 3000;
const SIZE_CV = 0.35;
/** Shares of equal values: sizes repeat themselves, microseconds hardly do. */
const FEWEST_VALUES = 30;
const FEW_DISTINCT = 0.3;

/** Whether whole numbers look like sizes: of requests, or of responses with their headers. */
export function areSizes(numbers: readonly number[], bytes: readonly number[]): boolean {
  if (isWithHeaders(numbers, bytes)) return true;
  if (meanOf(numbers) < SIZE_MEAN && variationOf(numbers) < SIZE_CV) return true;
  const distinct = new Set(numbers).size;
  return numbers.length >= FEWEST_VALUES && distinct > 1 && distinct < FEW_DISTINCT * numbers.length;
}

/** Whether numbers are the sizes of the bodies and a little more each, for the headers. */
function isWithHeaders(numbers: readonly number[], bytes: readonly number[]): boolean {
  if (bytes.length !== numbers.length || numbers.length < 2) return false;
  const more = numbers.map((value, n) => value - bytes[n]!);
  const [least, most] = [Math.min(...more), Math.max(...more)];
  return (
    least >= 0 &&
    most <= MOST_HEADER_BYTES &&
    most - least <= 0.5 * meanOf(numbers) &&
    variationOf(bytes) > 0.05
  );
}

/** Whether seconds and microseconds tell the same times: `0/100000`. */
export const isAligned = (seconds: readonly number[], micros: readonly number[]): boolean =>
  seconds.length === micros.length &&
  seconds.length > 0 &&
  micros.some((value) => value >= 1000) &&
  seconds.every((value, n) => Math.floor(micros[n]! / 1e6) === value);
