import type { BusyCores } from './busy-cores.js';

/** How many times as long as alone waits take while so many requests are in theirs. */
export type Lengthening = (waiting: number) => number;

/** How likely it is that `first`, `first` + 1, … want a core; that others do is negligible. */
export interface ActiveShares {
  readonly first: number;
  readonly shares: Float64Array;
}

/** Relative to the likeliest: of a probability, and of a term that a sum does not feel. */
const NEGLIGIBLE = 1e-13;
const ROUNDING = 1e-16;

/**
 * Requests that hold a thread and alternate between a wait (mean total `ioMs`) and the CPU (mean total `cpuMs`), where
 * `busyCores(A)` cores' worth of work is done while A of them want one, shared equally: a closed product-form network. While
 * m of them wait, waits take `lengthening(m)` times as long as alone.
 */
export class Circulation {
  readonly cpuMs: number;
  readonly ioMs: number;
  readonly busyCores: BusyCores;
  readonly lengthening: Lengthening;

  constructor(cpuMs: number, ioMs: number, busyCores: BusyCores, lengthening: Lengthening = asAlone) {
    this.cpuMs = cpuMs;
    this.ioMs = ioMs;
    this.busyCores = busyCores;
    this.lengthening = lengthening;
  }

  /**
   * p(A|N) ∝ Π_{j<A} (N−j)/L(N−j)·(c/s)/F(j+1), walked from the likeliest number both ways until nothing is left: as many
   * steps as it spreads, however many are held.
   */
  active(held: number): ActiveShares {
    if (this.ioMs <= 0) return { first: held, shares: Float64Array.of(1) };
    const mode = this.#likeliest(held);
    const before: number[] = [];
    let sum = 1;
    for (let a = mode, value = 1; a > 0; a--) {
      value /= this.#step(held, a - 1);
      if (value < NEGLIGIBLE) break;
      before.push(value);
      sum += value;
    }
    const beyond: number[] = [];
    for (let a = mode, value = 1; a < held; a++) {
      value *= this.#step(held, a);
      if (value < NEGLIGIBLE) break;
      beyond.push(value);
      sum += value;
    }
    const shares = new Float64Array(before.length + 1 + beyond.length);
    const at = before.length;
    shares[at] = 1 / sum;
    before.forEach((value, i) => {
      shares[at - 1 - i] = value / sum;
    });
    beyond.forEach((value, i) => {
      shares[at + 1 + i] = value / sum;
    });
    return { first: mode - at, shares };
  }

  /** p(A + 1|N)/p(A|N), which falls as A rises. */
  #step(held: number, active: number): number {
    const { cpuMs, ioMs, busyCores, lengthening } = this;
    return ((held - active) * cpuMs) / (ioMs * lengthening(held - active) * busyCores(active + 1));
  }

  #likeliest(held: number): number {
    return firstFalse(0, held, (a) => this.#step(held, a) > 1);
  }

  /**
   * Share of a change of the CPU demand that the throughput of `held` requests follows, −∂lnX/∂ln c = E[A|N] − E[A|N−1]
   * (from X(N) = G(N−1)/G(N) and ∂lnG/∂ln c = E[A]); the rest of it follows the I/O demand.
   */
  cpuElasticity(held: number): number {
    if (this.ioMs <= 0) return 1;
    const mean = ({ first, shares }: ActiveShares): number =>
      shares.reduce((sum, v, i) => sum + v * (first + i), 0);
    return Math.min(1, Math.max(0, mean(this.active(held)) - mean(this.active(held - 1))));
  }

  /** Mean number of `held` requests that wait for longer than they would alone. */
  heldUp(held: number): number {
    const { first, shares } = this.active(held);
    const waiting = held - first;
    const { lengthening } = this;
    return shares.reduce((sum, v, i) => sum + v * (waiting - i) * (1 - 1 / lengthening(waiting - i)), 0);
  }

  /** Requests per ms completed with `held` in circulation: E[F(A)|N]/c, walked as {@link Circulation.active} is. */
  throughput(held: number): number {
    const { cpuMs, ioMs, busyCores } = this;
    if (ioMs <= 0) return busyCores(held) / cpuMs;
    const mode = this.#likeliest(held);
    let sum = 1;
    let busy = busyCores(mode);
    for (let a = mode - 1, value = 1; a >= 0; a--) {
      value /= this.#step(held, a);
      if (value < ROUNDING) break;
      sum += value;
      busy += value * busyCores(a);
    }
    for (let a = mode + 1, value = 1; a <= held; a++) {
      value *= this.#step(held, a - 1);
      if (value < ROUNDING) break;
      sum += value;
      busy += value * busyCores(a);
    }
    return busy / sum / cpuMs;
  }

  /**
   * Mean throughput while `held` are in service and new ones come at rate `arrivals`, where bursts are waited for `factor`
   * times as long as exponential ones: in the product form, the weights of those at the CPU are replaced by ones with that
   * mean. Exact with exponential bursts, whatever the rate.
   */
  openThroughput(held: number, arrivals: number, factor: number): number {
    const { ioMs, lengthening } = this;
    if (ioMs <= 0) return arrivals / queueStep(this, arrivals, factor, held);
    const step = (a: number): number =>
      ((held - a + 1) / (ioMs * lengthening(held - a + 1) * arrivals)) * queueStep(this, arrivals, factor, a);
    const waitingAt = (a: number): number => (a < held ? (held - a) / lengthening(held - a) : 0);
    const mode = firstFalse(0, held, (a) => step(a + 1) > 1);
    let sum = 1;
    let waiting = waitingAt(mode);
    for (let a = mode - 1, value = 1; a >= 0; a--) {
      value /= step(a + 1);
      if (value < sum * ROUNDING) break;
      sum += value;
      waiting += value * waitingAt(a);
    }
    for (let a = mode + 1, value = 1; a <= held; a++) {
      value *= step(a);
      if (value < sum * ROUNDING) break;
      sum += value;
      waiting += value * waitingAt(a);
    }
    return waiting / sum / ioMs;
  }

  /**
   * Throughput where bursts run to their end, first come first served, with squared variability `scv`: exact for one CPU
   * and exponential waits (Takács 1962, the M/G/1 machine repairman, with gamma bursts: P₀⁻¹ = 1 + N·(c/s)·Σ_j
   * C(N−1, j)·Π_{i≤j}(1/β(i/s) − 1)); with more CPUs they count as one fast one once all are busy.
   */
  variedThroughput(held: number, scv: number): number {
    const { cpuMs, ioMs, busyCores, lengthening } = this;
    if (ioMs <= 0 || Math.abs(scv - 1) < 1e-6) return this.throughput(held);
    const most = busyCores(held);
    const share = cpuMs / (ioMs * Math.max(1, most));
    const queueFrom = Math.max(1, Math.floor(most));
    let sum = 1;
    let busy = 0;
    let value = 1;
    for (let a = 0; a < held; a++) {
      const j = a - queueFrom + 1;
      value *= ((held - a) * cpuMs) / (ioMs * lengthening(held - a) * busyCores(a + 1));
      if (j >= 1) value *= returnOdds(j * share, scv) / (j * share);
      if (!(value < 1e250)) return most / cpuMs;
      sum += value;
      busy += value * busyCores(a + 1);
      if (value < sum * 1e-14) break;
    }
    return Math.min(most, busy / sum) / cpuMs;
  }
}

/** The first of the numbers from `low` at which `isBelow` no longer holds; `high` where it holds for all before. */
function firstFalse(low: number, high: number, isBelow: (n: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isBelow(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}

const asAlone: Lengthening = () => 1;

/**
 * π(A)/π(A−1) of those at the CPU where they come at rate `arrivals`. With exponential bursts it is u = λc/F(A). Others
 * multiply what waits by f, as far as one more does not bring a core of its own: fu/(1 − u + fu) in M/G/1, and
 * u/(1 − u + fu) for the first (Pollaczek–Khinchine's mean). The same slope continues it beyond u = 1.
 */
function queueStep({ cpuMs, busyCores }: Circulation, arrivals: number, f: number, active: number): number {
  const cores = busyCores(active);
  const load = (arrivals * cpuMs) / cores;
  const here = 1 + (f - 1) * (1 - cores + busyCores(active - 1));
  const next = 1 + (f - 1) * (1 - busyCores(active + 1) + cores);
  return load < 1 ? (here * load) / (1 - load + next * load) : (here / next) * (1 + (load - 1) / next);
}

/** 1/β − 1 for a gamma burst of mean `x` (in mean waits): the odds that some other request returns during it. */
function returnOdds(x: number, scv: number): number {
  return scv < 1e-4 ? Math.expm1(x) : Math.expm1(Math.log1p(scv * x) / scv);
}
