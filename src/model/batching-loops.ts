import { unlocked } from './busy-cores.js';
import { Circulation } from './circulation.js';
import { loopState } from './loop-chain.js';
import type { Wait } from './response.js';
import { departureVariability, type Outcome, overloaded, type Requests } from './shared-queue.js';
import { NO_SLOWDOWN, type Slowdown } from './slowdown.js';
import { type Pool, ThreadPool } from './thread-pool.js';

/** Processes beyond which a chain of this many stands for all, with cores and rate in proportion. */
const MOST_PROCESSES = 16;

/** Load up to which chains are solved; the wait beyond grows as 1/(1 − load). */
const MOST_LOAD = 0.985;

/**
 * Loops that serve one request at a time and then take everything that waits: an idle process serves an arrival at once;
 * the first to come free takes the whole backlog, and later ones may run dry beside it.
 */
export function batchingLoops(pool: Pool, requests: Requests): Outcome {
  const { ratePerMs, cpu, io, cpuParts, inTurns } = requests;
  const all = new ThreadPool(pool);
  const saturation = all.saturation;
  if (!(ratePerMs < saturation)) return overloaded(saturation);
  const scale = Math.max(1, pool.processes / MOST_PROCESSES);
  const processes = Math.round(pool.processes / scale);
  const circulation = new Circulation(cpu.mean, io.mean, unlocked(pool.cores / scale));
  const throughput = Array.from({ length: processes + 1 }, (_, busy) => circulation.throughput(busy));
  const most = throughput[processes]!;
  const offered = Math.min(ratePerMs / scale, most * (1 - 1e-12));
  const arrivals = Math.min(offered, MOST_LOAD * most);
  const beyond = (most - arrivals) / (most - offered);
  const state = loopState({
    processes,
    arrivals,
    returns: 0,
    everyTurn: false,
    completions: (busy) => throughput[busy]!,
  });
  const busy = state.busy.reduce((sum, p, r) => sum + p * r, 0);
  const waiting = state.waiting.reduce((sum, v) => sum + v, 0);
  const waitProbability = state.busy[processes]!;
  const meanWaitMs = beyond * (waiting / arrivals) * ((1 + departureVariability(all, requests)) / 2);
  // What one shared queue would make of the same probability of waiting.
  const sharedMs = waitProbability / (most - offered);
  const serviceMs = cpu.mean + io.mean;
  const stretchedMs = Math.max(0, busy / arrivals - serviceMs) * ((1 + pool.burstScv) / 2);
  const stretch = 1 + stretchedMs / cpu.mean;
  return {
    stable: true,
    saturation,
    waitProbability,
    rejectProbability: 0,
    meanMs: serviceMs + stretchedMs + meanWaitMs,
    meanWaitMs,
    parts: {
      wait: unevenWait(waitProbability, meanWaitMs, meanWaitMs / sharedMs),
      cpu,
      io,
      cpuParts,
      inTurns,
      linked: 0,
      slowdown: coreSlowdown(state.busy, circulation, cpu.mean / cpuParts),
      stretch: { free: stretch, waited: stretch },
    },
  };
}

/** Waits with the given mean, more variable than exponential by as much as they are longer than in one shared queue. */
function unevenWait(probability: number, meanMs: number, ratio: number): Wait {
  if (probability < 1e-9) return [];
  const scv = Math.min(8, Math.max(1, ratio));
  const p = 0.5 * (1 + Math.sqrt((scv - 1) / (scv + 1)));
  const each = meanMs / probability / 2;
  if (scv < 1.001) return [{ probability, meanMs: meanMs / probability }];
  return [
    { probability: probability * p, meanMs: each / p },
    { probability: probability * (1 - p), meanMs: each / (1 - p) },
  ];
}

/** Slowdown at the cores with so many processes serving a request each. */
function coreSlowdown(busy: Float64Array, circulation: Circulation, burstMs: number): Slowdown {
  const work: number[] = [];
  const active: number[] = [];
  for (let r = 1; r < busy.length; r++) {
    circulation.active(r).forEach((p, a) => {
      if (a === 0) return;
      work[a - 1] = (work[a - 1] ?? 0) + busy[r]! * p * circulation.busyCores(a);
      active[a - 1] = (active[a - 1] ?? 0) + busy[r]! * p * a;
    });
  }
  const total = work.reduce((sum, v) => sum + v, 0);
  if (!(total > 0)) return NO_SLOWDOWN;
  const values = Float64Array.from(work, (v, a) => (v > 0 ? Math.max(1, active[a]! / v) : 1));
  const weights = Float64Array.from(work, (v) => v / total);
  const mean = values.reduce((sum, v, a) => sum + v * weights[a]!, 0);
  const variance = values.reduce((sum, v, a) => sum + weights[a]! * (v - mean) ** 2, 0);
  return {
    mean,
    meanWhenFull: mean,
    variance,
    relaxationMs: 2 * burstMs,
    disturbed: Math.min(1, mean - 1),
    values,
    weights,
  };
}
