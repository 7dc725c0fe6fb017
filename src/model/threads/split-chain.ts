import { type Spread, spreadOver } from './spread-queues.js';
import type { ThreadPool } from './thread-pool.js';

/** A number of requests in the system, or several that are taken together. */
interface Level {
  readonly requests: number;
  readonly probability: number;
  readonly inService: number;
  /** P(a given process has no free thread). */
  readonly full: number;
}

interface Chain {
  readonly levels: readonly Level[];
  /** P(all places are taken). */
  readonly refused: number;
}

/** Requests per ms. */
interface Rates {
  readonly arrivals: number;
  readonly saturation: number;
  /** Requests that a process takes, in service or in its own queue. */
  readonly connections: number;
  /** Requests that may wait, in the processes' own queues and behind them. */
  readonly places: number;
}

/** Populations that are followed one by one: so many first, and twice as many until that is enough. */
const FEWEST = 96;
const MOST = 1536;

/** Of all probability: what the last population may have where no more are followed. */
const CUT = 2e-4;

/**
 * All requests of processes with queues of their own as a birth–death chain: N of them, spread as {@link spreadOver} says
 * for processes like `one`, get through what `together` does with those that hold a thread. Null where these are too many
 * to follow.
 */
export function chainOf(together: ThreadPool, one: ThreadPool, rates: Rates): Chain | null {
  const { slots, pool } = together;
  const throughput = lifted(together, rates.saturation);
  const capacity = Math.floor(slots + rates.places);
  for (let followed = FEWEST; ; followed *= 2) {
    const most = Math.min(followed, capacity);
    const spread = spreadOver(
      pool.processes,
      pool.threads,
      rates.connections,
      (n) => one.throughput(n),
      most,
    );
    const levels = weightsOf(spread, slots, rates.arrivals, throughput);
    const total = sumOf(levels);
    const last = levels.at(-1)!;
    if (last.requests < most) return chainOfLevels(levels, 0);
    if (most === capacity) return chainOfLevels(levels, last.probability / total);
    if (last.probability > CUT * total) {
      if (most < MOST) continue;
      if (slots > MOST / 2) return null;
    }
    const tail = tailOf(last, throughputAt(spread, most, slots, throughput), slots, rates);
    const end = tail.levels.at(-1)!;
    const refused = tail.full ? end.probability / tail.width / (total + sumOf(tail.levels)) : 0;
    return chainOfLevels([...levels, ...tail.levels], refused);
  }
}

const chainOfLevels = (levels: readonly Level[], refused: number): Chain => {
  const total = sumOf(levels);
  return { levels: levels.map((level) => ({ ...level, probability: level.probability / total })), refused };
};

const sumOf = (levels: readonly Level[]): number =>
  levels.reduce((sum, { probability }) => sum + probability, 0);

/** How late the throughput is raised to the saturation: not before nearly all threads are taken. */
const LATE = 16;

/** What threads get through; up to the saturation when all are taken, since then it does not matter how requests are spread. */
function lifted(together: ThreadPool, saturation: number): (inService: number) => number {
  const { slots } = together;
  const lift = Math.max(0, saturation / together.throughput(slots) - 1);
  return (inService) => {
    const n = Math.min(inService, slots);
    return Math.min(saturation, together.throughput(n) * (1 + lift * (n / slots) ** LATE));
  };
}

/** Mean throughput with `requests` in the system, whose number in service varies. */
function throughputAt(
  spread: Spread,
  requests: number,
  slots: number,
  throughput: (inService: number) => number,
): number {
  const mean = spread.inService[requests]!;
  const deviation = Math.min(spread.deviation[requests]!, mean - 1e-9, Math.max(0, slots - mean));
  return (throughput(mean - deviation) + throughput(mean + deviation)) / 2;
}

/** Weights of the populations up to where nothing is left or the spread ends. */
function weightsOf(
  spread: Spread,
  slots: number,
  arrivals: number,
  throughput: (inService: number) => number,
): Level[] {
  const weights = [1];
  let p = 1;
  let total = 1;
  for (let n = 1; n < spread.inService.length; n++) {
    p *= arrivals / throughputAt(spread, n, slots, throughput);
    total += p;
    weights.push(p);
    if (p < total * 1e-9 && n > 2) break;
    if (p > 1e200) {
      for (let i = 0; i <= n; i++) weights[i]! *= 1e-200;
      p *= 1e-200;
      total *= 1e-200;
    }
  }
  return weights.map((probability, requests) => ({
    requests,
    probability,
    inService: spread.inService[requests]!,
    full: spread.full[requests]!,
  }));
}

interface Tail {
  readonly levels: readonly Level[];
  /** Whether it ends where all places are taken, and how many populations a level stands for. */
  readonly full: boolean;
  readonly width: number;
}

/** Steps of a tail's sum, and where it ends: in multiples of the decay of its last part, so many and more where it rises first. */
const STEPS = 800;
const FAR = 40;

/**
 * The populations beyond `last`, at which `throughput` requests per ms get through. The more there are, the fewer
 * processes have threads to spare, as 1/N: with X(N) = X·(1 − b/N), p(N) is the product of λ/X(n), a gamma law in the
 * limit, as is the sum of as many geometric queues.
 */
function tailOf(last: Level, throughput: number, slots: number, rates: Rates): Tail {
  const { arrivals, saturation, places } = rates;
  const from = last.requests;
  const b = from * Math.max(0, 1 - throughput / saturation);
  const decay = -Math.log1p(-(saturation - arrivals) / saturation);
  const grown = (n: number): number => b * Math.log(n - b) - n * Math.log1p(-b / n);
  const first = grown(from);
  const reach = FAR + 4 * b;
  const whole = (slots + places - from) * decay;
  const step = Math.min(reach, whole) / STEPS;
  const levels = Array.from({ length: STEPS }, (_, k) => {
    const y = (k + 0.5) * step;
    const requests = from + 0.5 + y / decay;
    return {
      requests,
      probability: (last.probability * Math.exp(grown(requests) - first - y) * step) / decay,
      inService: slots - ((slots - last.inService) * from) / requests,
      full: 1 - ((1 - last.full) * from) / requests,
    };
  });
  return { levels, full: whole <= reach, width: step / decay };
}
