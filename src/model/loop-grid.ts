import { lastRowOfNegativeInverse, negativeInverse, startingLevel } from './levels.js';
import type { LoopState, Loops } from './loops.js';

const MOST_LEVELS = 1200;
/** Levels reach to where the probability of one more has fallen by this factor. */
const NEGLIGIBLE = 1e-5;

/**
 * The chain of (busy processes, waiting bursts) on a grid of levels (waiting bursts) and phases, given how the waiting bursts
 * are spread over lines. Transitions go one level up or down, so that blocks are eliminated from the highest level.
 */
export class LoopGrid {
  readonly loops: Loops;
  readonly w: number;
  /** Phases 1…w: so many busy and no backlog; w + 1: all busy and a backlog. */
  readonly phases: number;
  readonly levels: number;
  /** Rates by phase: to one more busy process, of bursts joining a line, of ends of bursts, of other turns with a backlog, up. */
  readonly spreads: Float64Array;
  readonly returns: Float64Array;
  readonly finishes: Float64Array;
  readonly idleTurns: Float64Array;
  readonly #rises: Float64Array;
  /** By level and phase: probability, P(a process that ends a burst has no line). */
  p: Float64Array[];
  free: Float64Array[];
  /** Of a backlog at each level: P(it is one request), its mean. */
  readonly single: Float64Array;
  readonly backlog: Float64Array;

  constructor(loops: Loops) {
    const w = loops.processes;
    this.loops = loops;
    this.w = w;
    this.phases = w + 1;
    const { arrivals, returns, takes, turns } = loops;
    const byPhase = (rate: (phase: number) => number): Float64Array =>
      Float64Array.from({ length: w + 2 }, (_, phase) => rate(phase));
    this.spreads = byPhase((phase) => (phase >= w ? 0 : arrivals + (returns * (w - phase)) / w));
    this.returns = byPhase((phase) => (returns * this.busy(phase)) / w);
    this.finishes = byPhase((phase) => loops.completions(this.busy(phase)));
    this.idleTurns = byPhase((phase) =>
      phase > w && takes !== 'when-dry' ? (turns - 1) * this.finishes[phase]! : 0,
    );
    this.#rises = byPhase((phase) => this.returns[phase]! + (phase >= w ? arrivals : 0));
    const load = (loops.arrivals + loops.returns) / loops.completions(w);
    this.levels = Math.min(
      MOST_LEVELS,
      Math.ceil(Math.log(NEGLIGIBLE) / Math.log(Math.min(0.999, load))) + 3 * w + 8,
    );
    this.p = this.zeros();
    this.free = this.zeros();
    for (let level = 0; level <= this.levels; level++)
      for (let phase = 1; phase <= w + 1; phase++) {
        const busy = this.busy(phase);
        const inLines = Math.max(0, phase > w ? level - 1 : level);
        this.free[level]![phase] = inLines === 0 ? 1 : (busy - 1) / (busy + inLines - 1);
      }
    this.single = new Float64Array(this.levels + 1);
    this.backlog = new Float64Array(this.levels + 1);
    const noLines = loops.takes === 'one-per-turn' && loops.returns === 0;
    for (let level = 0; level <= this.levels; level++) this.p[level]![w] = level === 0 || !noLines ? 1 : 0;
  }

  zeros(): Float64Array[] {
    return Array.from({ length: this.levels + 1 }, () => new Float64Array(this.phases + 1));
  }

  busy(phase: number): number {
    return Math.min(phase, this.w);
  }

  /** Rate of leaving the state. */
  leaves(phase: number, level: number): number {
    const inside = this.spreads[phase]! + this.finishes[phase]! + this.idleTurns[phase]!;
    return level === this.levels ? inside : inside + this.#rises[phase]!;
  }

  /** Of completions with a backlog: the share that leave none. */
  clears(level: number): number {
    const { takes } = this.loops;
    if (takes === 'every-turn') return 1;
    return takes === 'when-dry' ? this.free[level]![this.phases]! : this.single[level]!;
  }

  /**
   * The backlog grows until a process takes it, at a rate that changes slowly: geometric, and independent of the lines but
   * for the sum of both, which the level gives.
   */
  setBacklogs(): void {
    const { arrivals, takes } = this.loops;
    const w = this.w;
    const turns = this.finishes[w + 1]! + this.idleTurns[w + 1]!;
    for (let level = 1; level <= this.levels; level++) {
      const ratio =
        takes === 'one-per-turn'
          ? arrivals / turns
          : arrivals / (arrivals + turns * (takes === 'when-dry' ? this.free[level]![w + 1]! : 1));
      let total = 0;
      let moment = 0;
      let single = 0;
      for (let b = 1, weight = 1; b <= level && weight > 1e-9; b++, weight *= ratio) {
        const each = weight * this.p[level - b]![w]!;
        if (b === 1) single = each;
        total += each;
        moment += b * each;
      }
      this.single[level] = total > 0 ? single / total : level === 1 ? 1 : 0;
      this.backlog[level] = total > 0 ? moment / total : level;
    }
  }

  solve(): void {
    const n = this.phases;
    // Where bursts do not return, levels are entered by arrivals alone, which find all busy and make a backlog.
    const staying = this.loops.returns === 0 ? lastRowOfNegativeInverse : negativeInverse;
    const back: Float64Array[] = [];
    for (let level = this.levels; level >= 1; level--) {
      const rates = this.#within(level);
      if (level < this.levels) this.#addExcursion(rates, back[level + 1]!, level + 1);
      back[level] = staying(rates, n);
    }
    this.p = this.zeros();
    this.p[0]!.set(this.#ground(back[1]!));
    for (let level = 0; level < this.levels; level++) {
      const next = this.p[level + 1]!;
      const stay = back[level + 1]!;
      const flows = this.#ups(level);
      for (let i = 1; i <= n; i++) {
        const flow = flows[i]!;
        const row = (i - 1) * n - 1;
        if (flow > 0) for (let j = 1; j <= n; j++) next[j]! += flow * stay[row + j]!;
      }
    }
    const total = this.p.reduce((sum, row) => row.reduce((s, v) => s + v, sum), 0);
    for (const row of this.p) for (let phase = 0; phase <= n; phase++) row[phase]! /= total;
  }

  /** Transitions within a level among the phases (row-major), the diagonal holding minus all that leaves. */
  #within(level: number): Float64Array {
    const n = this.phases;
    const rates = new Float64Array(n * n);
    for (let phase = 1; phase <= n; phase++) {
      const i = phase - 1;
      rates[i * n + i] = -this.leaves(phase, level);
      if (phase < this.w) rates[i * n + i + 1] = this.spreads[phase]!;
      if (phase > 1 && phase <= this.w)
        rates[i * n + i - 1] = this.finishes[phase]! * this.free[level]![phase]!;
      if (phase > this.w) {
        const cleared = this.idleTurns[phase]! * this.clears(level);
        rates[i * n + i - 1] = cleared;
        rates[i * n + i]! += this.idleTurns[phase]! - cleared;
      }
    }
    return rates;
  }

  /** Where the flow up from a level arrives. */
  #ups(level: number): Float64Array {
    const w = this.w;
    const row = this.p[level]!;
    const flows = new Float64Array(this.phases + 1);
    for (let phase = 1; phase <= w + 1; phase++) flows[phase] = row[phase]! * this.returns[phase]!;
    flows[w + 1]! += (row[w]! + row[w + 1]!) * this.loops.arrivals;
    return flows;
  }

  /** The level above is left again in the end: adds ups · `back` · downs. */
  #addExcursion(rates: Float64Array, back: Float64Array, above: number): void {
    const n = this.phases;
    const w = this.w;
    const free = this.free[above]!;
    // A burst's end with a backlog leads to all busy without one where it clears the backlog; others keep the phase.
    const clears = this.clears(above);
    for (let i = 0; i < n; i++) {
      const row = i * n;
      const returns = this.returns[i + 1]!;
      const arrivals = i + 1 >= w ? this.loops.arrivals : 0;
      if (returns === 0 && arrivals === 0) continue;
      for (let j = 0; j < w; j++) {
        const through = returns * back[row + j]! + arrivals * back[w * n + j]!;
        rates[row + j]! += through * this.finishes[j + 1]! * (1 - free[j + 1]!);
      }
      const through = returns * back[row + w]! + arrivals * back[w * n + w]!;
      rates[row + w]! += through * this.finishes[w + 1]! * (1 - clears);
      rates[row + w - 1]! += through * this.finishes[w + 1]! * clears;
    }
  }

  #ground(back: Float64Array): Float64Array {
    const n = this.phases;
    const w = this.w;
    const excursions = new Float64Array(n * n);
    this.#addExcursion(excursions, back, 1);
    const rates = new Float64Array((w + 1) ** 2);
    for (let r = 0; r <= w; r++) {
      if (r < w) rates[r * (w + 1) + r + 1]! += this.spreads[r]!;
      if (r === 0) continue;
      rates[r * (w + 1) + r - 1]! += this.finishes[r]!;
      for (let j = 1; j <= w; j++) rates[r * (w + 1) + j]! += excursions[(r - 1) * n + j - 1]!;
    }
    return startingLevel(rates, w + 1);
  }

  /** What the chain says in the long run. */
  state(): LoopState {
    const busy = new Float64Array(this.w + 1);
    let meanInBacklog = 0;
    let waiting = 0;
    let meanLined = 0;
    for (let level = 0; level <= this.levels; level++)
      for (let phase = 0; phase <= this.phases; phase++) {
        const p = this.p[level]![phase]!;
        busy[this.busy(phase)]! += p;
        const backlog = phase > this.w ? this.backlog[level]! : 0;
        meanInBacklog += p * backlog;
        waiting += p * level;
        meanLined += p * this.busy(phase) * (1 - this.free[level]![phase]!);
      }
    const meanBusy = busy.reduce((sum, p, r) => sum + p * r, 0);
    return { busy, meanBusy, meanInBacklog, meanInLines: Math.max(0, waiting - meanInBacklog), meanLined };
  }
}
