import { findRoot } from '../../math/numeric/roots.js';
import { LINUX_TICK_MS } from '../linux.js';
import { type Crowd, crowdsOf } from './crowds.js';

/** Processes on several cores as Linux's scheduler sees them. Times in ms. */
export interface Herd {
  readonly processes: number;
  /** Whole. */
  readonly cores: number;
  /** CPU of a request. */
  readonly cpuMs: number;
  /** In how many pieces that comes, at each of which a thread falls asleep or passes the lock on. */
  readonly pieces: number;
  /** Those of them that come after a wait; the others follow the piece before. */
  readonly afterWaits: number;
  /** Requests in service per process, ≥ 1: where another is ready, the process goes on after a piece. */
  readonly slots: number;
  /** Whether it then goes on in another thread, which wakes where it last ran. */
  readonly passesOn: boolean;
}

const ROUNDS = 100;
/** Change from which rounds end: a capacity is looked for with what they say, to more digits than this. */
const SAME = 1e-12;

/**
 * The share of its time, from 0 to 1, for which a core is as good as one that is never idle while a thread waits for another:
 * cores that are so much slower have as many requests waiting.
 *
 * A thread that wakes while all cores are busy waits for the one where it last ran, and may still wait there when another has
 * fallen idle, unless that one looks for work: it does so as often as looks have found some (`sched_balance_newidle`,
 * kernel/sched/fair.c of Linux 6.18). The number of requests at the CPUs is a birth–death chain; how often losses begin while
 * so many are there, and how long they last, is what is lost of the cores then ({@link roundOf}).
 */
export function coresInUse(herd: Herd, ratePerMs: number): number {
  const { processes, cores, cpuMs, slots, passesOn } = herd;
  const areEnough = processes < cores || (processes === cores && !passesOn);
  if (cores < 2 || areEnough || !(ratePerMs > 0)) return 1;
  const crowds = crowdsOf(processes, cores, slots, herd.afterWaits === 1);
  const loads = crowds.map(({ busy }) => (ratePerMs * cpuMs) / busy);
  let round: Round = { looks: 0.5, shares: loads.map(() => 1) };
  for (let n = 0; n < ROUNDS; n++) {
    const next = roundOf(herd, ratePerMs, crowds, chain(loads, round.shares), round);
    const change = Math.abs(next.looks - round.looks);
    round = next;
    if (change < SAME) break;
  }
  return sameMean(loads, meanOf(chain(loads, round.shares)));
}

/** P(n requests are at the CPUs), n from 0, where these would be so loaded while n are there and are used for these shares of their time. */
function chain(loads: readonly number[], shares: readonly number[]): number[] {
  let weight = 1;
  const weights = loads.map((load, n) => {
    if (n > 0) weight *= load / shares[n]!;
    return weight;
  });
  const total = weights.reduce((sum, p) => sum + p, 0);
  return weights.map((p) => p / total);
}

const meanOf = (probabilities: readonly number[]): number =>
  probabilities.reduce((sum, p, n) => sum + p * n, 0);

/** The share, the same for any number of requests, with which as many are there in the mean. */
function sameMean(loads: readonly number[], mean: number): number {
  const excess = (share: number): number => meanOf(chain(loads, new Array(loads.length).fill(share))) - mean;
  // Of next to no requests, nothing can be told of what is lost.
  if (!(excess(1) < 0)) return 1;
  return excess(LEAST_SHARE) > 0 ? findRoot(excess, LEAST_SHARE, 1, SAME) : LEAST_SHARE;
}

const LEAST_SHARE = 0.4;

interface Round {
  /** Share of the times that a core falls idle at which there is work for it elsewhere. */
  readonly looks: number;
  /** What is used of the time of the cores that are wanted, by the number of requests. */
  readonly shares: readonly number[];
}

/**
 * What follows where so many requests are there so often. A core falls idle while a thread waits for another when its process
 * runs dry, or passes its lock on to a thread which last ran elsewhere, and nobody is in its own line.
 *
 * Then one core is idle, and what does not run waits in the lines of the others. That ends when another process wakes, which
 * takes the idle core; when a lock is passed on to it and the core that passed it has somebody in line; when a process runs
 * dry before the last one that waits; or at a tick.
 */
function roundOf(
  herd: Herd,
  ratePerMs: number,
  crowds: readonly Crowd[],
  probabilities: readonly number[],
  { looks, shares }: Round,
): Round {
  const { processes, cores, cpuMs, pieces, afterWaits, slots, passesOn } = herd;
  const arrivals = ratePerMs * afterWaits;
  const toAnother = (cores - 1) / cores;
  const ticks = 2 / balanceMs(cores);
  let [found, none] = [0, 0];
  let [before, losses] = [lossesFor(crowds.length), lossesFor(crowds.length)];
  const lost = new Float64Array(crowds.length);
  crowds.forEach(({ spread }, requests) => {
    const here = probabilities[requests]! * shares[requests]!;
    for (const { wanting, probability, running, alone, ownLine, lossLine } of spread) {
      const dry = (afterWaits / cpuMs) * alone;
      const passed = passesOn ? (pieces / cpuMs) * (1 - alone) : 0;
      if (wanting > 1) {
        const left = Math.min(wanting, cores) - 1;
        const helped = lossLine + (1 - lossLine) * looks;
        const goesOn = left * dry * (wanting - left === 1 ? 1 - helped : 1);
        const wakes = arrivals * (slots === 1 ? 1 : 1 - wanting / processes);
        const leaves = ticks + wakes + left * (passed * helped + dry);
        losses.coreMs[wanting] = (1 + goesOn * before.coreMs[wanting - 1]!) / leaves;
        losses.falls[wanting] =
          (left * (passed + dry) * (1 - lossLine) + goesOn * before.falls[wanting - 1]!) / leaves;
      }
      const now = here * probability * running;
      const afterDry = wanting > cores ? now * dry * ownLine : 0;
      const afterPassing = now * passed * ownLine * toAnother;
      if (requests > 0) lost[requests - 1]! += (1 - looks) * afterDry * before.coreMs[wanting - 1]!;
      lost[requests]! += (1 - looks) * afterPassing * losses.coreMs[wanting]!;
      found +=
        afterDry +
        afterPassing +
        (1 - looks) * (afterDry * before.falls[wanting - 1]! + afterPassing * losses.falls[wanting]!);
      none += now * ((wanting <= cores ? dry : 0) + (wanting < cores ? passed : 0));
    }
    [before, losses] = [losses, before];
  });
  return {
    looks: found + none > 0 ? found / (found + none) : 0,
    shares: crowds.map(({ busy }, n) =>
      n > 0 ? Math.max(LEAST_SHARE, 1 - lost[n]! / (probabilities[n]! * busy)) : 1,
    ),
  };
}

/** By the number of processes that want a core, of a loss that begins: core time that it takes, ms, and how often a core falls idle meanwhile. */
const lossesFor = (length: number): { coreMs: Float64Array; falls: Float64Array } => ({
  coreMs: new Float64Array(length),
  falls: new Float64Array(length),
});

/** Time between two ticks at which an idle core is given work. */
const balanceMs = (cores: number): number => LINUX_TICK_MS * Math.ceil(cores / LINUX_TICK_MS);
