import type { LineFormat } from './format.js';
import { type NamedLabels, namedLabels } from './labels.js';

/**
 * What a target shows at /metrics: Prometheus's text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats) and
 * OpenMetrics 1.0, which differ in the unit of time stamps and in exemplars behind `#`. With time stamps it holds a course
 * of samples, as `promtool tsdb dump-openmetrics` writes it.
 */
export const exposition: LineFormat = {
  recognises: (head) => /^(#|[a-zA-Z_:][\w:]*\s*[{ \t]|\{\s*")/.test(head),
  line(text, sink) {
    if (text.trim() === '' || /^\s*#/.test(text)) return true;
    const named = namedLabels(text);
    if (named === null) return false;
    if (!sink.wants(named.name)) return true;
    const numbers = numbersOf(text, named);
    if (numbers === null) return false;
    sink.sample(named.name, named.labels, numbers.timeMs, numbers.value);
    return true;
  },
};

/** Value and time stamp, and an exemplar or nothing behind them. */
const NUMBERS = /[ \t]*(\S+)(?:[ \t]+(-?[\d.]+(?:e[+-]?\d+)?))?[ \t]*(?:#.*)?$/iy;

/** A time stamp below this (1973 in ms, the year 5138 in s) is in seconds, as OpenMetrics writes it. */
const LEAST_MS = 1e11;

function numbersOf(text: string, { end }: NamedLabels): { timeMs: number; value: number } | null {
  NUMBERS.lastIndex = end;
  const found = NUMBERS.exec(text);
  const value = found ? numberOf(found[1]!) : null;
  if (!found || value === null) return null;
  if (found[2] === undefined) return { timeMs: Number.NaN, value };
  const stamp = Number(found[2]);
  if (!Number.isFinite(stamp)) return null;
  return { timeMs: Math.abs(stamp) < LEAST_MS ? stamp * 1000 : stamp, value };
}

/** A sample's value; NaN is one, null is none. Prometheus writes `+Inf`, `NaN`, and numbers as Go does. */
export function numberOf(text: string): number | null {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = Number(text);
  return text !== '' && Math.abs(value) <= MOST ? value : null;
}

/** More than a counter of 64 bits holds: nothing that was measured. */
const MOST = 1e20;
