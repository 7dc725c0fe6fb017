import { lineRelaxation, stillThere } from '../response/time-slices.js';
import type { Population } from '../threads/population.js';
import type { ThreadPool } from '../threads/thread-pool.js';
import { type Connections, type Found, NOTHING_FOUND } from './station.js';
import { type ConnectionWaits, growthOf, inAll, lawOf, type Moments, variabilityBeyond } from './waits.js';

/** Populations looked at; others share their neighbour's. */
const ROWS = 160;

/** How a request asks: how often, and what it computes and waits in all, ms. */
interface Asking {
  readonly visits: number;
  readonly cpuMs: number;
  readonly ioMs: number;
}

/**
 * The waits for connections of requests that hold a thread: a visit finds those that one request less in service would make
 * (arrival theorem), and visits come as often as there are requests that get through.
 */
export function connectionWaits(
  threads: ThreadPool,
  { first, inService, waitProbability }: Pick<Population, 'first' | 'inService' | 'waitProbability'>,
  asking: Asking,
): ConnectionWaits | undefined {
  const { connections, processes } = threads.pool;
  if (!connections) return undefined;
  const sum = new Sum();
  let inLine = 0;
  const stride = Math.ceil(inService.length / ROWS);
  for (let i = 0; i < inService.length; i += stride) {
    let weight = 0;
    for (let j = i; j < Math.min(i + stride, inService.length); j++) weight += inService[j]!;
    const held = first + Math.min(i + Math.floor(stride / 2), inService.length - 1);
    sum.add(foundIn(threads, held), weight * threads.throughput(held));
    inLine += weight * threads.inLineForConnections(held);
  }
  // Where processes that share cores are fed evenly, the line itself is better known than what a visitor finds in his process.
  const mean =
    threads.separate || threads.pool.atRandom ? sum.average.mean : inLine / sum.weight / asking.ioMs;
  const all = lengthened({ ...sum.average, mean }, threads.lineFactor);
  const full = lengthened(foundIn(threads, threads.slots), threads.lineFactor);
  const waiting = (sum.weight * asking.ioMs) / processes;
  return {
    ...waitsOf(all, full, waitProbability, asking, {
      ...connections,
      waiting,
      factor: threads.connectionFactor,
    }),
    foundMs: Math.max(0, mean) * asking.ioMs,
  };
}

/** An average of what is found, by weights. */
class Sum {
  weight = 0;
  private readonly found: { -readonly [K in keyof Found]: Found[K] } = { ...NOTHING_FOUND };

  add({ probability, mean, line, square }: Found, weight: number): void {
    if (!(weight > 0)) return;
    this.weight += weight;
    this.found.probability += weight * probability;
    this.found.mean += weight * mean;
    this.found.line += weight * line;
    this.found.square += weight * square;
  }

  get average(): Found {
    const { weight, found } = this;
    if (weight === 0) return NOTHING_FOUND;
    return {
      probability: found.probability / weight,
      mean: found.mean / weight,
      line: found.line / weight,
      square: found.square / weight,
    };
  }
}

/** What a visit finds with `held` requests in service, the visitor among them. */
function foundIn(threads: ThreadPool, held: number): Found {
  const { processes } = threads.pool;
  const sum = new Sum();
  if (threads.separate) {
    const each = Math.floor(held / processes);
    const more = held - each * processes;
    addFound(sum, threads, each, each * (processes - more));
    addFound(sum, threads, each + 1, (each + 1) * more);
  } else addFound(sum, threads, held, 1);
  return sum.average;
}

function addFound(sum: Sum, threads: ThreadPool, held: number, weight: number): void {
  if (held < 1 || !(weight > 0)) return;
  const { first, shares } = threads.circulation(held).active(held - 1);
  shares.forEach((p, i) => {
    sum.add(threads.foundAtConnections(held - 1 - first - i, held - 1), weight * p);
  });
}

/** One wait, its law that of the line but for its mean. */
function lengthened({ probability, mean, line, square }: Found, factor: number): Moments {
  const lengthenedMean = Math.max(0, mean) * factor;
  return { probability, mean: lengthenedMean, square: line > 0 ? square * (lengthenedMean / line) ** 2 : 0 };
}

/** The waits of whole requests, ms: `all` of one visit, in mean uncontended waits, and those of requests that begin with all threads taken. */
function waitsOf(
  all: Moments,
  full: Moments,
  waitProbability: number,
  { visits, cpuMs, ioMs }: Asking,
  {
    connections,
    share,
    scv,
    waiting,
    factor,
  }: Connections & { readonly scv: number; readonly waiting: number; readonly factor: number },
): Omit<ConnectionWaits, 'foundMs'> {
  const waitMs = ioMs / visits;
  const utilization = Math.min(1, (waiting * share) / connections);
  const relaxationMs = lineRelaxation(share * waitMs, scv, connections, utilization);
  const gapMs = cpuMs / (visits + 1) + (1 - share) * waitMs;
  const linked = visits > 1 ? stillThere(gapMs, relaxationMs) : 0;
  const beyond = variabilityBeyond(scv, utilization, connections);
  const grown = growthOf(visits, gapMs, { mean: all.mean * waitMs }, factor);
  const inMs = (found: Moments): Moments =>
    inAll(
      {
        probability: found.probability,
        mean: found.mean * waitMs,
        square:
          (found.square + beyond * (found.mean ** 2 / Math.max(1e-12, found.probability))) * waitMs ** 2,
      },
      visits,
      linked,
      grown,
    );
  // Those that begin with all threads taken find at least what the others do.
  const waited: Moments = full.mean > all.mean ? full : all;
  const rest = (whole: number, part: number): number =>
    Math.max(0, (whole - waitProbability * part) / Math.max(1e-9, 1 - waitProbability));
  const free: Moments = {
    probability: rest(all.probability, waited.probability),
    mean: rest(all.mean, waited.mean),
    square: rest(all.square, waited.square),
  };
  const whole = inMs(all);
  return {
    probability: whole.probability,
    meanMs: whole.mean,
    free: lawOf(inMs(free)),
    waited: lawOf(inMs(waited)),
  };
}
