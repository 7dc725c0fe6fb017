/**
 * The knee of a latency curve: the rate at which Kleinrock's power, throughput divided by mean response time, is
 * largest (L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems in computer communications",
 * ICC 1979). Beyond it, a share of throughput costs more than the same share of latency. For M/M/1 it lies at half the capacity.
 *
 * @param points rates (> 0) with mean response times; null where overloaded
 * @returns the index of the knee, or null where fewer than three points have a value
 */
export function kneeIndex(
  points: readonly { readonly x: number; readonly y: number | null }[],
): number | null {
  let best: number | null = null;
  let most = Number.NEGATIVE_INFINITY;
  let known = 0;
  points.forEach(({ x, y }, n) => {
    if (y === null || y <= 0) return;
    known += 1;
    if (x / y > most) {
      most = x / y;
      best = n;
    }
  });
  return known < 3 ? null : best;
}
