import { negativeInverse, startingLevel } from '../../math/matrix/elimination.js';
import { erlangC } from '../../math/queues/erlang/erlang-c.js';

/**
 * Mean wait at processes that only compute, each arrival joining the one with the fewest, over that of an even spread: a
 * process can run dry beside others with two. `load` in busy processes, below `processes`.
 *
 * Markov chain of (busy processes, waiting) with at most one waiting in each of them, so that (busy − waiting)/busy of the
 * processes that end a service fall idle; above as many waiting as processes, all stay busy and the rest is geometric.
 */
export function shortestLine(processes: number, load: number): number {
  if (processes === 1) return 1;
  const even = (erlangC(processes, load) * load) / (processes - load);
  return even > 1e-9 * load ? Math.max(1, waitingBehindShortest(processes, load) / even) : 1;
}

/** E[waiting], by block elimination from the highest level; services take 1 on average. */
function waitingBehindShortest(w: number, load: number): number {
  const idle = (busy: number, waiting: number): number => Math.max(0, (busy - waiting) / busy);
  const back: Float64Array[] = [];
  for (let level = w + 1; level >= 1; level--) {
    const rates = new Float64Array(w * w);
    for (let r = 1; r <= w; r++) {
      const i = (r - 1) * w + r - 1;
      rates[i] = -(r + (r < w || level <= w ? load : 0));
      if (r < w) rates[i + 1] = load;
      if (r > 1) rates[i - 1] = r * idle(r, level);
    }
    if (level <= w)
      for (let j = 1; j <= w; j++)
        rates[(w - 1) * w + j - 1]! +=
          load * back[level + 1]![(w - 1) * w + j - 1]! * j * (1 - idle(j, level + 1));
    back[level] = negativeInverse(rates, w);
  }
  let row = groundLevel(w, load, back[1]!, idle);
  let total = row.reduce((sum, p) => sum + p, 0);
  let waiting = 0;
  for (let level = 1; level <= w + 1; level++) {
    const flow = row[w]! * load;
    row = Float64Array.from({ length: w + 1 }, (_, j) =>
      j > 0 ? flow * back[level]![(w - 1) * w + j - 1]! : 0,
    );
    const mass = row.reduce((sum, p) => sum + p, 0);
    total += mass;
    waiting += mass * level;
  }
  const ratio = load / w;
  const tail = (row[w]! * ratio) / (1 - ratio);
  return (waiting + tail * (w + 1 + 1 / (1 - ratio))) / (total + tail);
}

function groundLevel(
  w: number,
  load: number,
  back: Float64Array,
  idle: (busy: number, waiting: number) => number,
): Float64Array {
  const n = w + 1;
  const rates = new Float64Array(n * n);
  for (let r = 0; r <= w; r++) {
    if (r < w) rates[r * n + r + 1]! += load;
    if (r > 0) rates[r * n + r - 1]! += r;
  }
  for (let j = 1; j <= w; j++) rates[w * n + j]! += load * back[(w - 1) * w + j - 1]! * j * (1 - idle(j, 1));
  return startingLevel(rates, n);
}
