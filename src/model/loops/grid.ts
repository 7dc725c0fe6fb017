import type { LoopState, Loops } from './loops.js';

const MOST_LEVELS = 1200;
/** Levels reach to where the probability of one more has fallen by this factor. */
const NEGLIGIBLE = 1e-5;

/**
 * Probability of a state below which a solution is followed no further in the next round: what flows through all such states
 * together changes the others by less than a part in a billion.
 */
const INVISIBLE = 1e-18;

/**
 * The chain of (busy processes, waiting bursts) on a grid of levels (waiting bursts) and phases, given how the waiting bursts
 * are spread over lines. Transitions go one level up or down, so that blocks are eliminated from the highest level. Values
 * by level and phase are at level · `width` + phase.
 */
export class LoopGrid {
  readonly loops: Loops;
  readonly w: number;
  /** Phases 1…w: so many busy and no backlog; w + 1: all busy and a backlog. */
  readonly phases: number;
  readonly width: number;
  readonly levels: number;
  /** The highest level, and by level the lowest phase, that are followed. */
  top: number;
  readonly lowest: Int32Array;
  /** By phase: how many are busy; rates to one more of them, of bursts joining a line, of ends of bursts, of other turns with a backlog, up. */
  readonly busy: Float64Array;
  readonly spreads: Float64Array;
  readonly returns: Float64Array;
  readonly finishes: Float64Array;
  readonly idleTurns: Float64Array;
  readonly #rises: Float64Array;
  readonly #leaving: Float64Array;
  /** By level and phase: probability, P(a process that ends a burst has no line). */
  readonly p: Float64Array;
  readonly free: Float64Array;
  /** Of a backlog at each level: P(it is one request), its mean. */
  readonly single: Float64Array;
  readonly backlog: Float64Array;

  constructor(loops: Loops) {
    const w = loops.processes;
    this.loops = loops;
    this.w = w;
    this.phases = w + 1;
    this.width = w + 2;
    const { arrivals, returns, takes, turns } = loops;
    const byPhase = (rate: (phase: number) => number): Float64Array =>
      Float64Array.from({ length: w + 2 }, (_, phase) => rate(phase));
    this.busy = byPhase((phase) => Math.min(phase, w));
    this.spreads = byPhase((phase) => (phase >= w ? 0 : arrivals + (returns * (w - phase)) / w));
    this.returns = byPhase((phase) => (returns * this.busy[phase]!) / w);
    this.finishes = byPhase((phase) => loops.completions(this.busy[phase]!));
    this.idleTurns = byPhase((phase) =>
      phase > w && takes !== 'when-dry' ? (turns - 1) * this.finishes[phase]! : 0,
    );
    this.#rises = byPhase((phase) => this.returns[phase]! + (phase >= w ? arrivals : 0));
    this.#leaving = byPhase(
      (phase) => this.spreads[phase]! + this.finishes[phase]! + this.idleTurns[phase]! + this.#rises[phase]!,
    );
    const load = (loops.arrivals + loops.returns) / loops.completions(w);
    this.levels = Math.min(
      MOST_LEVELS,
      Math.ceil(Math.log(NEGLIGIBLE) / Math.log(Math.min(0.999, load))) + 3 * w + 8,
    );
    this.top = this.levels;
    this.lowest = new Int32Array(this.levels + 1).fill(1);
    this.p = this.zeros();
    this.free = this.zeros();
    for (let level = 0; level <= this.levels; level++)
      for (let phase = 1; phase <= w + 1; phase++) {
        const busy = this.busy[phase]!;
        const inLines = Math.max(0, phase > w ? level - 1 : level);
        this.free[level * this.width + phase] = inLines === 0 ? 1 : (busy - 1) / (busy + inLines - 1);
      }
    this.single = new Float64Array(this.levels + 1);
    this.backlog = new Float64Array(this.levels + 1);
    const noLines = loops.takes === 'one-per-turn' && loops.returns === 0;
    for (let level = 0; level <= this.levels; level++)
      this.p[level * this.width + w] = level === 0 || !noLines ? 1 : 0;
  }

  zeros(): Float64Array {
    return new Float64Array((this.levels + 1) * this.width);
  }

  /** Rate of leaving the state. */
  leaves(phase: number, level: number): number {
    const all = this.#leaving[phase]!;
    return level === this.levels ? all - this.#rises[phase]! : all;
  }

  /** Minus the rate of leaving the state for others: the diagonal of the rates. */
  keeps(phase: number, level: number): number {
    const leaves = this.leaves(phase, level);
    return phase > this.w ? this.idleTurns[phase]! * (1 - this.clears(level)) - leaves : -leaves;
  }

  /** Rate of turns that end no burst and clear the backlog. */
  idleClears(level: number): number {
    return this.idleTurns[this.phases]! * this.clears(level);
  }

  /** Of completions with a backlog: the share that leave none. */
  clears(level: number): number {
    const { takes } = this.loops;
    if (takes === 'every-turn') return 1;
    return takes === 'when-dry' ? this.free[level * this.width + this.phases]! : this.single[level]!;
  }

  /**
   * The backlog grows until a process takes it, at a rate that changes slowly: geometric, and independent of the lines but
   * for the sum of both, which the level gives.
   */
  setBacklogs(): void {
    const { arrivals, takes } = this.loops;
    const { w, width, p, free } = this;
    const turns = this.finishes[w + 1]! + this.idleTurns[w + 1]!;
    for (let level = 1; level <= this.levels; level++) {
      const ratio =
        takes === 'one-per-turn'
          ? arrivals / turns
          : arrivals / (arrivals + turns * (takes === 'when-dry' ? free[level * width + w + 1]! : 1));
      let total = 0;
      let moment = 0;
      let single = 0;
      for (let b = 1, weight = 1; b <= level && weight > 1e-9; b++, weight *= ratio) {
        const each = weight * p[(level - b) * width + w]!;
        if (b === 1) single = each;
        total += each;
        moment += b * each;
      }
      this.single[level] = total > 0 ? single / total : level === 1 ? 1 : 0;
      this.backlog[level] = total > 0 ? moment / total : level;
    }
  }

  /** States that turned out to be {@link INVISIBLE} are followed no further. */
  forgetInvisible(): void {
    const { p, w, width, phases, lowest } = this;
    // What a single process is taken to have at first, a line wherever anything waits, hides states.
    if (w === 1) return;
    let top = 1;
    for (let level = 1; level <= this.top; level++) {
      let phase = lowest[level]!;
      for (; phase < phases && p[level * width + phase]! < INVISIBLE; phase++) p[level * width + phase] = 0;
      lowest[level] = phase;
      if (p[level * width + phase]! >= INVISIBLE) top = level;
    }
    this.top = top;
  }

  /** What the chain says in the long run. */
  state(): LoopState {
    const busy = new Float64Array(this.w + 1);
    let meanInBacklog = 0;
    let waiting = 0;
    let meanLined = 0;
    for (let level = 0; level <= this.top; level++)
      for (let phase = level === 0 ? 0 : this.lowest[level]!; phase <= this.phases; phase++) {
        const p = this.p[level * this.width + phase]!;
        busy[this.busy[phase]!]! += p;
        const backlog = phase > this.w ? this.backlog[level]! : 0;
        meanInBacklog += p * backlog;
        waiting += p * level;
        meanLined += p * this.busy[phase]! * (1 - this.free[level * this.width + phase]!);
      }
    const meanBusy = busy.reduce((sum, p, r) => sum + p * r, 0);
    return { busy, meanBusy, meanInBacklog, meanInLines: Math.max(0, waiting - meanInBacklog), meanLined };
  }
}
