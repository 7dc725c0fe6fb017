/** Places at which the curve is tried before the best of them is refined. */
const TRIES = 24;
const REFINEMENTS = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The knee of a latency curve: the rate at which Kleinrock's power, throughput divided by mean response time, is
 * largest (L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems in computer communications",
 * ICC 1979). Beyond it, a share of throughput costs more than the same share of latency. For M/M/1 it lies at half the
 * capacity. It is looked for between nothing and the capacity, whatever range is drawn.
 *
 * @param meanMs mean response time at a rate (> 0); null where overloaded
 * @param capacityPerSecond the rate beyond which there is overload
 * @returns a rate within 10⁻⁴ of the capacity of the knee, or null where the curve has no value
 */
export function kneeRate(meanMs: (rate: number) => number | null, capacityPerSecond: number): number | null {
  const power = (rate: number): number => {
    const mean = meanMs(rate);
    return mean === null || mean <= 0 ? 0 : rate / mean;
  };
  const step = capacityPerSecond / TRIES;
  const rates = Array.from({ length: TRIES - 1 }, (_, n) => (n + 1) * step);
  const powers = rates.map(power);
  const most = Math.max(...powers);
  if (!(most > 0)) return null;
  return summit(power, rates[powers.indexOf(most)]! - step, rates[powers.indexOf(most)]! + step);
}

/** Where a function with one summit between `low` and `high` is largest (golden section). */
function summit(of: (x: number) => number, low: number, high: number): number {
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [of(left), of(right)];
  for (let n = 0; n < REFINEMENTS && high - low > 1e-4 * high; n += 1) {
    if (atLeft >= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = of(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = of(right);
    }
  }
  return (low + high) / 2;
}
