import { lockedCores } from './busy-cores.js';
import { loopState } from './loop-chain.js';
import { type Population, population } from './population.js';
import { type Outcome, overloaded, type Requests, sharedQueue } from './shared-queue.js';
import { slowdownIn } from './slowdown.js';
import { type Pool, ThreadPool } from './thread-pool.js';
import { type Interleaving, lineRelaxation, revisits } from './turns.js';

/**
 * Event loops: a request goes to a process whose loop is idle where there is one, and waits for the first to come round
 * otherwise; its later bursts run in its own process. Since a busy process takes nothing new, the requests are spread
 * almost evenly, as in one shared queue without a limit; within a process, bursts run first come first served.
 * `batches`: a loop that comes round takes all that wait, not one.
 */
export function eventLoops(
  pool: Pool,
  requests: Requests,
  cores: Interleaving,
  batches: boolean,
  backlog: number,
): Outcome {
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const { processes } = pool;
  const cpus = Math.min(processes, pool.cores);
  const saturation = cpus / cpu.mean;
  const utilization = ratePerMs / saturation;
  if (!(utilization < 1)) return overloaded(saturation);
  // So many waits at once are independent of each other and of the CPUs: more would not change what happens there.
  const ioMs = Math.min(io.mean, MOST_WAITING / ratePerMs);
  const waits = ratePerMs * ioMs;
  const most = waits + 20 * Math.sqrt(waits) + 4 * processes + Math.min(400, 40 / (1 - utilization));
  // A limit on connections that can bind makes them slots like threads.
  if (processes * pool.threads < ratePerMs * io.mean + most - waits)
    return sharedQueue(pool, requests, backlog);
  const threads = new ThreadPool({ ...pool, ioMs, threads: Math.ceil(most / processes), burstScv: 1 });
  const people = population(threads, ratePerMs, Number.POSITIVE_INFINITY);
  if (!people.stable) return overloaded(saturation);
  const slowdown = slowdownIn(threads, people, cpuParts);
  const { allBusy, meanBusy, inLines } = spread(threads, people);
  const held = meanBusy > 0 ? Math.min(1, (allBusy * processes) / meanBusy) : 0;
  const lineScv = 1 + (cpu.scv - 1) * (processes === 1 ? 1 : held);
  const burstScv = inLines * lineScv + (1 - inLines) * cores.burstScv;
  const gapMs = cpuParts > 1 ? io.mean / (cpuParts - 1) : 0;
  const again = revisits(cpuParts, gapMs, lineRelaxation(cpu.mean, burstScv, cpus, utilization));
  const growth = ((1 + burstScv) / 2) * (1 + (again.factor - 1) * held * inLines);
  const evenMs = Math.max(0, (people.meanInService + people.meanWaiting) / ratePerMs - cpu.mean - ioMs);
  const pileMs =
    batches && processes > 1 && allBusy > 0.003 ? pilingUp(pool, requests) * ((1 + burstScv) / 2) : 0;
  const avoided =
    threads.separate && processes > 1 ? idleFirstWait(requests, utilization) : Number.POSITIVE_INFINITY;
  const freeMs = Math.min(avoided, evenMs) * ((1 + burstScv) / 2);
  // Without I/O the even spread says all already; with much of it, whom a process holds says little of who computes.
  const avoiding = (1 - held) * (io.mean / (cpu.mean + io.mean)) ** 2;
  const waitMs = (1 - avoiding) * (evenMs * growth + pileMs) + avoiding * freeMs;
  const stretch = 1 + waitMs / cpu.mean;
  return {
    stable: true,
    saturation,
    waitProbability: allBusy,
    rejectProbability: 0,
    meanMs: cpu.mean + io.mean + waitMs,
    meanWaitMs: pileMs,
    parts: {
      wait: [],
      cpu,
      io,
      cpuParts,
      inTurns: (1 - inLines) * cores.inTurns,
      linked: again.linked,
      slowdown,
      stretch: { free: stretch, waited: stretch },
    },
  };
}

/**
 * Wait of the later bursts while some process is idle and takes all that is new: a busy process gets returns alone, so that
 * its line is geometric from the second on, E[n] = ρ/(1 − ρ·returns/bursts).
 */
function idleFirstWait({ cpu, cpuParts }: Requests, utilization: number): number {
  const returns = (cpuParts - 1) / cpuParts;
  return (returns * cpu.mean * utilization) / (1 - utilization * returns);
}

/** Requests waiting for I/O beyond which their number does not matter. */
const MOST_WAITING = 5000;

/** Populations looked at. */
const ROWS = 24;

interface Spread {
  /** P(every process is busy). */
  readonly allBusy: number;
  readonly meanBusy: number;
  /** Share of the waiting that is in the processes' own lines rather than for a core. */
  readonly inLines: number;
}

function spread(threads: ThreadPool, people: Population): Spread {
  const { processes, cpuMs } = threads.pool;
  const { first, inService } = people;
  const sums = { allBusy: 0, busy: 0, lines: 0, waiting: 0 };
  for (let i = 0, next = 0; i < inService.length; i = next) {
    // Fine where processes fall idle, coarser above.
    next = Math.min(
      inService.length,
      i + Math.max(1, Math.floor((first + i) / ROWS), Math.floor((first + i - 4 * processes) / 4)),
    );
    let weight = 0;
    for (let j = i; j < next; j++) weight += inService[j]!;
    const held = first + Math.floor((i + next - 1) / 2);
    if (held === 0 || weight < 1e-9) continue;
    if (threads.separate) {
      const busy = (threads.throughput(held) * cpuMs) / processes;
      sums.busy += weight * busy * processes;
      if (held >= processes) sums.allBusy += weight * busy ** processes;
    } else addSpread(threads, held, weight, sums);
  }
  return {
    allBusy: Math.min(1, sums.allBusy),
    meanBusy: sums.busy,
    inLines: threads.separate ? 1 : sums.waiting > 1e-12 ? Math.min(1, sums.lines / sums.waiting) : 0,
  };
}

function addSpread(
  threads: ThreadPool,
  held: number,
  weight: number,
  sums: { allBusy: number; busy: number; lines: number; waiting: number },
): void {
  const { processes, cores } = threads.pool;
  const perProcess = Math.max(1, held / processes);
  const circulation = threads.circulation(held);
  const anyBusy = held > processes ? lockedCores(processes, perProcess, processes) : (a: number) => a;
  const butOne =
    held > processes
      ? lockedCores(processes, perProcess, processes - 1)
      : (a: number) => Math.min(a, processes - 1);
  circulation.active(held).forEach((p, a) => {
    if (a === 0 || p < 1e-9) return;
    const busy = Math.min(a, anyBusy(a));
    sums.busy += weight * p * busy;
    sums.allBusy += weight * p * Math.max(0, busy - butOne(a));
    sums.lines += weight * p * (a - busy);
    sums.waiting += weight * p * (a - Math.min(circulation.busyCores(a), cores));
  });
}

/** Processes beyond which a chain of this many stands for all, with cores and rate in proportion. */
const MOST_PROCESSES = 10;

/** Load up to which chains are solved; the wait beyond grows as 1/(1 − load). */
const MOST_LOAD = 0.985;

/** What it costs in wait, ms, that a loop takes the whole backlog while others run dry: chain less shared queue. */
function pilingUp(pool: Pool, requests: Requests): number {
  const { ratePerMs, cpu, cpuParts } = requests;
  const scale = Math.max(1, pool.processes / MOST_PROCESSES);
  const processes = Math.round(pool.processes / scale);
  const burstMs = cpu.mean / cpuParts;
  const offered = (ratePerMs * cpuParts) / scale;
  const completions = (busy: number): number => Math.min(busy, pool.cores / scale) / burstMs;
  const most = completions(processes);
  const arrivals = Math.min(offered, MOST_LOAD * most);
  const { busy, waiting } = loopState({ processes, arrivals, returns: 0, everyTurn: true, completions });
  const inSystem = busy.reduce((sum, p, r) => sum + p * r + waiting[r]!, 0);
  let p = 1;
  let total = 1;
  let shared = 0;
  for (let n = 1; n <= processes; n++) {
    p *= arrivals / completions(n);
    total += p;
    shared += n * p;
  }
  const ratio = arrivals / completions(processes);
  const tail = (p * ratio) / (1 - ratio);
  shared += tail * (processes + 1 / (1 - ratio));
  total += tail;
  return (Math.max(0, (inSystem - shared / total) / arrivals) * (most - arrivals)) / (most - offered);
}
