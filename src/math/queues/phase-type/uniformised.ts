import { poissonWeight } from '../../numeric/poisson.js';
import { durationsOf } from '../durations.js';
import type { Durations } from '../result.js';
import { exitRates, type PhaseType, phaseTypeMoment } from './phase-type.js';

/**
 * A duration that is the sum of K exponentials of one rate, K a random whole number: what a Markov chain's time
 * to absorption becomes when every state is left at that rate, some moves leading nowhere (uniformisation, Jensen
 * 1953).
 */
export interface ErlangMixture {
  /** Rate of the exponentials. */
  readonly rate: number;
  /** P(K > k), k ≥ 0. */
  survival(k: number): number;
  /** P(K = k + 1). */
  exit(k: number): number;
}

/** The two numbers of step k, and the move to step k + 1. */
export interface Steps {
  /** P(K > k) at the present step. */
  survival(): number;
  /** P(K = k + 1) at the present step. */
  exit(): number;
  advance(): void;
}

/** Steps remembered as far as they were asked for. */
export function erlangMixture(rate: number, steps: Steps): ErlangMixture {
  const survivals: number[] = [steps.survival()];
  const exits: number[] = [steps.exit()];
  const reach = (k: number) => {
    while (survivals.length <= k) {
      steps.advance();
      survivals.push(steps.survival());
      exits.push(steps.exit());
    }
  };
  return {
    rate,
    survival(k) {
      reach(k);
      return survivals[k]!;
    },
    exit(k) {
      reach(k);
      return exits[k]!;
    },
  };
}

/** Steps of a sub-generator from an initial row, with rate at least that of its fastest state. */
export function generatorSteps(
  alpha: readonly number[],
  generator: readonly (readonly number[])[],
  exits: readonly number[],
  rate: number,
): Steps {
  const move = sparseMove(generator, rate);
  let row = Float64Array.from(alpha);
  return {
    survival: () => row.reduce((sum, x) => sum + x, 0),
    exit: () => row.reduce((sum, x, i) => sum + x * exits[i]!, 0) / rate,
    advance() {
      row = move(row);
    },
  };
}

/** Row ↦ row(I + T/rate), from the entries of T that are not 0. */
export function sparseMove(
  generator: readonly (readonly number[])[],
  rate: number,
): (row: Float64Array<ArrayBuffer>) => Float64Array<ArrayBuffer> {
  const from: number[] = [];
  const to: number[] = [];
  const value: number[] = [];
  generator.forEach((row, i) => {
    row.forEach((x, j) => {
      const entry = i === j ? Math.max(0, 1 + x / rate) : x / rate;
      if (entry !== 0) {
        from.push(i);
        to.push(j);
        value.push(entry);
      }
    });
  });
  return (row) => {
    const next = new Float64Array(row.length);
    for (let n = 0; n < value.length; n += 1) next[to[n]!]! += row[from[n]!]! * value[n]!;
    return next;
  };
}

/** Fastest rate at which a state is left. */
export function fastestRate(generator: readonly (readonly number[])[]): number {
  return generator.reduce((most, row, i) => Math.max(most, -row[i]!), 0);
}

/**
 * The wait, then a service of the given phases: P(K + L > k) without a convolution, by walking both chains
 * together.
 */
export function followedBy(wait: ErlangMixture, service: PhaseType): ErlangMixture {
  const move = sparseMove(service.generator, wait.rate);
  const exits = exitRates(service);
  const startsAtOnce = 1 - wait.survival(0);
  let row = Float64Array.from(service.alpha, (p) => p * startsAtOnce);
  let k = 0;
  return erlangMixture(wait.rate, {
    survival: () => wait.survival(k) + row.reduce((sum, x) => sum + x, 0),
    exit: () => row.reduce((sum, x, i) => sum + x * exits[i]!, 0) / wait.rate,
    advance() {
      const arriving = wait.exit(k);
      row = move(row);
      service.alpha.forEach((p, i) => {
        row[i]! += p * arriving;
      });
      k += 1;
    },
  });
}

/** Tail and percentiles: P(X > t) = Σ_k P(K > k) e^{−qt}(qt)^k/k!, all terms positive. */
export function mixtureDurations(mixture: ErlangMixture, mean: number): Durations {
  const { poissonMean } = extrapolated(mixture);
  const tail = (t: number) => {
    if (t <= 0) return t < 0 ? 1 : mixture.survival(0);
    return Math.min(1, poissonMean(mixture.rate * t, mixture.survival));
  };
  return durationsOf(mean, tail, { scale: mean > 0 ? mean : 1 / mixture.rate });
}

/** t ↦ density at t > 0: q Σ_k P(K = k + 1) e^{−qt}(qt)^k/k!, all terms positive. */
export function mixtureDensity(mixture: ErlangMixture): (t: number) => number {
  const { poissonMean } = extrapolated(mixture);
  return (t) => mixture.rate * poissonMean(mixture.rate * t, mixture.exit);
}

/** Steps between two looks at the ratio of successive survivals. */
const STRIDE = 64;
/**
 * Most steps that are taken. What has not settled by then decays so slowly that the second half of them shows its
 * ratio to about ten digits.
 */
const MOST_STEPS = 1 << 22;
const SETTLED = 3e-15;
const BARELY = 1e-12;
const NEGLIGIBLE = 1e-280;

/** Mean ratio of successive survivals from half of the steps to all of them; below 1, so that every tail ends. */
function ratioOfSecondHalf(mixture: ErlangMixture, known: number): number {
  const half = known / 2;
  const logRatio = Math.log(mixture.survival(known) / mixture.survival(half)) / half;
  return Math.exp(Math.min(logRatio, -Number.EPSILON));
}

/** A mixture whose steps are computed until the ratio of successive survivals has settled, and go on geometrically from there. */
interface Extrapolated {
  /** Mean of one of the mixture's two sequences over a Poisson number of steps. */
  readonly poissonMean: (mean: number, of: (k: number) => number) => number;
}

function extrapolated(mixture: ErlangMixture): Extrapolated {
  let known = 0;
  let lastLogRatio = Number.NaN;
  let settledRatio: number | null = null;

  const reach = (k: number) => {
    while (known < k && settledRatio === null) {
      const before = mixture.survival(known);
      const after = mixture.survival(known + STRIDE);
      known += STRIDE;
      if (after < NEGLIGIBLE) {
        settledRatio = 0;
        return;
      }
      const logRatio = Math.log(after / before) / STRIDE;
      // Twice in a row the same ratio, to the last bits; not the 1 of a law of many stages that has not begun to end.
      const change = Math.abs(logRatio - lastLogRatio);
      if (logRatio < -BARELY && change <= SETTLED * Math.max(STRIDE ** -1, -logRatio))
        settledRatio = Math.exp(logRatio);
      lastLogRatio = logRatio;
      if (settledRatio === null && known >= MOST_STEPS) settledRatio = ratioOfSecondHalf(mixture, known);
    }
  };

  const at = (of: (k: number) => number, k: number) => {
    reach(k);
    if (settledRatio === null || k <= known) return of(k);
    return settledRatio === 0 ? 0 : of(known) * settledRatio ** (k - known);
  };

  return {
    poissonMean(mean, of) {
      const spread = 10 * Math.sqrt(mean) + 40;
      const high = Math.ceil(mean + spread);
      reach(high);
      if (settledRatio !== null && settledRatio > 0) {
        const shifted = mean * settledRatio;
        const low = shifted - 10 * Math.sqrt(shifted) - 40;
        if (low > known)
          return Math.exp(Math.log(of(known)) - known * Math.log(settledRatio) - (mean - shifted));
      }
      if (settledRatio === 0 && mean > 2 * known + 100) return 0;
      const start = Math.min(high, Math.max(0, Math.round(mean)));
      const first = poissonWeight(start, mean);
      let sum = 0;
      for (let k = start, weight = first; k >= 0; k -= 1) {
        const term = weight * at(of, k);
        sum += term;
        if (k < mean - spread && term <= 1e-18 * sum) break;
        weight *= k / mean;
      }
      for (let k = start + 1, weight = (first * mean) / k; k <= high; k += 1) {
        sum += weight * at(of, k);
        weight *= mean / (k + 1);
      }
      return sum;
    },
  };
}

/** A phase-type law itself. */
export function phaseTypeDurations(law: PhaseType): Durations {
  const rate = fastestRate(law.generator);
  const steps = generatorSteps(law.alpha, law.generator, exitRates(law), rate);
  return mixtureDurations(erlangMixture(rate, steps), phaseTypeMoment(law, 1));
}
