import type { Axis } from './types.js';

/** Maps values to 0…1 along an axis, with the ticks to label. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** 0 at `low`, 1 at `high`; outside the range beyond that. */
  readonly position: (value: number) => number;
}

/** A scale over all values, widened to round ends; `wanted` is about how many ticks there is room for. */
export function scaleFor(axis: Axis, values: readonly number[], wanted: number): Scale {
  const finite = values.filter((value) => Number.isFinite(value) && (axis.scale === 'linear' || value > 0));
  const least = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (least > most) return linear(0, 1, { wanted, leastStep: 0 });
  if (axis.scale === 'log') return logarithmic(least, most);
  return linear(axis.fromZero ? Math.min(0, least) : least, most, { wanted, leastStep: axis.whole ? 1 : 0 });
}

interface Steps {
  readonly wanted: number;
  readonly leastStep: number;
}

function linear(least: number, most: number, { wanted, leastStep }: Steps): Scale {
  // A range that starts near zero is shown from zero, so that heights compare as the values do.
  const from = least > 0 && least < most / 2 ? 0 : least;
  const range = most - from;
  // Ticks closer than twelve digits can tell apart would be one and the same.
  const isFlat = range <= 1e-9 * Math.abs(most);
  const step = roundStep(Math.max(leastStep, (isFlat ? Math.abs(most) || 1 : range) / Math.max(1, wanted)));
  const low = Math.floor(from / step) * step;
  const high = Math.max(low + step, Math.ceil(most / step - 1e-9) * step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, n) => Number((low + n * step).toPrecision(12)));
  return { low, high, ticks, position: (value) => (value - low) / (high - low) };
}

/** The next step of 1, 2 or 5 times a power of ten. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((f) => f * power >= raw * (1 - 1e-9)) ?? 10;
  return factor * power;
}

const LOG_STEPS = [1, 2, 5];

function logarithmic(least: number, most: number): Scale {
  const low = Math.max(...logSteps(least).filter((step) => step <= least * (1 + 1e-9)));
  const high = Math.min(...logSteps(most).filter((step) => step >= most * (1 - 1e-9) && step > low));
  const all = decades(low, high).flatMap((power) =>
    LOG_STEPS.map((f) => Number((f * power).toPrecision(12))),
  );
  const inside = all.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const few =
    inside.length > 7
      ? inside.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))))
      : inside;
  const span = Math.log(high / low);
  return { low, high, ticks: few, position: (value) => Math.log(value / low) / span };
}

const logSteps = (value: number): number[] => {
  const power = 10 ** Math.floor(Math.log10(value));
  return [0.5, 1, 2, 5, 10, 20].map((f) => f * power);
};

function decades(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n));
}
