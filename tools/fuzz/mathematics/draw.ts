import type { Law } from '../../../src/math/laws/law.js';
import { generator } from '../../accuracy/model-grid/systems.js';

/** Random choices of one seed. */
export interface Draw {
  /** Uniform on [0, 1). */
  share(): number;
  pick<T>(list: readonly T[]): T;
  /** Log-uniform. */
  between(low: number, high: number): number;
}

export function drawOf(seed: number): Draw {
  const share = generator(seed * 2_654_435_761);
  for (let n = 0; n < 4; n++) share();
  return {
    share,
    pick: (list) => list[Math.floor(share() * list.length)]!,
    between: (low, high) => low * (high / low) ** share(),
  };
}

/** A utilization from nearly idle to within rounding of saturation. */
export function utilization(draw: Draw): number {
  const near = 1 - 10 ** -(1 + 14 * draw.share());
  return draw.pick([draw.share() * 0.98 + 0.001, near, near, 10 ** (-12 * draw.share())]);
}

export const servers = (draw: Draw, most: number): number =>
  Math.round(draw.pick([1, 2, 4, draw.between(1, 100), draw.between(1, most)]));

/** Any law with the mean, its cv from constant in all but name to 100. */
export function lawOf(draw: Draw, mean: number): Law {
  const cv = draw.pick([
    0,
    1e-9,
    1e-5,
    1e-3,
    0.1,
    0.5,
    1,
    1 + 1e-10,
    2,
    draw.between(1e-3, 1),
    draw.between(1, 100),
  ]);
  const above = Math.max(1, cv);
  return draw.pick<Law>([
    { kind: 'deterministic', mean },
    { kind: 'exponential', mean },
    { kind: 'erlang', mean, stages: Math.round(draw.between(1, 1000)) },
    { kind: 'hyperexponential', mean, cv: above },
    { kind: 'lognormal', mean, cv },
    { kind: 'gamma', mean, cv },
    { kind: 'two-moment', mean, cv },
    pieces(draw, mean),
    phases(draw, mean),
  ]);
}

function pieces(draw: Draw, mean: number): Law {
  const values = Array.from({ length: draw.pick([2, 3, 11, 101]) }, () => draw.between(1e-3, 10)).sort(
    (a, b) => a - b,
  );
  const now =
    values.slice(1).reduce((sum, value, i) => sum + (value + values[i]!) / 2, 0) / (values.length - 1);
  return { kind: 'empirical', quantiles: values.map((value) => (value * mean) / now) };
}

function phases(draw: Draw, mean: number): Law {
  const order = draw.pick([1, 2, 3, 6]);
  const rates = Array.from({ length: order }, () => draw.between(1e-3, 1e3));
  const ends = rates.map(() => draw.share());
  const generatorOf = (scale: number) =>
    rates.map((rate, i) =>
      rates.map((_, j) => (i === j ? -rate : j === i + 1 ? rate * (1 - ends[i]!) : 0) * scale),
    );
  const alpha = rates.map((_, i) => (i === 0 ? 1 : 0));
  let reached = 1;
  let now = 0;
  for (let i = 0; i < order; i++) {
    now += reached / rates[i]!;
    reached *= 1 - ends[i]!;
  }
  return { kind: 'phase-type', alpha, generator: generatorOf(now / mean) };
}
