const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** nginx separates the servers that it tried by commas, and groups of them by colons. */
const LIST = /, | : /;
/** `1.5s`, `1m2.5s`, `120 ms`: as Go and many loggers write them. */
const WITH_UNIT =
  /^(?:\d+(?:\.\d+)? ?(?:ns|us|ms|s|m|h|sec|secs|seconds|msecs?|millis|milliseconds|usecs?|micros|microseconds))+$/;
const PART = /(\d+(?:\.\d+)?) ?([a-z]+)/g;
/** `0:00:00.200123`, as Python writes a timedelta; without a fraction it would be a time of day. */
const CLOCK = /^(\d+):(\d\d):(\d\d\.\d+)$/;

/** Milliseconds in a unit of time, by each of its names. */
export const MS_PER_UNIT: Readonly<Record<string, number>> = {
  ns: 1e-6,
  nanos: 1e-6,
  nanoseconds: 1e-6,
  us: 1e-3,
  usec: 1e-3,
  usecs: 1e-3,
  micros: 1e-3,
  microseconds: 1e-3,
  ms: 1,
  msec: 1,
  msecs: 1,
  millis: 1,
  milliseconds: 1,
  s: 1e3,
  sec: 1e3,
  secs: 1e3,
  seconds: 1e3,
  m: 6e4,
  h: 3.6e6,
};

/** No duration, and no list of them, is longer. */
const LONGEST_TEXT = 500;

/** Decimals of this many digits are exact sums and quotients; longer ones are left to the language. */
const MOST_DIGITS = 15;

/** A plain decimal number; NaN for any other text. Digits are added up, which is faster than `Number`. */
export function decimal(text: string): number {
  const length = text.length;
  let sum = 0;
  let point = -1;
  for (let n = 0; n < length; n++) {
    const code = text.charCodeAt(n);
    if (code >= 48 && code <= 57) sum = sum * 10 + code - 48;
    else if (code === 46 && point < 0) point = n;
    else return written(text);
  }
  if (length > MOST_DIGITS || length <= (point < 0 ? 0 : 1)) return written(text);
  return point < 0 ? sum : sum / 10 ** (length - 1 - point);
}

const written = (text: string): number => (PLAIN.test(text) ? Number(text) : Number.NaN);

/**
 * A duration in ms. `msPerUnit` is the unit of a bare number; null where each text must name its own. NaN for `-`, `-1` and
 * nothing, which stand for none; infinite for what is no duration. A list is summed: a request that was tried on a second
 * server took the time of both.
 */
export function durationMs(text: string, msPerUnit: number | null): number {
  if (text.length > LONGEST_TEXT) return Number.POSITIVE_INFINITY;
  const plain = decimal(text);
  if (plain >= 0 && msPerUnit !== null) return plain * msPerUnit;
  if (text === '-' || text === '' || plain === -1) return Number.NaN;
  if (!Number.isNaN(plain)) return msPerUnit === null ? Number.POSITIVE_INFINITY : plain * msPerUnit;
  if (LIST.test(text)) return sumOf(text.split(LIST), msPerUnit);
  return withUnit(text);
}

function sumOf(parts: readonly string[], msPerUnit: number | null): number {
  let sum = Number.NaN;
  for (const part of parts) {
    const value = durationMs(part.trim(), msPerUnit);
    if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
  }
  return sum;
}

function withUnit(text: string): number {
  // The micro sign has two code points, and as many ways to be read as single bytes.
  const plain = text.replace(/[^\x20-\x7e]+s/, 'us').toLowerCase();
  const clock = CLOCK.exec(plain);
  if (clock) return ((Number(clock[1]) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000;
  if (!WITH_UNIT.test(plain)) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const [, value, unit] of plain.matchAll(PART))
    sum += Number(value) * (MS_PER_UNIT[unit!] ?? Number.POSITIVE_INFINITY);
  return sum;
}

/** Whether a text is a duration that names its unit. */
export const namesItsUnit = (text: string): boolean =>
  text.length <= LONGEST_TEXT && Number.isFinite(withUnit(text));
