import { LINUX_TICK_MS } from '../linux.js';

/** Processes on several cores as Linux's scheduler sees them. Times in ms. */
export interface Herd {
  readonly processes: number;
  /** Whole. */
  readonly cores: number;
  /** CPU of a request. */
  readonly cpuMs: number;
  /** In how many pieces that comes, at each of which a thread falls asleep or passes the lock on. */
  readonly pieces: number;
  /** Whether a process goes on after a piece where another request of it is ready. */
  readonly goesOn: boolean;
  /** Whether it then goes on in another thread, which wakes where it last ran. */
  readonly passesOn: boolean;
}

const ROUNDS = 30;
/** Relative change from which rounds end. */
const SAME = 1e-6;
/** Cores wanted on average, below which none is waited for. */
const NEGLIGIBLE = 1e-9;

/**
 * The work that is done as a share of what the cores could do, from 0 to 1, were none idle while a thread waits for another.
 *
 * A thread that wakes while all cores are busy waits for the one where it last ran, and may still wait there when another has
 * fallen idle. That ends when the idle core is given the thread at a tick, when whoever runs before it is done, or at once,
 * if the core that falls idle looks for work: it does so as often as looks have found some (`sched_balance_newidle`,
 * kernel/sched/fair.c of Linux 6.18). While r of the processes want a core, the states with and without such a loss alternate
 * as a Markov chain of two states; r is binomial.
 */
export function coresInUse(herd: Herd, ratePerMs: number): number {
  const { processes, cores, cpuMs } = herd;
  if (cores < 2 || processes < cores || !(ratePerMs > 0)) return 1;
  const work = (ratePerMs * cpuMs) / processes;
  let [speed, looks, share] = [1, 0.5, 1];
  for (let round = 0; round < ROUNDS; round++) {
    const busy = Math.min(1, work / speed);
    const wanting = binomial(processes, busy);
    const lost = wanting.map((_, r) => lossWith(r, herd, busy, looks));
    const mean = (of: (r: number) => number): number => wanting.reduce((sum, p, r) => sum + p * of(r), 0);
    const wanted = mean((r) => Math.min(r, cores));
    if (!(wanted > NEGLIGIBLE)) return 1;
    const done = wanted - mean((r) => lost[r]!);
    share = done / wanted;
    const before = speed;
    speed = done / mean((r) => r);
    looks = shareOfLooks(herd, busy, wanting, lost);
    if (Math.abs(speed - before) < SAME * speed) break;
  }
  return share;
}

/** Pieces that end per ms of computing: after `passed` of them the lock goes to another thread, after `dry` nobody goes on. */
function endsOf({ cpuMs, pieces, goesOn, passesOn }: Herd, busy: number): { passed: number; dry: number } {
  const ends = pieces / cpuMs;
  return { passed: passesOn ? ends * busy : 0, dry: goesOn ? ends * (1 - busy) : ends };
}

/** Of `lines` lines of r threads in all, none of them empty, those of one alone. */
const alone = (lines: number, r: number): number => lines * (1 - 1 / lines) ** (r - lines);

/** P(a core is idle while a thread waits for another), r processes wanting one. */
function lossWith(r: number, herd: Herd, busy: number, looks: number): number {
  const { cores } = herd;
  if (r < cores) return 0;
  const { passed, dry } = endsOf(herd, busy);
  const begins = leavesWork(herd, r, passed, dry) * (1 - looks);
  const lonely = cores > 2 ? alone(cores - 1, r) : 0;
  const ends = (passed + dry) * (cores - 1 - lonely + looks * lonely) + 2 / balanceMs(cores);
  return begins / (begins + ends);
}

/** How often, per ms, a core is left without a thread while one waits for another core. */
function leavesWork({ cores }: Herd, r: number, passed: number, dry: number): number {
  const toAnother = (cores - 1) / cores;
  return alone(cores, r) * (passed * toAnother + (r > cores ? dry : 0));
}

/** Share of the times that a core falls idle at which there is work for it elsewhere. */
function shareOfLooks(herd: Herd, busy: number, wanting: readonly number[], lost: readonly number[]): number {
  const { cores } = herd;
  const { passed, dry } = endsOf(herd, busy);
  let [found, none] = [0, 0];
  wanting.forEach((p, r) => {
    const without = p * (1 - lost[r]!);
    if (r >= cores) found += without * leavesWork(herd, r, passed, dry);
    if (r <= cores) none += without * r * dry;
    if (r < cores) none += without * r * passed * ((cores - 1) / cores);
  });
  return found + none > 0 ? found / (found + none) : 0;
}

/** Time between two ticks at which an idle core is given work. */
const balanceMs = (cores: number): number => LINUX_TICK_MS * Math.ceil(cores / LINUX_TICK_MS);

function binomial(n: number, p: number): number[] {
  if (p >= 1) return Array.from({ length: n + 1 }, (_, r) => (r === n ? 1 : 0));
  const weights: number[] = [];
  let log = n * Math.log1p(-p);
  for (let r = 0; r <= n; r++) {
    weights.push(Math.exp(log));
    log += Math.log((n - r) / (r + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return weights;
}
