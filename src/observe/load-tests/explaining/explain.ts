import type { Law } from '../../../math/laws/law.js';
import { leastSquares } from '../../../math/numeric/least-squares.js';
import { studentT975 } from '../../../math/statistics/confidence.js';
import type { Facility } from '../../../model/discipline.js';
import type { Workload } from '../../../model/types.js';
import type { LoadStep } from '../step.js';
import { measurementsOf, residualsOf, roughSquares } from './residuals.js';

/** What of a request is known beforehand; the rest is looked for. */
export interface KnownOfRequest {
  readonly cv: number | null;
  readonly ioCalls: number;
  readonly overheadMs: number;
}

export interface Interval {
  readonly value: number;
  readonly low95: number;
  readonly high95: number;
}

/** The request that makes the model explain the steps best. */
export interface Explanation {
  readonly cpuMs: Interval;
  readonly ioMs: Interval;
  readonly cv: Interval | null;
  readonly workload: Workload;
  /** Root of the mean squared relative error over all measurements. */
  readonly relativeError: number;
  readonly measurements: number;
  /** False where the steps fit computing and waiting in other shares about as well. */
  readonly tellsApart: boolean;
}

/** Total in ms, share of waiting, coefficient of variation: a request as the search moves it. */
interface Point {
  readonly totalMs: number;
  readonly ioShare: number;
  readonly cv: number;
}

/** Errors of model and measurement that are never below this, relative. */
const LEAST_ERROR = 0.01;
/** Half-width of the share of waiting above which computing and waiting are not told apart. */
const MOST_HALF_WIDTH = 0.12;
/** Shares of computing that are tried first: from 99 % down to 1 %, each this part of the one before. */
const SHARE_STEP = 0.87;
const SHARES = 34;
const STARTING_CV = 0.8;

/**
 * CPU and I/O time, and where it is not known the coefficient of variation of both, by least squares over the logarithms of
 * all measured times and throughputs (Marquardt). Null where the steps bring fewer measurements than there are unknowns.
 */
export function explainSteps(
  steps: readonly LoadStep[],
  facility: Facility,
  known: KnownOfRequest,
): Explanation | null {
  const measurements = steps.reduce((sum, step) => sum + measurementsOf(step), 0);
  // Means alone do not show how a time varies.
  const cvKnown = known.cv ?? (steps.some((step) => measurementsOf(step) > 1) ? null : 1);
  const unknowns = cvKnown === null ? 3 : 2;
  if (measurements < unknowns) return null;
  const pointOf = ([logTotal, ioShare, logCv]: readonly number[]): Point => ({
    totalMs: Math.exp(logTotal!),
    ioShare: ioShare!,
    cv: cvKnown ?? Math.exp(logCv!),
  });
  const cache = new Map<string, readonly number[]>();
  const residuals = (parameters: readonly number[]): readonly number[] => {
    const key = parameters.join();
    let found = cache.get(key);
    if (!found) {
      const point = pointOf(parameters);
      const possible = point.ioShare >= 0 && point.ioShare <= 0.999 && point.cv < 5 && point.cv > 0.005;
      found = possible
        ? residualsOf(steps, facility, workloadOf(point, known))
        : new Array<number>(measurements).fill(Number.NaN);
      cache.set(key, found);
    }
    return found;
  };
  const curve = {
    points: measurements,
    residual: (parameters: readonly number[], i: number) => residuals(parameters)[i]!,
    gradient: (parameters: readonly number[], i: number) =>
      parameters.map((_, k) => slope(residuals, parameters, k, i)),
  };
  const start = startFor(steps, facility, known, cvKnown);
  const best = leastSquares(curve, start, LEAST_GAIN);
  const point = pointOf(best.parameters);
  const freedom = Math.max(1, measurements - unknowns);
  const variance = Math.max(best.squares / freedom, LEAST_ERROR ** 2);
  const factor = studentT975(freedom) * Math.sqrt(variance);
  const half = (k: number): number =>
    best.covariance ? factor * Math.sqrt(Math.max(0, best.covariance[k]![k]!)) : Number.POSITIVE_INFINITY;
  return {
    ...partsOf(point, half(0), half(1)),
    cv: cvKnown === null ? within(point.cv, point.cv * Math.min(5, half(2))) : null,
    workload: workloadOf(point, known),
    relativeError: Math.sqrt(best.squares / measurements),
    measurements,
    tellsApart: half(1) <= MOST_HALF_WIDTH,
  };
}

/** Share of the sum of squares below which a step of the search gains nothing that measurements could show. */
const LEAST_GAIN = 1e-4;

function partsOf(
  { totalMs, ioShare }: Point,
  logTotalHalf: number,
  shareHalf: number,
): { cpuMs: Interval; ioMs: Interval } {
  const half = (part: number): number =>
    Math.hypot(part * totalMs * Math.min(2, logTotalHalf), totalMs * Math.min(1, shareHalf));
  return {
    cpuMs: within(totalMs * (1 - ioShare), half(1 - ioShare)),
    ioMs: within(totalMs * ioShare, half(ioShare)),
  };
}

const within = (value: number, half: number): Interval => ({
  value,
  low95: Math.max(0, value - half),
  high95: value + half,
});

/** The slope of residual `i` along parameter `k`, to both sides where both are possible. */
function slope(
  residuals: (parameters: readonly number[]) => readonly number[],
  parameters: readonly number[],
  k: number,
  i: number,
): number {
  const width = 0.01;
  const moved = (by: number): number => residuals(parameters.map((p, n) => (n === k ? p + by : p)))[i]!;
  const [below, above] = [moved(-width), moved(width)];
  if (Number.isNaN(below)) return (above - residuals(parameters)[i]!) / width;
  if (Number.isNaN(above)) return (residuals(parameters)[i]! - below) / width;
  return (above - below) / (2 * width);
}

/** The total at the lightest step, the share of waiting and the variation with which the model's means fit best. */
function startFor(
  steps: readonly LoadStep[],
  facility: Facility,
  known: KnownOfRequest,
  cvKnown: number | null,
): readonly number[] {
  const means = steps.flatMap(({ times }) =>
    times.meanMs !== null && times.meanMs > 0 ? [times.meanMs] : [],
  );
  const least = means.length > 0 ? Math.min(...means) : 100;
  const totalMs = Math.max(least - known.overheadMs, least * 0.1);
  const cv = cvKnown ?? STARTING_CV;
  let best = { ioShare: 0.5, squares: Number.POSITIVE_INFINITY };
  for (let n = 0; n < SHARES; n++) {
    const ioShare = 1 - 0.99 * SHARE_STEP ** n;
    const squares = roughSquares(steps, facility, workloadOf({ totalMs, ioShare, cv }, known));
    if (squares < best.squares) best = { ioShare, squares };
  }
  return [Math.log(totalMs), best.ioShare, ...(cvKnown === null ? [Math.log(STARTING_CV)] : [])];
}

function workloadOf({ totalMs, ioShare, cv }: Point, { ioCalls, overheadMs }: KnownOfRequest): Workload {
  const law = (mean: number): Law =>
    mean === 0 || cv === 0 ? { kind: 'deterministic', mean } : { kind: 'two-moment', mean, cv };
  const ioMs = totalMs * ioShare;
  return {
    ratePerSecond: null,
    cpu: law(totalMs - ioMs),
    io: law(ioMs),
    ioCalls: ioMs > 0 ? Math.max(1, ioCalls) : 0,
    overheadMs,
  };
}
