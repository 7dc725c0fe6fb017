/** The value itself where it is finite and > 0; otherwise a RangeError that names it. */
export function positive(name: string, value: number): number {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be greater than 0, got ${value}`);
  return value;
}

/** The value itself where it is finite and ≥ 0; otherwise a RangeError that names it. */
export function nonNegative(name: string, value: number): number {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be 0 or more, got ${value}`);
  return value;
}

/** The value itself where it is a whole number ≥ `least`; otherwise a RangeError that names it. */
export function whole(name: string, value: number, least = 1): number {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${name} must be a whole number of ${least} or more, got ${value}`);
  return value;
}

/** The value itself where 0 < value < 1; otherwise a RangeError that names it. */
export function openShare(name: string, value: number): number {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} must lie between 0 and 1, got ${value}`);
  return value;
}

/** A probability that a percentile may be asked for: 0 ≤ p < 1. */
export function percentileShare(p: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`a percentile needs a probability of 0 to below 1, got ${p}`);
  return p;
}
