import { fitUsl } from '../../math/queues/scalability/fit-usl.js';
import { type UslLandmarks, uslLandmarks } from '../../math/queues/scalability/usl.js';
import { studentT975 } from '../../math/statistics/confidence.js';
import { inFlight, type LoadStep } from './step.js';

/** A coefficient with its 95 % confidence interval; null where it lies on its bound or the steps leave no freedom. */
export interface Coefficient {
  readonly value: number;
  readonly low95: number | null;
  readonly high95: number | null;
}

/** The Universal Scalability Law through the steps: throughput by the number of users, or of requests in flight. */
export interface Scalability {
  readonly by: 'users' | 'requests in flight';
  readonly points: number;
  /** γ, requests per second of one. */
  readonly ratePerSecond: Coefficient;
  /** σ, contention. */
  readonly contention: Coefficient;
  /** κ, coherency. */
  readonly coherency: Coefficient;
  readonly peak: UslLandmarks;
  /** Whether the peak lies within what was tested. */
  readonly peakWasTested: boolean;
}

/** Fits the law; a sentence that says why where the steps do not carry it. */
export function scalabilityOf(steps: readonly LoadStep[]): Scalability | string {
  const points = steps.flatMap((step) => {
    const workers = step.loop === 'closed' ? step.users : inFlight(step);
    return workers !== null && workers > 0 ? [{ workers, throughput: step.throughputPerSecond }] : [];
  });
  const different = new Set(points.map(({ workers }) => workers)).size;
  if (different < 3)
    return `the Universal Scalability Law needs steps at 3 different numbers of users, and ${different === 0 ? 'none of these tells one' : `there ${different === 1 ? 'is 1' : `are ${different}`}`}`;
  if (new Set(steps.map(({ loop }) => loop)).size > 1)
    return 'open and closed steps do not lie on one curve of the Universal Scalability Law; give one kind';
  const fit = fitUsl(points);
  const free = Object.values(fit.standardErrors).filter((error) => error !== null).length;
  const factor = points.length > free ? studentT975(points.length - free) : null;
  const coefficient = (name: 'rate' | 'contention' | 'coherency'): Coefficient => {
    const [value, error] = [fit[name], fit.standardErrors[name]];
    if (error === null || factor === null) return { value, low95: null, high95: null };
    return { value, low95: Math.max(0, value - factor * error), high95: value + factor * error };
  };
  const peak = uslLandmarks(fit);
  const most = Math.max(...points.map(({ workers }) => workers));
  return {
    by: steps[0]!.loop === 'closed' ? 'users' : 'requests in flight',
    points: points.length,
    ratePerSecond: coefficient('rate'),
    contention: coefficient('contention'),
    coherency: coefficient('coherency'),
    peak,
    peakWasTested: peak.peakWorkers !== null && peak.peakWorkers <= most,
  };
}
