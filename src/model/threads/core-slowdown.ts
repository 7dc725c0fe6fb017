import { NO_SLOWDOWN, type Slowdown } from '../response/contention.js';
import type { Circulation } from './circulation.js';

/** Slowdown at the cores of loops, `busy[n]` being the probability that n are busy, and `processes` of them in all when requests wait. */
export function coreSlowdown(
  busy: Float64Array,
  processes: number,
  circulation: Circulation,
  relaxationMs: number,
): Slowdown {
  const work: number[] = [];
  const active: number[] = [];
  let disturbed = 0;
  for (let r = 1; r < busy.length; r++) {
    const { first, shares } = circulation.active(r);
    shares.forEach((p, i) => {
      const a = first + i;
      if (a === 0) return;
      if (circulation.busyCores(a + 1) < a + 1) disturbed += busy[r]! * p;
      work[a - 1] = (work[a - 1] ?? 0) + busy[r]! * p * circulation.busyCores(a);
      active[a - 1] = (active[a - 1] ?? 0) + busy[r]! * p * a;
    });
  }
  const full = circulation.active(processes);
  const meanWhenFull =
    full.shares.reduce((sum, p, i) => sum + p * (full.first + i), 0) /
    full.shares.reduce((sum, p, i) => sum + p * circulation.busyCores(full.first + i), 0);
  const total = work.reduce((sum, v) => sum + (v ?? 0), 0);
  if (!(total > 0)) return NO_SLOWDOWN;
  const values = Float64Array.from(work, (v, a) => (v > 0 ? Math.max(1, active[a]! / v) : 1));
  const weights = Float64Array.from(work, (v) => (v ?? 0) / total);
  const mean = values.reduce((sum, v, a) => sum + v * weights[a]!, 0);
  const variance = values.reduce((sum, v, a) => sum + weights[a]! * (v - mean) ** 2, 0);
  return {
    mean,
    meanWhenFull,
    weightsWhenFull: Float64Array.from(work, (_, a) => full.shares[a + 1 - full.first] ?? 0),
    variance,
    relaxationMs,
    disturbed,
    values,
    weights,
  };
}
