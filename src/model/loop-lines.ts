import type { LoopGrid } from './loop-grid.js';

/** Passes over the equations of the first moment, up and down. */
const SWEEPS = 3;

/** The mean number of processes with a line at every state of a solved chain, carried through all transitions. */
export class LoopLines {
  readonly #grid: LoopGrid;
  /** By level and phase: E[lines · 1{level, phase}]. */
  readonly #lined: Float64Array[];
  /** By the same: E[lines], E[lines once a process with a line has ended a burst], E[lines | one with, without a line ends a burst]. */
  readonly #mean: Float64Array[];
  readonly #afterLined: Float64Array[];
  readonly #seenByLined: Float64Array[];
  readonly #seenByFree: Float64Array[];

  constructor(grid: LoopGrid) {
    this.#grid = grid;
    this.#lined = grid.zeros();
    this.#mean = grid.zeros();
    this.#afterLined = grid.zeros();
    this.#seenByLined = grid.zeros();
    this.#seenByFree = grid.zeros();
  }

  /** Carries the lines through the transitions, and takes from them who has none. */
  follow(): void {
    for (let level = 0; level <= this.#grid.levels; level++)
      for (let phase = 1; phase <= this.#grid.phases; phase++) {
        this.#lined[level]![phase] =
          this.#grid.p[level]![phase]! * this.#grid.busy(phase) * (1 - this.#grid.free[level]![phase]!);
        this.#close(level, phase);
      }
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (let level = this.#grid.levels - 1; level >= 1; level--)
        for (let phase = 1; phase <= this.#grid.phases; phase++) this.#balance(level, phase);
      for (let level = 1; level < this.#grid.levels; level++)
        for (let phase = this.#grid.phases; phase >= 1; phase--) this.#balance(level, phase);
    }
    for (let level = 1; level <= this.#grid.levels; level++) {
      const from = Math.min(level, this.#grid.levels - 1);
      for (let phase = 1; phase <= this.#grid.phases; phase++) {
        const p = this.#grid.p[from]![phase]!;
        if (p > 1e-200)
          this.#grid.free[level]![phase] = 1 - this.#lined[from]![phase]! / p / this.#grid.busy(phase);
      }
    }
  }

  /** Moments of the lines at a state whose E[lines · 1{state}] has changed. */
  #close(level: number, phase: number): void {
    const p = this.#grid.p[level]![phase]!;
    const busy = this.#grid.busy(phase);
    const mean = p > 1e-250 ? Math.min(busy, this.#lined[level]![phase]! / p) : 0;
    const inLines = Math.max(mean, phase > this.#grid.w ? level - this.#grid.backlog[level]! : level);
    const variance =
      inLines > 1 ? (mean * Math.max(0, 1 - mean / busy) * (inLines - 1)) / (busy + inLines - 2 || 1) : 0;
    const square = mean ** 2 + variance;
    const ending = inLines > 1.001 ? Math.min(mean, (square - mean) / (inLines - 1)) : mean;
    this.#mean[level]![phase] = mean;
    this.#afterLined[level]![phase] = mean > 0 ? (square - ending) / mean : 0;
    this.#seenByLined[level]![phase] = mean > 0 ? square / mean : 0;
    this.#seenByFree[level]![phase] =
      mean < busy ? (busy * mean - square) / (busy - mean) : Math.max(0, mean - 1);
  }

  /** One equation of the first moment: what flows in, over the rate at which the state is left. */
  #balance(level: number, phase: number): void {
    const { arrivals, takes } = this.#grid.loops;
    const w = this.#grid.w;
    const busy = this.#grid.busy(phase);
    const here = this.#grid.p[level]!;
    const below = this.#grid.p[level - 1]!;
    const above = this.#grid.p[level + 1]!;
    const own = this.#mean[level - 1]![phase]!;
    let flow = this.#grid.returns[phase]! * below[phase]! * (own + (busy - own) / busy);
    if (phase > 1 && phase <= w) flow += this.#grid.spreads[phase - 1]! * this.#lined[level]![phase - 1]!;
    if (phase < w)
      flow +=
        this.#grid.finishes[phase + 1]! *
        here[phase + 1]! *
        this.#grid.free[level]![phase + 1]! *
        this.#seenByFree[level]![phase + 1]!;
    if (phase <= w)
      flow +=
        this.#grid.finishes[phase]! *
        above[phase]! *
        (1 - this.#grid.free[level + 1]![phase]!) *
        this.#afterLined[level + 1]![phase]!;
    if (phase >= w && above[w + 1]! > 0) {
      const finish = this.#grid.finishes[w + 1]! * above[w + 1]!;
      const free = this.#grid.free[level + 1]![w + 1]!;
      const single = this.#grid.single[level + 1]!;
      if (takes === 'one-per-turn')
        flow += finish * (phase === w ? single : 1 - single) * this.#mean[level + 1]![w + 1]!;
      else if (phase === w)
        flow +=
          finish *
          (free * (this.#seenByFree[level + 1]![w + 1]! + 1 - single) +
            (takes === 'every-turn' ? (1 - free) * this.#seenByLined[level + 1]![w + 1]! : 0));
      else if (takes === 'when-dry') flow += finish * (1 - free) * this.#afterLined[level + 1]![w + 1]!;
    }
    if (phase >= w) {
      const share = phase === w ? this.#grid.clears(level) : 1 - this.#grid.clears(level);
      const mean = this.#mean[level]![w + 1]!;
      flow += this.#grid.idleTurns[w + 1]! * share * here[w + 1]! * (mean + (w - mean) / w);
    }
    if (phase > w) flow += arrivals * (this.#lined[level - 1]![w]! + this.#lined[level - 1]![w + 1]!);
    const p = here[phase]!;
    const least = phase > w ? 0 : p;
    const most = p * Math.min(busy, phase > w ? level - 1 : level);
    this.#lined[level]![phase] = Math.max(least, Math.min(most, flow / this.#grid.leaves(phase, level)));
    this.#close(level, phase);
  }
}
