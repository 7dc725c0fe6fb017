import { nonNegative, positive } from '../numeric/domain.js';

/**
 * Little's law, L = λW, each way round: for any stable system in which L is the mean number inside, λ the rate of
 * arrivals that enter and W the mean time inside (Little 1961). Units: λ per the unit of W.
 *
 * @throws RangeError where an input is negative, not finite, or 0 as a divisor.
 */
export const littleNumber = (rate: number, meanTime: number): number =>
  nonNegative('rate', rate) * nonNegative('meanTime', meanTime);

/** W = L/λ; see {@link littleNumber}. */
export const littleTime = (meanNumber: number, rate: number): number =>
  nonNegative('meanNumber', meanNumber) / positive('rate', rate);

/** λ = L/W; see {@link littleNumber}. */
export const littleRate = (meanNumber: number, meanTime: number): number =>
  nonNegative('meanNumber', meanNumber) / positive('meanTime', meanTime);
