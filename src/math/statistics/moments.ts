/** Count, mean and variance of a stream, by updating (Welford, Technometrics 4(3), 1962), so that nothing cancels. */
export interface Moments {
  count: number;
  mean: number;
  /** Sum of squared distances from the mean. */
  squares: number;
  smallest: number;
  largest: number;
}

export const noMoments = (): Moments => ({
  count: 0,
  mean: 0,
  squares: 0,
  smallest: Number.POSITIVE_INFINITY,
  largest: Number.NEGATIVE_INFINITY,
});

export function addValue(moments: Moments, value: number): void {
  moments.count++;
  const distance = value - moments.mean;
  moments.mean += distance / moments.count;
  moments.squares += distance * (value - moments.mean);
  if (value < moments.smallest) moments.smallest = value;
  if (value > moments.largest) moments.largest = value;
}

/** Joins two streams (Chan, Golub, LeVeque, The American Statistician 37(3), 1983, eq. 2.1). */
export function addMoments(to: Moments, from: Moments): void {
  if (from.count === 0) return;
  const count = to.count + from.count;
  const distance = from.mean - to.mean;
  to.squares += from.squares + (distance * distance * to.count * from.count) / count;
  to.mean += (distance * from.count) / count;
  to.count = count;
  to.smallest = Math.min(to.smallest, from.smallest);
  to.largest = Math.max(to.largest, from.largest);
}

/** Population variance; 0 for fewer than two values. */
export const variance = ({ count, squares }: Moments): number => (count < 2 ? 0 : squares / count);

/** Standard deviation over mean; 0 where the mean is. */
export const variation = (moments: Moments): number =>
  moments.mean > 0 ? Math.sqrt(variance(moments)) / moments.mean : 0;
