import type { Wait } from '../response/response-parts.js';
import type { LoopState, Loops } from './loops.js';

/** How long requests wait for their process, ms. */
export interface LoopWaits {
  /** Of a new request: in the backlog, and then in the line of the process that took it. */
  readonly first: Wait;
  /** Mean of a burst after a wait, those that need not wait included. */
  readonly laterMs: number;
  /** P(a burst after a wait finds its process busy). */
  readonly laterBusy: number;
}

/**
 * By Little's law the backlog is waited in for E[backlog]/arrivals, and the lines for E[in lines]/bursts. Every step of a
 * line up is one of it down, so that a burst finds as many before it as there are in the line of a random busy process at a
 * random time (level crossing); bursts that come back see all processes alike (Poisson arrivals see time averages),
 * and new ones have the rest. `growth` multiplies all waits.
 *
 * Backlog and line are two exponential waits one after the other where all are seldom busy. In heavy traffic both are as long
 * as the lines were when the backlog began, and their sum is exponential (Kingman 1961): between, by how often all are busy.
 */
export function loopWaits(loops: Loops, state: LoopState, growth: number): LoopWaits {
  const { processes, arrivals, returns } = loops;
  const { meanBusy, meanInLines, meanInBacklog, meanLined } = state;
  const bursts = arrivals + returns;
  const mustWait = state.busy[processes]!;
  const laterBusy = meanBusy / processes;
  const serviceMs = meanBusy / bursts;
  const laterMs =
    returns > 0 ? Math.min((serviceMs * (meanBusy + meanInLines)) / processes, meanInLines / returns) : 0;
  const joins = ((bursts * meanLined) / meanBusy - returns * laterBusy) / arrivals;
  const inLine = Math.min(mustWait, Math.max(0, joins));
  const lineMs = Math.max(0, (meanInLines - returns * laterMs) / arrivals);
  const backlogMs = mustWait > 1e-12 ? meanInBacklog / arrivals / mustWait : 0;
  const served = { probability: mustWait - inLine, meanMs: growth * backlogMs };
  const linedMs = inLine > 1e-9 ? (growth * lineMs) / inLine : 0;
  const apart = { probability: (1 - mustWait) * inLine, meanMs: growth * backlogMs, thenMs: linedMs };
  const together = { probability: mustWait * inLine, meanMs: growth * backlogMs + linedMs };
  return {
    first: [served, apart, together].filter((wait) => wait.probability > 1e-9),
    laterMs: growth * laterMs,
    laterBusy,
  };
}
