import { exitRates, hyperexponentialPhases, type PhaseType } from '../queues/phase-type/phase-type.js';
import { definiteLaw } from '../queues/two-moment.js';
import { type Complex, complex, divide, expm1, log1p, multiply, scale } from '../transform/complex.js';
import type { Law } from './law.js';
import { lognormalTransform } from './lognormal-transform.js';

/** 1 − E e^{−sX}, Re s ≥ 0, without cancellation at small s. */
export type TransformComplement = (s: Complex) => Complex;

/** The transform of a law; what can be prepared once is. */
export function transformComplement(given: Law): TransformComplement {
  const law = definiteLaw(given);
  switch (law.kind) {
    case 'deterministic':
      return (s) => minus(expm1(scale(s, -law.mean)));
    case 'exponential':
      return (s) => divide(scale(s, law.mean), complex(1 + s.re * law.mean, s.im * law.mean));
    case 'erlang':
      return gammaComplement(law.mean, law.stages);
    case 'gamma':
      return gammaComplement(law.mean, 1 / law.cv ** 2);
    case 'hyperexponential':
      return phaseTypeComplement(hyperexponentialPhases(law.mean, law.cv));
    case 'lognormal':
      return lognormalTransform(law.mean, law.cv);
    case 'phase-type':
      return phaseTypeComplement(law);
    case 'empirical':
      return empiricalComplement(law.quantiles);
    case 'two-moment':
      throw new RangeError('a two-moment law has no transform');
  }
}

const minus = (x: Complex): Complex => scale(x, -1);

/** 1 − (1 + sθ)^{−k}, θ = mean/k. */
function gammaComplement(mean: number, shape: number): TransformComplement {
  return (s) => minus(expm1(scale(log1p(scale(s, mean / shape)), -shape)));
}

/** Mean over the pieces of 1 − e^{−s low}(1 − e^{−s w})/(s w). */
function empiricalComplement(quantiles: readonly number[]): TransformComplement {
  const most = quantiles.at(-1)!;
  return (s) => {
    if (Math.hypot(s.re, s.im) * most > 0.5) return empiricalDirect(quantiles, s);
    let [re, im] = [0, 0];
    for (let i = 1; i < quantiles.length; i += 1) {
      const [low, width] = [quantiles[i - 1]!, quantiles[i]! - quantiles[i - 1]!];
      // 1 − e^{−s low}·m = (1 − e^{−s low}) + e^{−s low}(1 − m), m the mean over the piece
      const start = expm1(scale(s, -low));
      const mean = meanDecay(scale(s, width));
      const value = multiply(complex(1 + start.re, start.im), complex(1 - mean.re, -mean.im));
      re += value.re - start.re;
      im += value.im - start.im;
    }
    return complex(re / (quantiles.length - 1), im / (quantiles.length - 1));
  };
}

/** The transform of quantiles with one exponential each, for s so large that nothing cancels; the inner loop of inversions. */
function empiricalDirect(quantiles: readonly number[], s: Complex): Complex {
  const pieces = quantiles.length - 1;
  const size = Math.hypot(s.re, s.im);
  let [re, im] = [0, 0]; // Σ (e^{−s low} − e^{−s high})/(s·width)
  let radius = Math.exp(-s.re * quantiles[0]!);
  let [lowRe, lowIm] = [radius * Math.cos(s.im * quantiles[0]!), -radius * Math.sin(s.im * quantiles[0]!)];
  for (let i = 1; i <= pieces; i += 1) {
    const high = quantiles[i]!;
    const width = high - quantiles[i - 1]!;
    radius = Math.exp(-s.re * high);
    const [highRe, highIm] = [radius * Math.cos(s.im * high), -radius * Math.sin(s.im * high)];
    if (size * width < 1e-3) {
      // the middle of the piece, with the next term of the series
      const [x, y] = [s.re * width, s.im * width];
      const [curveRe, curveIm] = [1 - (x * x - y * y) / 12, (-2 * x * y) / 12];
      const [midRe, midIm] = [(lowRe + highRe) / 2, (lowIm + highIm) / 2];
      re += midRe * curveRe - midIm * curveIm;
      im += midRe * curveIm + midIm * curveRe;
    } else {
      const [gapRe, gapIm] = [lowRe - highRe, lowIm - highIm];
      re += (gapRe * s.re + gapIm * s.im) / (width * size * size);
      im += (gapIm * s.re - gapRe * s.im) / (width * size * size);
    }
    [lowRe, lowIm] = [highRe, highIm];
  }
  return complex(1 - re / pieces, -im / pieces);
}

/** (1 − e^{−x})/x, 1 at 0. */
function meanDecay(x: Complex): Complex {
  return x.re === 0 && x.im === 0 ? complex(1) : divide(minus(expm1(minus(x))), x);
}

/** 1 − α(sI − T)⁻¹t = s·α(sI − T)⁻¹1. */
function phaseTypeComplement(law: PhaseType): TransformComplement {
  const order = law.alpha.length;
  const exits = exitRates(law);
  if (law.generator.every((row, i) => row.every((x, j) => i === j || x === 0))) {
    return (s) => {
      let sum = complex(0);
      for (let i = 0; i < order; i += 1) {
        const part = divide(scale(s, law.alpha[i]!), complex(s.re + exits[i]!, s.im));
        sum = complex(sum.re + part.re, sum.im + part.im);
      }
      return sum;
    };
  }
  return (s) => {
    const times = solveOnes(law.generator, s);
    let sum = complex(0);
    times.forEach((x, i) => {
      sum = complex(sum.re + law.alpha[i]! * x.re, sum.im + law.alpha[i]! * x.im);
    });
    return multiply(s, sum);
  };
}

/** x with (sI − T)x = 1; diagonally dominant for Re s ≥ 0, so without pivots. */
function solveOnes(generator: readonly (readonly number[])[], s: Complex): Complex[] {
  const order = generator.length;
  const m = generator.map((row, i) => row.map((x, j) => (i === j ? complex(s.re - x, s.im) : complex(-x))));
  const b: Complex[] = new Array<Complex>(order).fill(complex(1));
  for (let k = 0; k < order; k += 1) {
    for (let i = k + 1; i < order; i += 1) {
      const below = m[i]![k]!;
      if (below.re === 0 && below.im === 0) continue;
      const factor = divide(below, m[k]![k]!);
      for (let j = k; j < order; j += 1) {
        const change = multiply(factor, m[k]![j]!);
        m[i]![j] = complex(m[i]![j]!.re - change.re, m[i]![j]!.im - change.im);
      }
      const change = multiply(factor, b[k]!);
      b[i] = complex(b[i]!.re - change.re, b[i]!.im - change.im);
    }
  }
  for (let k = order - 1; k >= 0; k -= 1) {
    let value = b[k]!;
    for (let j = k + 1; j < order; j += 1) {
      const part = multiply(m[k]![j]!, b[j]!);
      value = complex(value.re - part.re, value.im - part.im);
    }
    b[k] = divide(value, m[k]![k]!);
  }
  return b;
}
