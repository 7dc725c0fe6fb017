import { negativeInverse, stationaryVector } from '../../math/matrix/elimination.js';

/** Bursts of CPU that want the lock: their mean, and for how long on average one holds it at a time, ms. */
export interface Bursts {
  readonly meanMs: number;
  readonly turnMs: number;
}

/** A loop and threads of one process that share its lock. */
export interface LockUse {
  /** Bursts of the loop, which come at random at so many per ms; one at a time wants the lock. */
  readonly loop: Bursts & { readonly ratePerMs: number };
  /** Bursts of the threads, each in a thread of its own. */
  readonly threads: Bursts & {
    readonly most: number;
    /** Rate at which more come while so many want the lock and the loop is busy or idle, per ms. */
    arrivals(wanting: number, loopBusy: boolean): number;
    /** Share of all time that they want the lock for, alone. */
    readonly load: number;
  };
}

/** What they get of it, in the long run. */
export interface LockShares {
  /** Probability that the loop has a burst to run. */
  readonly loopBusy: number;
  /** Mean number of bursts at the loop, the one that runs included. */
  readonly atLoop: number;
  /** The threads' share of the lock while so many of them want it, from 0 to 1. */
  threadsShare(wanting: number): number;
}

/** Bursts at the loop that are told apart; longer lines fall off at a constant ratio. */
const MOST_AT_LOOP = 12;
const SIZE = MOST_AT_LOOP + 1;
/** Threads that want the lock and are told apart. */
const MOST_WANTING = 240;
/** Share of all time with more threads that want the lock, where they are left out. */
const NEGLIGIBLE = 1e-9;

/**
 * Markov chain of the bursts at the loop and of the threads that want the lock. All take turns, so that each has a share of the
 * lock in proportion to how long it holds it at a time (discriminatory processor sharing; Kleinrock 1967): the loop as one
 * among the threads, whatever waits in its line. Bursts are taken to be exponential. Solved by block elimination over the
 * number of threads.
 */
export function lockShares(use: LockUse): LockShares {
  const chain = new LockChain(use);
  const back = chain.waysBack();
  let row = chain.withoutThreads(back[0]!);
  let [all, busy, atLoop] = [0, 0, 0];
  const shares = new Float64Array(chain.levels + 1);
  for (let wanting = 0; wanting <= chain.levels; wanting++) {
    if (wanting > 0) row = timesRow(chain.leavingUpwards(row, wanting - 1), back[wanting - 1]!);
    const here = row.reduce((sum, p) => sum + p, 0);
    all += here;
    busy += here - row[0]!;
    atLoop += row.reduce((sum, p, i) => sum + i * p, (row[MOST_AT_LOOP]! * chain.ratio) / (1 - chain.ratio));
    if (wanting > 0) shares[wanting] = here > 0 ? 1 - (1 - row[0]! / here) * chain.loopShare(wanting) : 1;
  }
  return {
    loopBusy: busy / all,
    atLoop: atLoop / all,
    threadsShare: (wanting) => (wanting <= chain.levels ? shares[wanting]! : 1 - chain.loopShare(wanting)),
  };
}

class LockChain {
  /** Threads that want the lock, at most. */
  readonly levels: number;
  /** Ratio at which the line of the loop falls off at its end: the threads get what they ask for, and the loop the rest. */
  readonly ratio: number;
  readonly #use: LockUse;

  constructor(use: LockUse) {
    const { loop, threads } = use;
    this.#use = use;
    const loopLoad = loop.ratePerMs * loop.meanMs;
    this.ratio = Math.min(0.98, loopLoad / (1 - Math.min(0.999, threads.load)));
    const fallsOff = Math.log(Math.max(0.1, loopLoad + threads.load));
    const enough = fallsOff < 0 ? Math.ceil(8 + Math.log(NEGLIGIBLE) / fallsOff) : MOST_WANTING;
    this.levels = Math.max(1, Math.min(threads.most, MOST_WANTING, enough));
  }

  /** The loop's share of the lock where it wants it beside so many threads. */
  loopShare(wanting: number): number {
    const { loop, threads } = this.#use;
    return loop.turnMs / (loop.turnMs + wanting * threads.turnMs);
  }

  /** By level from the first on: mean time there, by phase, from an arrival until the level below is reached again. */
  waysBack(): readonly Float64Array[] {
    const back: Float64Array[] = [];
    let above: Float64Array | null = null;
    for (let wanting = this.levels; wanting >= 1; wanting--) {
      above = negativeInverse(this.#rates(wanting, above), SIZE);
      back.push(above);
    }
    return back.reverse();
  }

  /** Time by bursts at the loop while no thread wants the lock, up to a factor. */
  withoutThreads(above: Float64Array): Float64Array {
    return stationaryVector(this.#rates(0, above), SIZE);
  }

  /** Arrivals of threads by phase, from the times there. */
  leavingUpwards(times: Float64Array, wanting: number): Float64Array {
    return times.map((time, i) => time * this.#use.threads.arrivals(wanting, i > 0));
  }

  /** Rates between the phases of a level, excursions to the level above included, which all return. */
  #rates(wanting: number, above: Float64Array | null): Float64Array {
    const { loop, threads } = this.#use;
    const rates = new Float64Array(SIZE * SIZE);
    for (let i = 0; i < SIZE; i++) {
      const at = i * SIZE;
      const arrives = i < MOST_AT_LOOP ? loop.ratePerMs : 0;
      const leaves = this.#loopEnds(i, wanting);
      const up = above ? threads.arrivals(wanting, i > 0) : 0;
      rates[at + i]! -= arrives + leaves + up + this.#threadEnds(i, wanting);
      if (arrives > 0) rates[at + i + 1]! += arrives;
      if (i > 0) rates[at + i - 1]! += leaves;
      if (above)
        for (let k = 0; k < SIZE; k++)
          rates[at + k]! += up * above[at + k]! * this.#threadEnds(k, wanting + 1);
    }
    return rates;
  }

  /** Ends of the loop's bursts per ms; at the last phase, of those that leave it. */
  #loopEnds(atLoop: number, wanting: number): number {
    if (atLoop === 0) return 0;
    const ends = this.loopShare(wanting) / this.#use.loop.meanMs;
    return atLoop === MOST_AT_LOOP ? ends * (1 - this.ratio) : ends;
  }

  #threadEnds(atLoop: number, wanting: number): number {
    if (wanting === 0) return 0;
    return (atLoop === 0 ? 1 : 1 - this.loopShare(wanting)) / this.#use.threads.meanMs;
  }
}

/** row·matrix. */
function timesRow(row: Float64Array, matrix: Float64Array): Float64Array {
  const product = new Float64Array(SIZE);
  for (let i = 0; i < SIZE; i++) {
    for (let k = 0; k < SIZE; k++) product[k]! += row[i]! * matrix[i * SIZE + k]!;
  }
  return product;
}
