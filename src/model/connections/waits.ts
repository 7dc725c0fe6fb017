import { type Demand, demandOf } from '../../math/laws/limited-mean.js';
import { growth, stillThere } from '../response/time-slices.js';
import type { ConnectionWait } from '../types.js';

/** A wait for a connection: its probability, mean and mean square over all. */
export interface Moments {
  readonly probability: number;
  readonly mean: number;
  readonly square: number;
}

/** The waits of a request for connections, by whether it had to wait for its thread: then it begins when all are taken. */
export interface ConnectionWaits extends ConnectionWait {
  /** The mean as far as it is part of the time that the population model finds in service, ms. */
  readonly foundMs: number;
  readonly free: Demand;
  readonly waited: Demand;
}

/**
 * All waits of a request that asks for a connection `visits` times and finds the line as long as before with the correlation
 * `linked`, its waits being `grown` times as long for that. Given that there is any, a wait has the gamma law of its two moments: exponential before a queue like M/M/c,
 * nearly constant where the line is as long as threads allow.
 */
export function inAll(
  { probability, mean, square }: Moments,
  visits: number,
  linked: number,
  grown: number,
): Moments {
  // A short line may be gone at the next visit though what it came from is not.
  const once = LIKE_BEFORE * linked;
  const any = 1 - (once * (1 - probability) + (1 - once) * (1 - probability) ** visits);
  return {
    probability: Math.max(probability, any),
    mean: grown * visits * mean,
    square:
      grown ** 2 * (visits * square + visits * (visits - 1) * (linked * square + (1 - linked) * mean ** 2)),
  };
}

/** Where each request finds a connection. */
export const NO_LINE = { meanMs: 0, foundMs: 0 };

/** Share of the correlation of waits that is one of their being there at all; *from simulation*. */
const LIKE_BEFORE = 0.6;

/** How much of the line that a request has just left it meets again, at most. */
const MET_AGAIN = 0.8;

/**
 * What the waits of one request grow by where it asks `visits` times, `gapMs` after its last: as far as those that it met are
 * still in line, all its times weigh on each other ({@link growth}). Lines of times that are alike, `factor` < 1 as long as
 * those of exponential ones, grow more: turns make both alike. *From simulation*.
 */
export function growthOf(
  visits: number,
  gapMs: number,
  { mean }: Pick<Moments, 'mean'>,
  factor: number,
): number {
  return visits > 1 ? 1 + (growth(visits, MET_AGAIN * stillThere(gapMs, mean)) - 1) * factor ** -0.6 : 1;
}

/**
 * What a wait's squared variability, given that there is one, differs by from that with exponential times: in M/G/1 by
 * (1 − u)·(r − 1), r being that of the residual of a time (Takács 1962), and less the more connections there are.
 */
export function variabilityBeyond(scv: number, utilization: number, connections: number): number {
  const third = scv > 1 ? (1 + scv) ** 3 : (1 + scv) * (1 + 2 * scv);
  const residualScv = ((4 / 3) * third) / (1 + scv) ** 2 - 1;
  return ((1 - utilization) * (residualScv - 1)) / connections;
}

const NO_WAIT: Demand = { mean: 0, scv: 0, limitedMean: () => 0 };

/** The law of a wait that is 0 but with its probability. */
export function lawOf({ probability, mean, square }: Moments): Demand {
  if (!(probability > 1e-9) || !(mean > 0)) return NO_WAIT;
  const given = mean / probability;
  const cv = Math.sqrt(Math.max(0, square / probability / given ** 2 - 1));
  const law = demandOf({ kind: 'two-moment', mean: given, cv });
  return {
    mean,
    scv: Math.max(0, square / mean ** 2 - 1),
    limitedMean: (x) => probability * law.limitedMean(x),
  };
}
