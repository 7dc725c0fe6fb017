import type { Entry, Sparse } from '../../matrix/sparse.js';
import { exitRates, type PhaseType } from '../phase-type/phase-type.js';

/**
 * Busy servers by the phase of their service: with n busy and m phases a state is a vector of m counts that sum
 * to n, of which there are (n + m − 1 over m − 1). Servers are alike, so this is all there is to know.
 */
export interface Occupancy {
  readonly size: number;
  /** Moves between phases, and on the diagonal minus the rate of everything that happens in service. */
  readonly within: Sparse;
  /** A service ends and its server idles: to the states of n − 1. */
  readonly ending: Sparse;
  /** A service starts (probabilities): to the states of n + 1. */
  readonly starting: Sparse;
  /** A service ends and the next one starts at once. */
  readonly replacing: Sparse;
}

/** Number of states, (busy + phases − 1 over phases − 1). */
export function occupancySize(busy: number, phases: number): number {
  let size = 1;
  for (let k = 1; k < phases; k += 1) size = (size * (busy + k)) / k;
  return Math.round(size);
}

/** The states of `busy` servers and the moves between them. */
export function occupancy(busy: number, service: PhaseType): Occupancy {
  const phases = service.alpha.length;
  const exits = exitRates(service);
  const states = vectors(busy, phases);
  const here = indexOf(states);
  const below = indexOf(busy > 0 ? vectors(busy - 1, phases) : []);
  const above = indexOf(vectors(busy + 1, phases));
  const within: Entry[] = [];
  const ending: Entry[] = [];
  const starting: Entry[] = [];
  const replacing: Entry[] = [];

  states.forEach((state, row) => {
    let rate = 0;
    for (let i = 0; i < phases; i += 1) {
      const count = state[i]!;
      if (service.alpha[i]! > 0)
        starting.push({ row, column: above(moved(state, -1, i)), value: service.alpha[i]! });
      if (count === 0) continue;
      rate -= count * service.generator[i]![i]!;
      for (let j = 0; j < phases; j += 1) {
        const move = service.generator[i]![j]!;
        if (j !== i && move !== 0)
          within.push({ row, column: here(moved(state, i, j)), value: count * move });
        const replace = exits[i]! * service.alpha[j]!;
        if (replace !== 0) replacing.push({ row, column: here(moved(state, i, j)), value: count * replace });
      }
      if (exits[i]! !== 0) ending.push({ row, column: below(moved(state, i, -1)), value: count * exits[i]! });
    }
    within.push({ row, column: row, value: -rate });
  });
  const size = states.length;
  return {
    size,
    within: { rows: size, columns: size, entries: within },
    ending: { rows: size, columns: occupancySize(Math.max(0, busy - 1), phases), entries: ending },
    starting: { rows: size, columns: occupancySize(busy + 1, phases), entries: starting },
    replacing: { rows: size, columns: size, entries: replacing },
  };
}

/** The state with one server fewer in phase `from` and one more in `to`; −1 stands for none. */
function moved(state: readonly number[], from: number, to: number): number[] {
  const next = [...state];
  if (from >= 0) next[from]! -= 1;
  if (to >= 0) next[to]! += 1;
  return next;
}

function vectors(total: number, parts: number): number[][] {
  if (parts === 1) return [[total]];
  const result: number[][] = [];
  for (let first = total; first >= 0; first -= 1)
    for (const rest of vectors(total - first, parts - 1)) result.push([first, ...rest]);
  return result;
}

function indexOf(states: readonly (readonly number[])[]): (state: readonly number[]) => number {
  const index = new Map(states.map((state, i) => [state.join(), i]));
  return (state) => index.get(state.join())!;
}
