import { gapBetween, linkedWaits, sparedWaits } from '../response/time-slices.js';
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
  /** Squared variability of the bursts as the order of service lets it be felt at a utilization (see {@link Interleaving}). */
  burstScv(utilization: number): number;
  /** In how many parts the CPU time comes, and how alike the waits between are (see {@link sparedWaits}). */
  readonly cpuParts: number;
  readonly regularity: number;
  /** Whether requests come to any process alike instead of to the one with the fewest. */
  readonly atRandom?: boolean;
}

/** What depends on the rate of arrivals that it was last asked for. */
interface Felt {
  readonly arrivals: number;
  readonly factor: number;
  readonly throughputs: Map<number, number>;
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
  #atArrivals: Felt | null = null;

  constructor(pool: Pool) {
    this.pool = pool;
    this.slots = pool.processes * pool.threads;
    this.separate = pool.locked && pool.cores >= pool.processes;
  }

  /** Whether requests wait in lines of several processes, while others may be idle. */
  get lines(): boolean {
    const { processes, threads } = this.pool;
    return processes > 1 && this.pool.locked && (threads > 1 || this.separate);
  }

  /** Operational upper bound of the throughput, requests per ms. */
  get bound(): number {
    const { cpuMs, ioMs } = this.pool;
    return Math.min(this.cpus / cpuMs, this.slots / (cpuMs + ioMs));
  }

  /** Cores that can be busy at once. */
  get cpus(): number {
    const { processes, cores, locked } = this.pool;
    return locked ? Math.min(cores, processes) : cores;
  }

  /** Correlation between the waits of one request's visits to the CPU at this rate of arrivals. */
  linked(arrivals: number): number {
    const { cpuParts, cpuMs, ioMs } = this.pool;
    if (cpuParts === 1) return 0;
    const utilization = Math.min(1, (arrivals * cpuMs) / this.cpus);
    return linkedWaits(gapBetween(ioMs, cpuParts), cpuMs / cpuParts, this.cpus, utilization);
  }

  /** What waits for the CPU at this rate of arrivals, as a multiple of that with exponential bursts. */
  variability(arrivals: number): number {
    return this.#felt(arrivals).factor;
  }

  #felt(arrivals: number): Felt {
    if (this.#atArrivals?.arrivals !== arrivals)
      this.#atArrivals = { arrivals, factor: this.#variabilityAt(arrivals), throughputs: new Map() };
    return this.#atArrivals;
  }

  #variabilityAt(arrivals: number): number {
    const { cpuMs, burstScv, cpuParts, regularity } = this.pool;
    const scv = burstScv(Math.min(1, (arrivals * cpuMs) / this.cpus));
    return ((1 + scv) / 2) * (1 - sparedWaits(cpuParts, regularity, this.linked(arrivals), scv));
  }

  /** Requests per ms with every slot taken for good. */
  get saturation(): number {
    if (this.slots > COARSE_SLOTS) return this.bound;
    const { cpuMs, burstScv, regularity } = this.pool;
    const scv = burstScv(Math.min(1, (this.throughput(this.slots) * cpuMs) / this.cpus));
    // A slot's visits never end: what can be spared is.
    const spared = sparedWaits(Number.POSITIVE_INFINITY, regularity, 0, scv);
    const varied = ((1 + scv) / 2) * (1 - spared);
    const least = Math.max(0, 2 * varied - 1);
    const found = this.#saturationWith(least);
    return varied < 0.5 ? this.bound + 2 * varied * (found - this.bound) : found;
  }

  #saturationWith(burstScv: number): number {
    const circulation = this.circulation(this.slots);
    const { processes, threads } = this.pool;
    return Math.min(
      this.bound,
      this.separate
        ? processes * circulation.variedThroughput(threads, burstScv)
        : circulation.variedThroughput(this.slots, burstScv),
    );
  }

  /** Requests per ms with `held` ≤ slots requests in service, none of which is replaced. */
  throughput(held: number): number {
    return this.#along(held, (n) => this.#exact(n));
  }

  /** The same where new ones come at rate `arrivals` (see {@link Circulation.openThroughput}). */
  openThroughput(held: number, arrivals: number): number {
    const { factor, throughputs } = this.#felt(arrivals);
    if (this.lines || Math.abs(factor - 1) < 1e-6) return this.throughput(held);
    return this.#along(held, (n) =>
      cached(throughputs, n, () => this.circulation(n).openThroughput(n, arrivals, factor)),
    );
  }

  #along(held: number, exact: (n: number) => number): number {
    if (held <= 0) return 0;
    const unit = this.separate ? this.pool.processes : 1;
    const position = held / unit;
    const stride = position <= FINE ? 1 : 2 ** Math.ceil(Math.log2(position / FINE));
    const low = Math.floor(position / stride) * stride;
    const high = low + stride;
    const atLow = exact(low);
    if (position === low) return unit * atLow;
    const atHigh = exact(Math.min(high, Math.max(low, this.slots / unit)));
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
    return cached(this.#circulations, key, make);
  }

  #exact(held: number): number {
    return cached(this.#throughputs, held, () => (held > 0 ? this.circulation(held).throughput(held) : 0));
  }
}

function cached<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}
