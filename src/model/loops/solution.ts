import {
  type Bordered,
  lastRowOfNegativeInverse,
  negativeInverse,
  stationaryVector,
} from '../../math/matrix/elimination.js';
import type { LoopGrid } from './grid.js';

/**
 * Long-run probabilities by block elimination from the highest level: a level is entered from the one below and left to it
 * in the end, and how long its phases are stayed in before is −S⁻¹, S being the rates within the level with the excursions
 * above.
 */
export class LoopSolution {
  readonly #grid: LoopGrid;
  /** By level: −S⁻¹ among the phases that are followed (row-major); its last row alone where bursts do not return. */
  readonly #sojourns: readonly Float64Array[];
  /** Rates down from a level by phase; with all busy and a backlog to the same, and at 0 to the phase without. */
  readonly #downRates: Float64Array;
  readonly #bordered: Bordered;

  constructor(grid: LoopGrid) {
    const n = grid.phases;
    const cells = grid.loops.returns === 0 ? n : n * n;
    this.#grid = grid;
    const space = scratchOf((grid.levels + 1) * cells);
    this.#sojourns = Array.from({ length: grid.levels + 1 }, (_, level) =>
      space.subarray(level * cells, (level + 1) * cells),
    );
    this.#downRates = new Float64Array(n + 1);
    const row = (): Float64Array => new Float64Array(n);
    this.#bordered = { lower: row(), diagonal: row(), upper: row(), nextToLast: row(), last: row() };
  }

  /** Sets the probabilities of the states that are followed. */
  solve(): void {
    const { p, loops } = this.#grid;
    p.fill(0);
    // Where bursts do not return, levels are entered by arrivals alone, which find all busy and make a backlog.
    if (loops.returns === 0) this.#byLastRows();
    else this.#byBlocks();
    let total = 0;
    for (let at = 0; at < p.length; at++) total += p[at]!;
    for (let at = 0; at < p.length; at++) p[at]! /= total;
  }

  #byBlocks(): void {
    const { p, w, phases: n, width, lowest, top, returns, loops } = this.#grid;
    for (let level = top; level >= 1; level--) {
      const rates = this.#sojourns[level]!;
      const first = lowest[level]!;
      this.#setWithin(level, rates);
      if (level < top) this.#addExcursions(level, rates, first, n);
      negativeInverse(rates, n + 1 - first);
    }
    const ground = this.#groundRates();
    this.#addExcursions(0, ground, 0, w);
    p.set(stationaryVector(ground, n));
    for (let level = 1; level <= top; level++) {
      const first = lowest[level]!;
      const size = n + 1 - first;
      const below = (level - 1) * width;
      const here = level * width + first;
      const sojourns = this.#sojourns[level]!;
      for (let i = 0; i < size; i++) {
        const phase = first + i;
        let flow = p[below + phase]! * returns[phase]!;
        if (phase === n) flow += (p[below + w]! + p[below + n]!) * loops.arrivals;
        if (flow > 0) for (let j = 0; j < size; j++) p[here + j]! += flow * sojourns[i * size + j]!;
      }
    }
  }

  /** Transitions within a level among its phases (row-major), the diagonal holding minus all that leaves. */
  #setWithin(level: number, rates: Float64Array): void {
    const { phases: n, width, lowest, spreads, finishes, free } = this.#grid;
    const first = lowest[level]!;
    const size = n + 1 - first;
    rates.fill(0, 0, size * size);
    for (let i = 0; i < size; i++) {
      const phase = first + i;
      const at = i * (size + 1);
      rates[at] = this.#grid.keeps(phase, level);
      if (i > 0) rates[at - 1] = finishes[phase]! * free[level * width + phase]!;
      if (i < size - 1) rates[at + 1] = spreads[phase]!;
    }
    if (size > 1) rates[size * size - 2] = this.#grid.idleClears(level);
  }

  /**
   * Adds the excursions to the level above, which all return, to the rates of a level among the phases from `first` to `last`
   * (row-major): A₀·(−U)⁻¹·A₂ of block elimination. What goes up is a burst that joins a line, in the same phase, and with
   * all busy a request that joins the backlog; what comes down from the last phase leaves a backlog or none.
   */
  #addExcursions(level: number, rates: Float64Array, first: number, last: number): void {
    const { w, phases: n, returns, lowest, loops } = this.#grid;
    const sojourns = this.#sojourns[level + 1]!;
    const downRates = this.#downRatesFrom(level + 1);
    const above = lowest[level + 1]!;
    const from = Math.max(first, above);
    const newcomer = rowStart(n, above, n);
    for (let phase = from; phase <= last; phase++) {
      const row = rowStart(phase, first, last);
      const joining = rowStart(phase, above, n);
      const returned = returns[phase]!;
      const arrivals = phase >= w ? loops.arrivals : 0;
      for (let j = from; j < n; j++)
        rates[row + j]! +=
          (returned * sojourns[joining + j]! + arrivals * sojourns[newcomer + j]!) * downRates[j]!;
      const inBacklog = returned * sojourns[joining + n]! + arrivals * sojourns[newcomer + n]!;
      if (last === n) rates[row + n]! += inBacklog * downRates[n]!;
      if (w >= first) rates[row + w]! += inBacklog * downRates[0]!;
    }
  }

  #downRatesFrom(level: number): Float64Array {
    const { phases: n, width, lowest, finishes, free } = this.#grid;
    const downRates = this.#downRates;
    const clears = this.#grid.clears(level);
    for (let phase = lowest[level]!; phase < n; phase++)
      downRates[phase] = finishes[phase]! * (1 - free[level * width + phase]!);
    downRates[n] = finishes[n]! * (1 - clears);
    downRates[0] = finishes[n]! * clears;
    return downRates;
  }

  /** Rates among the phases of the level without waiting requests, 0 to all busy. */
  #groundRates(): Float64Array {
    const { w, spreads, finishes } = this.#grid;
    const rates = new Float64Array((w + 1) ** 2);
    for (let r = 0; r <= w; r++) {
      if (r < w) rates[r * (w + 2) + 1] = spreads[r]!;
      if (r > 0) rates[r * (w + 2) - 1] = finishes[r]!;
    }
    return rates;
  }

  #byLastRows(): void {
    const { p, w, phases: n, width, lowest, top, loops } = this.#grid;
    const { nextToLast, last } = this.#bordered;
    for (let level = top; level >= 1; level--) {
      const first = lowest[level]!;
      this.#setBordered(level);
      if (level < top) {
        this.#addArrivals(level, last, first, n);
        if (w >= first) this.#addArrivals(level, nextToLast, first, n);
      }
      lastRowOfNegativeInverse(this.#bordered, n + 1 - first, this.#sojourns[level]!);
    }
    const ground = this.#groundRates();
    this.#addArrivals(0, ground.subarray(w * n), 0, w);
    p.set(stationaryVector(ground, n));
    for (let level = 1; level <= top; level++) {
      const below = (level - 1) * width;
      const flow = (p[below + w]! + p[below + n]!) * loops.arrivals;
      const sojourns = this.#sojourns[level]!;
      const first = lowest[level]!;
      for (let phase = first; phase <= n; phase++) p[level * width + phase] = flow * sojourns[phase - first]!;
    }
  }

  /** Transitions within a level where all rows but those with all busy, the last two, are tridiagonal. */
  #setBordered(level: number): void {
    const { phases: n, width, lowest, spreads, finishes, free } = this.#grid;
    const { lower, diagonal, upper, nextToLast, last } = this.#bordered;
    const first = lowest[level]!;
    const size = n + 1 - first;
    nextToLast.fill(0, 0, size);
    last.fill(0, 0, size);
    for (let i = 0; i < size; i++) {
      const phase = first + i;
      lower[i] = finishes[phase]! * free[level * width + phase]!;
      diagonal[i] = this.#grid.keeps(phase, level);
      upper[i] = spreads[phase]!;
    }
    last[size - 1] = diagonal[size - 1]!;
    if (size > 1) {
      last[size - 2] = this.#grid.idleClears(level);
      nextToLast[size - 2] = diagonal[size - 2]!;
    }
    if (size > 2) nextToLast[size - 3] = lower[size - 2]!;
  }

  /** What {@link LoopSolution.#addExcursions} adds to a row with all busy, where only arrivals go up. */
  #addArrivals(level: number, row: Float64Array, first: number, last: number): void {
    const { w, phases: n, lowest, loops } = this.#grid;
    const sojourns = this.#sojourns[level + 1]!;
    const downRates = this.#downRatesFrom(level + 1);
    const above = lowest[level + 1]!;
    for (let phase = Math.max(first, above); phase <= last; phase++)
      row[phase - first]! += loops.arrivals * sojourns[phase - above]! * downRates[phase]!;
    if (w >= first) row[w - first]! += loops.arrivals * sojourns[n - above]! * downRates[0]!;
  }
}

/** Where the row of a phase would begin in a block (row-major) of the phases `first` to `last`, had it a column for phase 0. */
const rowStart = (phase: number, first: number, last: number): number =>
  (phase - first) * (last + 1 - first) - first;

let scratch = new Float64Array(0);

/** Working space that is kept, since a search solves many chains, each with a megabyte of blocks; one is solved at a time. */
function scratchOf(cells: number): Float64Array {
  if (scratch.length < cells) scratch = new Float64Array(cells);
  return scratch;
}
