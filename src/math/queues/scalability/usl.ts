import { nonNegative, positive } from '../../numeric/domain.js';

/** Coefficients of the Universal Scalability Law. */
export interface UslModel {
  /** γ: throughput of one worker, > 0. */
  readonly rate: number;
  /** α: share of the work that is serial (contention), ≥ 0. */
  readonly contention: number;
  /** β: cost of keeping each pair of workers consistent (coherency), ≥ 0. */
  readonly coherency: number;
}

/**
 * Throughput of N workers, X(N) = γN/(1 + α(N − 1) + βN(N − 1)), by the Universal Scalability Law; with β = 0 it is
 * Amdahl's law, with α = 0 too it is linear.
 *
 * @param workers N > 0, real.
 * @throws RangeError where an input is outside its range.
 * @see Gunther 2007, equation 4.31; 2008, "A general theory of computational scalability".
 */
export function uslThroughput(model: UslModel, workers: number): number {
  checkUsl(model);
  positive('workers', workers);
  return model.rate * uslCapacity(model, workers);
}

/** X(N)/γ without checks. */
export function uslCapacity({ contention, coherency }: Omit<UslModel, 'rate'>, workers: number): number {
  return workers / (1 + (workers - 1) * (contention + coherency * workers));
}

/**
 * Amdahl's law: how many times faster N workers are than one when the share `serial` of the work cannot be divided,
 * N/(1 + serial·(N − 1)).
 *
 * @param serial 0 to 1. @param workers N > 0, real.
 * @throws RangeError where an input is outside its range.
 * @see Amdahl 1967.
 */
export function amdahlSpeedup(serial: number, workers: number): number {
  if (!(serial >= 0 && serial <= 1)) throw new RangeError(`serial must lie from 0 to 1, got ${serial}`);
  return uslCapacity({ contention: serial, coherency: 0 }, positive('workers', workers));
}

/** Where a scalability curve turns. What does not exist is null: without coherency throughput has no peak. */
export interface UslLandmarks {
  /** N at which the throughput is greatest, √((1 − α)/β), at least 1. */
  readonly peakWorkers: number | null;
  readonly peakThroughput: number | null;
  /** γ/α, which the throughput would approach without coherency cost. */
  readonly amdahlLimit: number | null;
  /** 1/α: where linear growth would meet the Amdahl limit. */
  readonly kneeWorkers: number | null;
}

/** Peak, limit and knee of a scalability curve. Throws RangeError where a coefficient is outside its range. */
export function uslLandmarks(model: UslModel): UslLandmarks {
  checkUsl(model);
  const { rate, contention, coherency } = model;
  const peakWorkers = coherency > 0 ? Math.max(1, Math.sqrt(Math.max(0, 1 - contention) / coherency)) : null;
  return {
    peakWorkers,
    peakThroughput: peakWorkers === null ? null : uslThroughput(model, peakWorkers),
    amdahlLimit: contention > 0 ? rate / contention : null,
    kneeWorkers: contention > 0 ? 1 / contention : null,
  };
}

function checkUsl({ rate, contention, coherency }: UslModel): void {
  positive('rate', rate);
  nonNegative('contention', contention);
  nonNegative('coherency', coherency);
}
