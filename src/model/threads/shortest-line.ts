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

/** From an arrival that makes a level of waiting to the end of that level: time spent at the highest number of busy, and in all. */
interface Stay {
  readonly allBusy: number;
  readonly total: number;
}

/**
 * E[waiting]; services take 1 on average. Waiting grows only where all are busy, so that every level is entered at one state:
 * what follows from there until the level is left is found from the highest level down, each by one tridiagonal system.
 */
function waitingBehindShortest(w: number, load: number): number {
  const stays: Stay[] = [];
  // Where the level above, once entered, leaves to this one: shares by number of busy.
  let returns = new Float64Array(w + 1);
  for (let level = w + 1; level >= 1; level--) {
    const grows = level <= w;
    const entered = new Float64Array(w + 1);
    entered[w] = 1;
    const [direct, again] = timesIn(w, load, level, grows, [entered, returns]);
    const allBusy = direct![w]! / (1 - (grows ? load * again![w]! : 0));
    const times = direct!.map((time, busy) => time + (grows ? load * allBusy * again![busy]! : 0));
    stays[level] = { allBusy, total: times.reduce((sum, time) => sum + time, 0) };
    returns = times.map((time, busy) => time * Math.min(level, busy));
  }
  const [ground] = timesIn(w, load, 0, true, [returns.map((share) => load * share)]);
  let entries = load * ground![w]!;
  let total = ground!.reduce((sum, p) => sum + p, 0);
  let waiting = 0;
  let atTop = 0;
  for (let level = 1; level <= w + 1; level++) {
    const mass = entries * stays[level]!.total;
    total += mass;
    waiting += mass * level;
    atTop = entries * stays[level]!.allBusy;
    entries = load * atTop;
  }
  const ratio = load / w;
  const tail = (atTop * ratio) / (1 - ratio);
  return (waiting + tail * (w + 1 + 1 / (1 - ratio))) / (total + tail);
}

/**
 * Times spent with each number of busy processes until a level of waiting is left, up or down, for each of some distributions
 * of the number at its start: x M = start, where M has the rates out of each state and, negative, those between them.
 */
function timesIn(
  w: number,
  load: number,
  level: number,
  grows: boolean,
  starts: readonly Float64Array[],
): readonly Float64Array[] {
  const least = level === 0 ? 0 : 1;
  const out = (busy: number): number => busy + (busy < w || grows ? load : 0);
  const fallsIdle = (busy: number): number => Math.max(0, busy - level);
  const pivots = new Float64Array(w + 1);
  const times = starts.map((start) => start.slice());
  for (let busy = least; busy <= w; busy++) {
    const factor = busy > least ? load / pivots[busy - 1]! : 0;
    pivots[busy] = out(busy) - factor * (busy > least ? fallsIdle(busy) : 0);
    for (const time of times) if (busy > least) time[busy]! += factor * time[busy - 1]!;
  }
  for (let busy = w; busy >= least; busy--)
    for (const time of times) {
      const above = busy < w ? fallsIdle(busy + 1) * time[busy + 1]! : 0;
      time[busy] = (time[busy]! + above) / pivots[busy]!;
    }
  return times;
}
