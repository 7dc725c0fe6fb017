import { LoopGrid } from './grid.js';
import { LoopLines } from './lines.js';
import type { LoopState, Loops } from './loops.js';
import { LoopSolution } from './solution.js';

/** Rounds of the fixed point: a fixed number, so that what comes out is a smooth function of the rates. */
const ROUNDS = 3;

/**
 * Markov chain of (busy processes, waiting bursts), with a phase of its own for "all busy and a backlog", solved by block
 * elimination from the highest level.
 *
 * Whether a process falls idle at the end of a burst depends on how the waiting bursts are spread. The chain carries the
 * mean number M of processes with a line through every transition (its first moment obeys the same balance equations, and
 * is linear once the chain is solved), and closes the second moment by what it is where all compositions of the bursts
 * into lines are equally likely, as are those into lines that are not empty: a line then has one burst with probability
 * (M − 1)/(waiting − 1). Taken to be equally likely from the start, lines would be too even: most are empty, since only
 * what waits while all are busy begins one.
 */
export function loopState(loops: Loops): LoopState {
  const grid = new LoopGrid(loops);
  const solution = new LoopSolution(grid);
  const lines = new LoopLines(grid);
  for (let round = 0; round < ROUNDS; round++) {
    grid.setBacklogs();
    solution.solve();
    if (round === 0) grid.forgetInvisible();
    lines.follow();
  }
  grid.setBacklogs();
  solution.solve();
  return grid.state();
}
