import type { RatePoint } from '../../fleet/rates.js';
import { SourceError } from '../../host/errors.js';
import { parseOr } from '../../input/option.js';
import { quoted } from '../../input/quantity/decimal.js';
import { rate } from '../../input/types.js';
import { isFitProfile } from '../../observe/logs/profile/learnt-values.js';
import { rateOverTime } from '../../observe/logs/profile/rate-over-time.js';

/** A step this many times as long as the usual one is a gap. */
const GAP = 1.5;
const FORM =
  'a line is TIME,RATE, the time as 14:30, 2026-11-30T14:30 or seconds; a profile of wcalc fit --format profile is accepted too';

/** The rate over time from CSV or from what `fit --format profile` wrote. Throws a SourceError where it is neither. */
export function ratesFrom(file: string, text: string): readonly RatePoint[] {
  if (!isFitProfile(text)) return readCsv(text, file);
  const rates = rateOverTime(file, text);
  return rates.map(({ atSeconds, ratePerSecond }) => ({
    atHours: (atSeconds - rates[0]!.atSeconds) / 3600,
    ratePerSecond,
  }));
}

/**
 * The rate over time from CSV with the columns time and rate (a header line is passed over). Times are those of a day, dates
 * with times, or seconds; they rise in even steps.
 *
 * @throws SourceError that names file and line where a line is no such pair, times go back, or one is missing.
 */
function readCsv(text: string, file: string): readonly RatePoint[] {
  const points: (RatePoint & { readonly line: number })[] = [];
  text.split(/\r?\n/).forEach((row, index) => {
    const line = index + 1;
    const [time = '', value = '', ...more] = row.split(',').map((cell) => cell.trim());
    if (row.trim() === '' || row.startsWith('#')) return;
    if (points.length === 0 && /^[a-z]/i.test(time)) return;
    const at = hoursOf(time);
    if (at === null || more.length > 0) throw new SourceError(`${file}:${line}: ${quoted(row)}: ${FORM}`);
    const last = points.at(-1);
    if (last && at <= last.atHours)
      throw new SourceError(
        `${file}:${line}: the time ${time} is not after that of line ${last.line}; times must rise`,
      );
    points.push({ atHours: at, ratePerSecond: rateOf(value, `${file}:${line}`), line });
  });
  if (points.length < 2)
    throw new SourceError(`${file}: has ${points.length} rates, and a day needs 2 or more; ${FORM}`);
  const steps = points.slice(1).map(({ atHours }, n) => atHours - points[n]!.atHours);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1]!;
  const gap = steps.findIndex((step) => step > usual * GAP);
  if (gap >= 0)
    throw new SourceError(
      `${file}:${points[gap + 1]!.line}: ${minutes(steps[gap]!)} after the line before, where the others are ${minutes(usual)} apart; rates are missing between`,
    );
  const [first] = points;
  return points.map(({ atHours, ratePerSecond }) => ({ atHours: atHours - first!.atHours, ratePerSecond }));
}

const minutes = (hours: number): string => `${Number((hours * 60).toPrecision(6))} min`;

function rateOf(text: string, where: string): number {
  if (/^0+(\.0*)?$/.test(text)) return 0;
  return parseOr(rate, text, (message) => new SourceError(`${where}: the rate ${message}`));
}

/** Hours from a day's time, a date with a time, or seconds; null where it is none of them. */
function hoursOf(text: string): number | null {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock) {
    const [hours, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    return hours <= 24 && minute < 60 && second < 60 ? hours + minute / 60 + second / 3600 : null;
  }
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) / 3600;
  const date = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text,
  );
  if (!date) return null;
  const at = Date.parse(`${date[1]}T${date[2] ?? '00:00'}${date[3] ?? 'Z'}`);
  return Number.isFinite(at) ? at / 3_600_000 : null;
}
