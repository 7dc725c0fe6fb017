import { SpreadStation } from '../connections/spread-station.js';
import { type Connections, type Found, Station } from '../connections/station.js';
import { evenedOut, variedLine } from '../connections/varied-line.js';
import { gapBetween, linkedWaits, repeatedInEqualParts, sparedWaits } from '../response/time-slices.js';
import { type VisitGrowth, visitGrowth } from '../response/visit-growth.js';
import type { Visit } from '../response/visits.js';
import { type BusyCores, lockedCores, unlocked } from './busy-cores.js';
import { Circulation, type Lengthening } from './circulation.js';
import type { LockVisits } from './main-thread.js';

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
  /** Share of the CPU work that is done in turns with others; the rest is first come first served. */
  readonly inTurns: number;
  /** What a request asks the interpreter's lock for when; null where only the cores are waited for, on which Linux lets short bursts go first. */
  readonly visits: readonly Visit[] | null;
  /** The lock as a main thread beside the pool shares it, which takes connections whether a thread is free or not; null where none does. */
  readonly mainThread?: LockVisits | null;
  /** What waits for the CPU as a multiple of that of exponential bursts, where it is known. */
  readonly waitFactor?: number;
  /** In how many parts the CPU time comes, and how alike the waits between are (see {@link sparedWaits}). */
  readonly cpuParts: number;
  readonly regularity: number;
  /** Database connections of one process where requests may wait for them. */
  readonly connections?: (Connections & { readonly scv: number }) | undefined;
  /** What its threads have of the one core of a process that something else uses as well; left out where they have all of it. */
  readonly ownCore?: BusyCores;
  /** Whether requests come to any process alike instead of to the one with the fewest. */
  readonly atRandom?: boolean;
}

/** What depends on the rate of arrivals that it was last asked for. */
interface Felt {
  readonly arrivals: number;
  readonly factor: number;
  readonly throughputs: Map<number, number>;
}

/** Utilization at which waits are compared that have no limit. */
const NEARLY_ALL = 0.999;
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
  readonly #free: BusyCores;
  readonly #station: SpreadStation | null;
  /** The same pool without arrivals. */
  readonly closed: ThreadPool;
  /** How many times as long as found the line for connections is. */
  readonly lineFactor: number;
  /** The line for connections as a multiple of that of exponential times. */
  readonly connectionFactor: number;

  /** @param arrivals requests per ms that come at random; left out, where those in service are replaced by none. */
  constructor(pool: Pool, arrivals?: number) {
    this.pool = pool;
    this.slots = pool.processes * pool.threads;
    this.separate = pool.locked && pool.cores >= pool.processes;
    this.#free = unlocked(pool.cores);
    const { connections, processes } = pool;
    const isOpen = connections !== undefined && arrivals !== undefined;
    this.closed = isOpen ? new ThreadPool(pool) : this;
    const varied = isOpen ? variedLine(pool, connections, arrivals) : { factor: 1, utilization: 0 };
    const evened = processes > 1 && !pool.atRandom;
    this.connectionFactor =
      evened && connections ? evenedOut(varied.factor, connections.scv, processes) : varied.factor;
    this.lineFactor = evened ? this.connectionFactor : 1;
    this.#station = connections
      ? new SpreadStation(
          new Station(connections, evened ? undefined : varied),
          this.separate ? 1 : processes,
        )
      : null;
  }

  /** Whether requests wait in lines of several processes, while others may be idle. */
  get lines(): boolean {
    const { processes, threads } = this.pool;
    return processes > 1 && this.pool.locked && (threads > 1 || this.separate);
  }

  /** Operational upper bound of the throughput, requests per ms. */
  get bound(): number {
    const { cpuMs, ioMs, processes, connections } = this.pool;
    const bound = Math.min(this.cpus / cpuMs, this.slots / (cpuMs + ioMs));
    if (!connections) return bound;
    return Math.min(bound, (processes * connections.connections) / (ioMs * connections.share));
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
    const { cpuMs, burstScv, cpuParts, regularity, waitFactor } = this.pool;
    if (waitFactor !== undefined) return waitFactor;
    const scv = burstScv(Math.min(1, (arrivals * cpuMs) / this.cpus));
    return (
      this.#visitFactor(arrivals) *
      ((1 + scv) / 2) *
      (1 - sparedWaits(repeatedInEqualParts(cpuParts), regularity, this.linked(arrivals), scv))
    );
  }

  /** What that grows by because a request's CPU comes in parts that are not alike; only what is first come first served feels it. */
  #visitFactor(arrivals: number): number {
    const growth = this.#visitGrowth(arrivals, 0);
    return growth ? 1 + (growth.apart - 1) * (1 - this.pool.inTurns) : 1;
  }

  /** What waits grow by where a request finds the same line again (see {@link VisitGrowth}); null where its parts are not known. */
  again(arrivals: number): number | null {
    return this.#visitGrowth(arrivals, this.linked(arrivals))?.again ?? null;
  }

  #visitGrowth(arrivals: number, linked: number): VisitGrowth | null {
    const { visits, cpuMs } = this.pool;
    const utilization = Math.min(NEARLY_ALL, (arrivals * cpuMs) / this.cpus);
    return visits && visitGrowth(visits, utilization, linked, false);
  }

  /** The same of all that waits when every slot is taken: for the CPU, or for a connection. */
  variabilityWhenFull(arrivals: number): number {
    const atCpu = this.variability(arrivals);
    const closed = this.closed;
    if (!closed.#station) return atCpu;
    const held = closed.separate ? this.pool.threads : this.slots;
    const elasticity = closed.circulation(held).cpuElasticity(held);
    return elasticity * atCpu + (1 - elasticity) * this.connectionFactor;
  }

  /** Requests per ms with every slot taken for good. */
  get saturation(): number {
    if (this.closed !== this) return this.closed.saturation;
    if (this.slots > COARSE_SLOTS) return this.bound;
    const { cpuMs, burstScv, regularity } = this.pool;
    const scv = burstScv(Math.min(1, (this.throughput(this.slots) * cpuMs) / this.cpus));
    // A slot's visits never end: what can be spared is.
    const spared = sparedWaits(1, regularity, 0, scv);
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

  /** Mean number of `held` requests that wait for a connection. */
  inLineForConnections(held: number): number {
    if (!this.#station || held <= 0) return 0;
    const unit = this.separate ? this.pool.processes : 1;
    const low = Math.floor(held / unit);
    const [below, above] = [low, low + 1].map((n) => this.circulation(n).heldUp(n));
    return unit * (below! + (above! - below!) * (held / unit - low));
  }

  /** What a request finds at its connections with `held` in service (of one process where they are separate), `others` in their waits. */
  foundAtConnections(others: number, held: number): Found {
    return this.#station!.found(others, this.#perProcess(held));
  }

  #lengthening(held: number): Lengthening | undefined {
    const station = this.#station;
    if (!station) return undefined;
    const perProcess = this.#perProcess(held);
    return (waiting) => station.lengthening(waiting, perProcess);
  }

  /** Requests of a process, at most, with so many in service. */
  #perProcess(held: number): number {
    const { processes, threads, atRandom } = this.pool;
    return this.separate ? held : atRandom ? threads : held / processes;
  }

  /** How the requests circulate with `held` in service (of one process where the processes are separate). */
  circulation(held: number): Circulation {
    const { cpuMs, ioMs } = this.pool;
    const busyCores = this.#busyCores(held);
    const lengthening = this.#lengthening(held);
    return cached(
      this.#circulations,
      lengthening ? held : busyCores,
      () => new Circulation(cpuMs, ioMs, busyCores, lengthening),
    );
  }

  #busyCores(held: number): BusyCores {
    if (this.separate) return this.pool.ownCore ?? oneCore;
    const { processes, threads, cores, locked, atRandom } = this.pool;
    if (locked && atRandom) return lockedCores(processes, threads, cores, 'random');
    if (!locked || threads === 1 || held <= processes) return this.#free;
    return lockedCores(processes, held / processes, cores);
  }

  #exact(held: number): number {
    return cached(this.#throughputs, held, () => (held > 0 ? this.circulation(held).throughput(held) : 0));
  }
}

const oneCore: BusyCores = (active) => (active > 0 ? 1 : 0);

function cached<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}
