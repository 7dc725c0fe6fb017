import type { Law } from '../laws/law.js';
import type { Random } from './random.js';
import { exponentialVariate, fillExponential, normalVariate } from './ziggurat.js';

const BLOCK = 512;

/** Writes independent draws of one law over the whole of `out`. */
type Fill = (random: Random, out: Float64Array) => void;

/**
 * Independent draws of one law from a generator of its own, so that two systems compared with the same seed see the
 * same requests. Draws are made in blocks: the inner loops stay monomorphic whatever the law.
 */
export class Stream {
  private readonly block = new Float64Array(BLOCK);
  private position = BLOCK;
  private readonly random: Random;
  private readonly draw: Fill;

  constructor(law: Law, random: Random) {
    this.random = random;
    this.draw = filler(law);
  }

  /** The next draws, over the whole of `out`. */
  fill(out: Float64Array): void {
    this.draw(this.random, out);
  }

  next(): number {
    if (this.position === BLOCK) {
      this.fill(this.block);
      this.position = 0;
    }
    return this.block[this.position++]!;
  }
}

function filler(law: Law): Fill {
  switch (law.kind) {
    case 'deterministic':
      return (_, out) => void out.fill(law.mean);
    case 'exponential':
      return (random, out) => fillExponential(random, out, law.mean);
    case 'erlang':
      return erlang(law.mean, law.stages);
    case 'hyperexponential':
      return law.cv === 1
        ? filler({ kind: 'exponential', mean: law.mean })
        : hyperexponential(law.mean, law.cv);
    case 'lognormal':
      return lognormal(law.mean, law.cv);
    case 'gamma':
      return law.cv === 0 ? filler({ kind: 'deterministic', mean: law.mean }) : gamma(law.mean, law.cv);
    case 'two-moment':
      return twoMoment(law.mean, law.cv);
    case 'empirical':
      return empirical(law.quantiles);
    case 'phase-type':
      return phaseType(law.alpha, law.generator);
  }
}

function erlang(mean: number, stages: number): Fill {
  if (stages > 16) return gamma(mean, 1 / Math.sqrt(stages));
  return (random, out) => {
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      for (let stage = 0; stage < stages; stage++) sum += exponentialVariate(random);
      out[i] = (mean / stages) * sum;
    }
  };
}

/** Balanced means: p₁,₂ = (1 ± √((cv² − 1)/(cv² + 1)))/2, each branch with mean mean/(2 p). */
function hyperexponential(mean: number, cv: number): Fill {
  const square = cv * cv;
  const first = (1 + Math.sqrt((square - 1) / (square + 1))) / 2;
  return (random, out) => {
    for (let i = 0; i < out.length; i++) {
      const share = random.uniform() < first ? first : 1 - first;
      out[i] = (mean / (2 * share)) * exponentialVariate(random);
    }
  };
}

function lognormal(mean: number, cv: number): Fill {
  const variance = Math.log1p(cv * cv);
  const deviation = Math.sqrt(variance);
  const scale = mean * Math.exp(-variance / 2);
  return (random, out) => {
    for (let i = 0; i < out.length; i++) out[i] = scale * Math.exp(deviation * normalVariate(random));
  };
}

/** Marsaglia & Tsang (2000), "A simple method for generating gamma variables"; shapes below 1 by U^(1/shape). */
function gamma(mean: number, cv: number): Fill {
  const shape = 1 / (cv * cv);
  const boosted = shape < 1 ? shape + 1 : shape;
  const d = boosted - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const scale = mean / shape;
  return (random, out) => {
    for (let i = 0; i < out.length; i++) {
      let value = 0;
      for (;;) {
        const x = normalVariate(random);
        const root = 1 + c * x;
        if (root <= 0) continue;
        value = root * root * root;
        if (Math.log(random.uniform()) < 0.5 * x * x + d * (1 - value + Math.log(value))) break;
      }
      out[i] = scale * d * value * (shape < 1 ? random.uniform() ** (1 / shape) : 1);
    }
  };
}

/** Only two moments known: deterministic at cv 0, gamma below 1, exponential at 1, lognormal above. */
function twoMoment(mean: number, cv: number): Fill {
  if (cv === 1) return filler({ kind: 'exponential', mean });
  return filler({ kind: cv < 1 ? 'gamma' : 'lognormal', mean, cv });
}

function empirical(quantiles: readonly number[]): Fill {
  const table = Float64Array.from(quantiles);
  const intervals = table.length - 1;
  return (random, out) => {
    for (let i = 0; i < out.length; i++) {
      const at = random.uniform() * intervals;
      const below = Math.floor(at);
      out[i] = table[below]! + (at - below) * (table[below + 1]! - table[below]!);
    }
  };
}

/** Follows the Markov chain phase by phase until it is absorbed. */
function phaseType(alpha: readonly number[], generator: readonly (readonly number[])[]): Fill {
  const rates = generator.map((row, phase) => -row[phase]!);
  const jumps = generator.map((row, phase) =>
    row.map((rate, to) => (to === phase ? 0 : rate / rates[phase]!)),
  );
  const pick = (weights: readonly number[], u: number): number => {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i]!;
      if (u < sum) return i;
    }
    return -1;
  };
  return (random, out) => {
    for (let i = 0; i < out.length; i++) {
      let total = 0;
      let phase = pick(alpha, random.uniform());
      while (phase >= 0) {
        total += exponentialVariate(random) / rates[phase]!;
        phase = pick(jumps[phase]!, random.uniform());
      }
      out[i] = total;
    }
  };
}
