import type { LoopGrid } from './grid.js';

/** Passes over the equations of the first moment, up and down. */
const SWEEPS = 3;

/** Relative distance to all processes having a line below which they are all said to. */
const ALL = 1e-12;

/** The mean number of processes with a line at every state of a solved chain, carried through all transitions. */
export class LoopLines {
  readonly #grid: LoopGrid;
  /** By level and phase: E[lines · 1{level, phase}], E[lines]. */
  readonly #lined: Float64Array;
  readonly #mean: Float64Array;
  /** By the same: flow of lines with ends of bursts of processes with a line, and of those without one. */
  readonly #fromLined: Float64Array;
  readonly #fromFree: Float64Array;
  /** By level, with all busy and a backlog: E[lines | a process with a line ends a burst]. */
  readonly #seenByLined: Float64Array;
  /** 1/p, and the rates of ends of bursts by processes with and without a line. */
  readonly #perP: Float64Array;
  readonly #linedEnds: Float64Array;
  readonly #freeEnds: Float64Array;
  /** How far apart the lines are without a backlog ({@link LoopLines.#close}), by level and phase; 1 / rate of leaving, by phase. */
  readonly #spread: Float64Array;
  readonly #perLeaving: Float64Array;
  /** 1 / requests in lines beside one, by level. */
  readonly #perOther: Float64Array;

  constructor(grid: LoopGrid) {
    this.#grid = grid;
    this.#lined = grid.zeros();
    this.#mean = grid.zeros();
    this.#fromLined = grid.zeros();
    this.#fromFree = grid.zeros();
    this.#perP = grid.zeros();
    this.#linedEnds = grid.zeros();
    this.#freeEnds = grid.zeros();
    this.#seenByLined = new Float64Array(grid.levels + 1);
    this.#perLeaving = grid.busy.map((_, phase) => 1 / grid.leaves(phase, 0));
    this.#perOther = Float64Array.from({ length: grid.levels + 1 }, (_, level) => 1 / (level - 1));
    this.#spread = grid.zeros();
    for (let level = 2; level <= grid.levels; level++)
      for (let phase = 1; phase <= grid.w; phase++)
        this.#spread[level * grid.width + phase] = spreadOf(level, grid.busy[phase]!);
  }

  /** Carries the lines through the transitions, and takes from them who has none. */
  follow(): void {
    const { p, free, busy, width, levels, lowest, phases, top } = this.#grid;
    this.#start();
    const last = Math.min(top, levels - 1);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (let level = last; level >= 1; level--) {
        this.#balanceFew(level, 1);
        this.#balanceAll(level, phases - 1);
        this.#balanceAll(level, phases);
      }
      for (let level = 1; level <= last; level++) {
        this.#balanceAll(level, phases);
        this.#balanceAll(level, phases - 1);
        this.#balanceFew(level, -1);
      }
    }
    for (let level = 1; level <= top; level++)
      for (let phase = lowest[level]!; phase <= phases; phase++) {
        const from = Math.min(level, last) * width + phase;
        if (p[from]! > 1e-200) free[level * width + phase] = 1 - this.#lined[from]! / p[from]! / busy[phase]!;
      }
  }

  #start(): void {
    const { p, free, busy, finishes, width, lowest, phases, top } = this.#grid;
    for (let level = 0; level <= top; level++)
      for (let phase = 1; phase <= phases; phase++) {
        const at = level * width + phase;
        const here = phase < lowest[level]! ? 0 : p[at]!;
        this.#lined[at] = here * busy[phase]! * (1 - free[at]!);
        this.#perP[at] = here > 1e-250 ? 1 / here : 0;
        this.#linedEnds[at] = finishes[phase]! * here * (1 - free[at]!);
        this.#freeEnds[at] = finishes[phase]! * here * free[at]!;
        this.#close(level, phase);
      }
  }

  /**
   * Moments of the lines at a state whose E[lines · 1{state}] has changed. Of b busy processes those with a line are m on
   * average, with the variance m·(1 − m/b)·spread, so that one with a line sees m + (1 − m/b)·spread of them, one
   * without m·(1 − spread/b).
   */
  #close(level: number, phase: number): void {
    const { w, width, busy: all, backlog } = this.#grid;
    const at = level * width + phase;
    const busy = all[phase]!;
    const mean = Math.min(busy, this.#lined[at]! * this.#perP[at]!);
    const inLines = phase > w ? Math.max(mean, level - backlog[level]!) : level;
    const spread = spreadOf(inLines, busy);
    const seenByLined = mean > 0 ? mean + (1 - mean / busy) * spread : 0;
    const ending = inLines > 1.001 ? Math.min(1, (seenByLined - 1) / (inLines - 1)) : 1;
    const seenByFree = mean < busy * (1 - ALL) ? mean * (1 - spread / busy) : Math.max(0, mean - 1);
    this.#mean[at] = mean;
    this.#fromLined[at] = mean > 0 ? this.#linedEnds[at]! * (seenByLined - ending) : 0;
    this.#fromFree[at] = this.#freeEnds[at]! * seenByFree;
    if (phase > w) this.#seenByLined[level] = seenByLined;
  }

  /**
   * The equations of the first moment with a process idle, by phase upwards (`step` 1) or downwards. Lines come from a burst
   * that joins one, from one more process that becomes busy, and from ends of bursts; all of it over the rate of leaving.
   */
  #balanceFew(level: number, step: 1 | -1): void {
    const { p, busy: all, returns, spreads, width, w, lowest } = this.#grid;
    const [first, last] = [lowest[level]!, w - 1];
    for (let phase = step > 0 ? first : last; phase >= first && phase <= last; phase += step) {
      const here = level * width + phase;
      const below = here - width;
      const busy = all[phase]!;
      const meanBelow = this.#mean[below]!;
      let flow = returns[phase]! * p[below]! * (1 + meanBelow - meanBelow / busy);
      if (phase > 1) flow += spreads[phase - 1]! * this.#lined[here - 1]!;
      flow += this.#fromFree[here + 1]! + this.#fromLined[here + width]!;
      const least = p[here]!;
      const most = least * Math.min(busy, level);
      this.#lined[here] = Math.max(least, Math.min(most, flow * this.#perLeaving[phase]!));
      this.#closeFew(here, level, busy);
    }
  }

  /** {@link LoopLines.#close} with a process idle and so without a backlog, where what depends on the level alone is known: this takes most of the time. */
  #closeFew(here: number, level: number, busy: number): void {
    const mean = Math.min(busy, this.#lined[here]! * this.#perP[here]!);
    const spread = this.#spread[here]!;
    const seenByLined = mean + spread - (mean * spread) / busy;
    const ending = level > 1 ? Math.min(1, (seenByLined - 1) * this.#perOther[level]!) : 1;
    const seenByFree = mean < busy * (1 - ALL) ? mean - (mean * spread) / busy : Math.max(0, mean - 1);
    this.#mean[here] = mean;
    this.#fromLined[here] = mean > 0 ? this.#linedEnds[here]! * (seenByLined - ending) : 0;
    this.#fromFree[here] = this.#freeEnds[here]! * seenByFree;
  }

  /** The same with all busy, without (phase w) or with (w + 1) a backlog. */
  #balanceAll(level: number, phase: number): void {
    const { p, w, width, returns, spreads, idleTurns, lowest, loops } = this.#grid;
    if (phase < lowest[level]!) return;
    const here = level * width + phase;
    const below = here - width;
    let flow = returns[phase]! * p[below]! * this.#withOneJoining(below);
    if (phase === w) {
      if (w > 1) flow += spreads[w - 1]! * this.#lined[here - 1]!;
      flow += this.#fromLined[here + width]!;
    }
    if (p[(level + 1) * width + w + 1]! > 0) flow += this.#fromTakingBacklog(level + 1, phase);
    if (idleTurns[w + 1]! > 0) flow += this.#fromIdleTurns(level, phase);
    if (phase > w) flow += loops.arrivals * (this.#lined[below - 1]! + this.#lined[below]!);
    const most = p[here]! * Math.min(w, phase > w ? level - 1 : level);
    const least = phase > w ? 0 : p[here]!;
    this.#lined[here] = Math.max(least, Math.min(most, flow * this.#perLeaving[phase]!));
    this.#close(level, phase);
  }

  /** Processes with a line, all being busy, once one more burst has joined any of them. */
  #withOneJoining(at: number): number {
    const { w } = this.#grid;
    const mean = this.#mean[at]!;
    return mean + (w - mean) / w;
  }

  /** What ends of bursts bring from a level with a backlog, all or a part of which becomes a line. */
  #fromTakingBacklog(level: number, phase: number): number {
    const { p, w, width, finishes, free, loops } = this.#grid;
    const from = level * width + w + 1;
    const ends = finishes[w + 1]! * p[from]!;
    const single = this.#grid.single[level]!;
    if (loops.takes === 'one-per-turn') return ends * (phase === w ? single : 1 - single) * this.#mean[from]!;
    if (phase !== w) return loops.takes === 'when-dry' ? this.#fromLined[from]! : 0;
    const byLined = loops.takes === 'every-turn' ? (1 - free[from]!) * this.#seenByLined[level]! : 0;
    return this.#fromFree[from]! + ends * (free[from]! * (1 - single) + byLined);
  }

  /** What turns that end no burst bring, as they take the backlog or one request of it. */
  #fromIdleTurns(level: number, phase: number): number {
    const { p, w, width, idleTurns } = this.#grid;
    const from = level * width + w + 1;
    const clears = this.#grid.clears(level);
    return idleTurns[w + 1]! * (phase === w ? clears : 1 - clears) * p[from]! * this.#withOneJoining(from);
  }
}

/** Share of the variance that lines would have were they independent, where all compositions of so many into them are alike. */
const spreadOf = (inLines: number, busy: number): number =>
  inLines > 1 ? (inLines - 1) / (busy + inLines - 2 || 1) : 0;
