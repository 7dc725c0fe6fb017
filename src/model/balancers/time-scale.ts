/** A queue whose input over t ms has the variance `inputMs2(t)`. */
export interface Input {
  inputMs2(t: number): number;
  /** From 0 to 1, both excluded. */
  readonly utilization: number;
  /** Mean of what one request brings, ms. */
  readonly workMs: number;
}

/** From one time to the next, as a factor; what is looked for is flat there. */
const STEP = 1.2;

/**
 * The time, in ms, over which a queue grows to what is usual: where the input exceeds what is served by the most, √2 standard
 * deviations taken for usual, in sup {−(1 − ρ)t + √(2 V(t))}. Regular input over this time is what its waits feel; that
 * maximum is the mean workload, exactly so in M/G/1 (Whitt and You 2018, "Using robust queueing to expose the impact of
 * dependence in single-server queues").
 */
export function timeScaleMs({ inputMs2, utilization, workMs }: Input): number {
  let most = 0;
  let at = workMs;
  const longest = (100 * workMs) / (1 - utilization) ** 2;
  for (let t = workMs / 20; t < longest; t *= STEP) {
    const workload = Math.sqrt(2 * inputMs2(t)) - (1 - utilization) * t;
    if (workload > most) [most, at] = [workload, t];
  }
  return at;
}
