import { lockedCores, unlocked } from './busy-cores.js';
import { Circulation } from './circulation.js';

/** Requests sharing one first-come-first-served queue for the threads of some processes. Times in ms, rates per ms. */
export interface Pool {
  readonly processes: number;
  readonly threads: number;
  readonly cores: number;
  /** Whether a process computes on one core at a time. */
  readonly locked: boolean;
  readonly cpuMs: number;
  readonly ioMs: number;
  /**
   * Squared variability of the bursts as the order of service lets it be felt: 1 where the CPU is shared in turns much
   * shorter than a burst, that of the bursts where each runs to its end.
   */
  readonly burstScv: number;
  /** Whether requests come to any process alike instead of to the one with the fewest. */
  readonly atRandom?: boolean;
}

/** Slots beyond which saturation is taken from the operational bounds; the relative error is below 1/√slots. */
const COARSE_SLOTS = 20_000;
/** Populations up to which the throughput is computed one by one; beyond, it is interpolated on a grid. */
const FINE = 256;

/**
 * Throughput of a pool with N requests in service, spread evenly over the processes (flow-equivalent server; Chandy, Herzog
 * and Woo 1975), and which requests are then active.
 */
export class ThreadPool {
  readonly slots: number;
  readonly pool: Pool;
  /** Where every process can have a core of its own, the processes are independent given N. */
  readonly separate: boolean;
  readonly #circulations = new Map<unknown, Circulation>();
  readonly #throughputs = new Map<number, number>();

  constructor(pool: Pool) {
    this.pool = pool;
    this.slots = pool.processes * pool.threads;
    this.separate = pool.locked && pool.cores >= pool.processes;
  }

  /** Operational upper bound of the throughput, requests per ms. */
  get bound(): number {
    const { processes, cores, locked, cpuMs, ioMs } = this.pool;
    const cpus = locked ? Math.min(cores, processes) : cores;
    return Math.min(cpus / cpuMs, this.slots / (cpuMs + ioMs));
  }

  /** Requests per ms with every slot taken for good. */
  get saturation(): number {
    if (this.slots > COARSE_SLOTS) return this.bound;
    const { processes, threads, burstScv } = this.pool;
    const circulation = this.circulation(this.slots);
    return Math.min(
      this.bound,
      this.separate
        ? processes * circulation.variedThroughput(threads, burstScv)
        : circulation.variedThroughput(this.slots, burstScv),
    );
  }

  /** Requests per ms with `held` ≤ slots requests in service. */
  throughput(held: number): number {
    if (held <= 0) return 0;
    const unit = this.separate ? this.pool.processes : 1;
    const position = held / unit;
    const stride = position <= FINE ? 1 : 2 ** Math.ceil(Math.log2(position / FINE));
    const low = Math.floor(position / stride) * stride;
    const high = low + stride;
    const atLow = this.#exact(low);
    if (position === low) return unit * atLow;
    const atHigh = this.#exact(Math.min(high, Math.max(low, this.slots / unit)));
    return unit * (atLow + ((atHigh - atLow) * (position - low)) / stride);
  }

  /** How the requests circulate with `held` in service (of one process where the processes are separate). */
  circulation(held: number): Circulation {
    const { processes, cores, locked, cpuMs, ioMs } = this.pool;
    if (this.separate) return this.#cached('one', () => new Circulation(cpuMs, ioMs, (a) => (a > 0 ? 1 : 0)));
    const { threads, atRandom } = this.pool;
    if (locked && atRandom) {
      const busyCores = lockedCores(processes, threads, cores, 'random');
      return this.#cached(busyCores, () => new Circulation(cpuMs, ioMs, busyCores));
    }
    if (!locked || threads === 1 || held <= processes)
      return this.#cached('free', () => new Circulation(cpuMs, ioMs, unlocked(cores)));
    const busyCores = lockedCores(processes, held / processes, cores);
    return this.#cached(busyCores, () => new Circulation(cpuMs, ioMs, busyCores));
  }

  #cached(key: unknown, make: () => Circulation): Circulation {
    const found = this.#circulations.get(key) ?? make();
    this.#circulations.set(key, found);
    return found;
  }

  #exact(held: number): number {
    let found = this.#throughputs.get(held);
    if (found === undefined) {
      found = held > 0 ? this.circulation(held).throughput(held) : 0;
      this.#throughputs.set(held, found);
    }
    return found;
  }
}
