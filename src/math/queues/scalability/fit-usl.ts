import { positive } from '../../numeric/domain.js';
import { type Fit, leastSquares } from '../../numeric/least-squares.js';
import { type UslModel, uslCapacity } from './usl.js';

export interface Measurement {
  /** N > 0. */
  readonly workers: number;
  /** X(N) > 0. */
  readonly throughput: number;
}

export interface UslFit extends UslModel {
  /** Standard errors of the coefficients; null where one lies on its bound 0 or the data leave no freedom. */
  readonly standardErrors: { readonly [K in keyof UslModel]: number | null };
  /** Sum of the squared residuals. */
  readonly squares: number;
  /** Estimated standard deviation of a measurement; null with no more points than coefficients. */
  readonly residualDeviation: number | null;
}

type Free = readonly (keyof UslModel)[];

/**
 * Fits the Universal Scalability Law to measurements by nonlinear least squares on the throughput, with contention and
 * coherency bounded below by 0. Standard errors are those of the linearised model.
 *
 * @param measurements at least as many different N as coefficients: three.
 * @throws RangeError where there are too few or one is not positive.
 * @see Gunther 2007, chapter 5; Bates & Watts 1988, section 2.2 (standard errors).
 */
export function fitUsl(measurements: readonly Measurement[]): UslFit {
  check(measurements, 3);
  const candidates = (
    [['rate', 'contention', 'coherency'], ['rate', 'contention'], ['rate', 'coherency'], ['rate']] as const
  ).map((free) => fitFree(measurements, free));
  // Where the free optimum breaks a bound, the best one lies on that bound.
  return candidates
    .filter(({ rate, contention, coherency }) => rate > 0 && contention >= 0 && coherency >= 0)
    .reduce((best, candidate) => (candidate.squares < best.squares ? candidate : best));
}

/**
 * Fits Amdahl's law, the Universal Scalability Law without coherency, to at least two different N.
 *
 * @throws RangeError where there are too few measurements or one is not positive.
 */
export function fitAmdahl(measurements: readonly Measurement[]): UslFit {
  check(measurements, 2);
  const fit = fitFree(measurements, ['rate', 'contention']);
  return fit.contention >= 0 ? fit : fitFree(measurements, ['rate']);
}

function check(measurements: readonly Measurement[], least: number): void {
  for (const { workers, throughput } of measurements) {
    positive('workers', workers);
    positive('throughput', throughput);
  }
  const different = new Set(measurements.map(({ workers }) => workers)).size;
  if (different < least)
    throw new RangeError(
      `a fit needs measurements at ${least} different numbers of workers, got ${different}`,
    );
}

function fitFree(measurements: readonly Measurement[], free: Free): UslFit {
  const model = (parameters: readonly number[]): UslModel => {
    const of = (name: Free[number]) => (free.includes(name) ? parameters[free.indexOf(name)]! : 0);
    return { rate: of('rate'), contention: of('contention'), coherency: of('coherency') };
  };
  const fit = leastSquares(
    {
      points: measurements.length,
      residual(parameters, i) {
        const { workers, throughput } = measurements[i]!;
        const coefficients = model(parameters);
        const capacity = uslCapacity(coefficients, workers);
        return capacity > 0 ? coefficients.rate * capacity - throughput : Number.NaN;
      },
      gradient(parameters, i) {
        const { workers } = measurements[i]!;
        const coefficients = model(parameters);
        const capacity = uslCapacity(coefficients, workers);
        const slope = (-coefficients.rate * capacity * capacity * (workers - 1)) / workers;
        return free.map((name) =>
          name === 'rate' ? capacity : name === 'contention' ? slope : slope * workers,
        );
      },
    },
    free.map((name) => (name === 'rate' ? firstRate(measurements) : name === 'contention' ? 0.01 : 1e-4)),
  );
  return { ...model(fit.parameters), ...uncertainty(fit, free, measurements.length) };
}

/** Throughput per worker where it is best. */
const firstRate = (measurements: readonly Measurement[]): number =>
  Math.max(...measurements.map(({ workers, throughput }) => throughput / workers));

function uncertainty({ squares, covariance }: Fit, free: Free, points: number) {
  const freedom = points - free.length;
  const variance = freedom > 0 ? squares / freedom : null;
  const errorOf = (name: Free[number]): number | null => {
    const i = free.indexOf(name);
    return i < 0 || !covariance || variance === null
      ? null
      : Math.sqrt(Math.max(0, variance * covariance[i]![i]!));
  };
  return {
    squares,
    residualDeviation: variance === null ? null : Math.sqrt(variance),
    standardErrors: {
      rate: errorOf('rate'),
      contention: errorOf('contention'),
      coherency: errorOf('coherency'),
    },
  };
}
