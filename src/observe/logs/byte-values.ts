/** Numbers and times straight from bytes, without a string for each. */

const ZERO = 48;
const NINE = 57;
const DOT = 46;
const MINUS = 45;

const asText = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let n = from; n < to; n++) text += String.fromCharCode(bytes[n]!);
  return text;
};

/** A decimal number; NaN where the bytes are not one. */
export function decimal(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const negative = bytes[at] === MINUS;
  if (negative) at++;
  if (at >= to) return Number.NaN;
  let digits = 0;
  let value = 0;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte < ZERO || byte > NINE) break;
    value = value * 10 + (byte - ZERO);
    digits++;
  }
  if (at < to && bytes[at] === DOT) {
    // The digits are gathered in one whole number and divided once, so that 0.123 comes out as written.
    let scale = 1;
    for (at++; at < to; at++) {
      const byte = bytes[at]!;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + (byte - ZERO);
      scale *= 10;
      digits++;
    }
    value /= scale;
  }
  if (at < to || digits === 0 || digits > 15) return unusualDecimal(bytes, from, to);
  return negative ? -value : value;
}

const MOST_DIGITS = 40;

/** Exponents and very many digits. */
function unusualDecimal(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > MOST_DIGITS) return Number.NaN;
  const text = asText(bytes, from, to);
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** A whole number of up to 15 digits; NaN where the bytes are not one. */
export function whole(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > 15) return Number.NaN;
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte < ZERO || byte > NINE) return Number.NaN;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TO_MINUTE = 17;
const CLF_LENGTH = 26;

/**
 * Reads `21/Nov/2026:02:29:24 +0000` (26 bytes) as ms since 1970; NaN where the bytes are not a time. Lines of a log
 * share their minute mostly, so the last one is remembered and only the seconds are read anew.
 */
export function clfTimes(): (bytes: Uint8Array, from: number, to: number) => number {
  const last = new Uint8Array(CLF_LENGTH);
  let lastMinuteMs = Number.NaN;
  return (bytes, from, to) => {
    if (to - from !== CLF_LENGTH) return Number.NaN;
    let same = true;
    for (let n = 0; n < CLF_LENGTH; n++) {
      if (n === TO_MINUTE) n = 20;
      if (bytes[from + n] !== last[n]) {
        same = false;
        break;
      }
    }
    if (!same) {
      lastMinuteMs = clfMinute(asText(bytes, from, to));
      last.set(bytes.subarray(from, to));
    }
    const seconds = whole(bytes, from + TO_MINUTE + 1, from + 20);
    return seconds < 61 ? lastMinuteMs + seconds * 1000 : Number.NaN;
  };
}

function clfMinute(text: string): number {
  const parts = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):\d\d ([+-])(\d\d)(\d\d)$/.exec(text);
  const month = MONTHS.indexOf(parts?.[2] ?? '');
  if (!parts || month < 0) return Number.NaN;
  const [day, year, hour, minute] = [parts[1], parts[3], parts[4], parts[5]].map(Number);
  if (day! < 1 || day! > 31 || hour! > 23 || minute! > 59) return Number.NaN;
  const zoneMinutes = (Number(parts[7]) * 60 + Number(parts[8])) * (parts[6] === '-' ? -1 : 1);
  return Date.UTC(year!, month, day!, hour!, minute! - zoneMinutes);
}

const LONGEST_TIME = 40;

/** An ISO 8601 time, or a number of `msPerUnit` since 1970, as ms; NaN where it is neither. */
export function anyTime(bytes: Uint8Array, from: number, to: number, msPerUnit: number): number {
  const number = decimal(bytes, from, to);
  if (!Number.isNaN(number)) return number * msPerUnit;
  return to - from > LONGEST_TIME ? Number.NaN : isoTime(asText(bytes, from, to));
}

/** {@link isoTime} for many lines, which mostly share their minute: it is remembered, and only the seconds are read anew. */
export function isoTimes(): (text: string) => number {
  let minute = '';
  let minuteMs = Number.NaN;
  return (text) => {
    const seconds = text.endsWith('Z') ? text.slice(17, -1) : '';
    if (text.slice(0, 17) === minute && /^[0-5]\d(\.\d+)?$/.test(seconds))
      return minuteMs + Number(seconds) * 1000;
    const time = isoTime(text);
    if (seconds !== '' && !Number.isNaN(time)) {
      minute = text.slice(0, 17);
      minuteMs = isoTime(`${minute}00Z`);
    }
    return time;
  };
}

/** ISO 8601 with `T` or a blank between date and time; without a zone it is taken as UTC. */
function isoTime(text: string): number {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (!parts) return Number.NaN;
  const zone = parts[4] === undefined ? 'Z' : parts[4].replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const fraction = parts[3] === undefined ? 0 : Number(`0.${parts[3]}`) * 1000;
  return Date.parse(`${parts[1]}T${parts[2]}${zone}`) + fraction;
}
