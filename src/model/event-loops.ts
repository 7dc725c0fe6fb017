import { loopState } from './loop-chain.js';
import type { Line } from './response.js';
import type { Outcome, Requests } from './shared-queue.js';
import { NO_SLOWDOWN, type Slowdown } from './slowdown.js';
import { lineRelaxation, revisits } from './turns.js';

/** Processes beyond which a chain of this many stands for all, with cores and rate in proportion. */
const MOST_PROCESSES = 24;

/**
 * Event loops: a request goes to an idle process where there is one and waits for a turn otherwise; its later bursts join
 * its own process's line. Bursts run first come first served, one CPU per process, the cores shared in turns.
 */
export function eventLoops(processes: number, cores: number, requests: Requests, burstScv: number): Outcome {
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const saturation = Math.min(processes, cores) / cpu.mean;
  if (ratePerMs >= saturation) return overloaded(saturation);
  const scale = Math.max(1, processes / MOST_PROCESSES);
  const w = Math.round(processes / scale);
  const k = cores / scale;
  const rate = ratePerMs / scale;
  const burstMs = cpu.mean / cpuParts;
  const state = loopState({
    processes: w,
    arrivals: rate,
    returns: rate * (cpuParts - 1),
    completions: (busy) => Math.min(busy, k) / burstMs,
  });
  const slowdown = coreSlowdown(state.busy, k, burstMs);
  const cpus = Math.min(w, k);
  const gapMs = cpuParts > 1 ? io.mean / (cpuParts - 1) : 0;
  const { linked, factor: again } = revisits(
    cpuParts,
    gapMs,
    lineRelaxation(cpu.mean, burstScv, cpus, (rate * cpu.mean) / cpus),
  );
  const factor = ((1 + burstScv) / 2) * again;
  const waiting = state.waiting.reduce((sum, v) => sum + v, 0);
  const allBusy = state.busy[w]!;
  const collision = state.busy.reduce((sum, p, r) => sum + (p * r) / w, 0);
  const waitMs = (waiting / rate) * factor;
  const returnMs =
    cpuParts > 1 ? Math.min(waitMs / (cpuParts - 1), returnWait(state, w, k, burstMs) * factor) : 0;
  const firstMs = Math.max(0, waitMs - (cpuParts - 1) * returnMs);
  const lines: Line[] =
    w === 1
      ? [{ busy: collision, meanMs: waitMs / cpuParts, visits: cpuParts, linked }]
      : [
          { busy: allBusy, meanMs: firstMs, visits: 1, linked },
          { busy: collision, meanMs: returnMs, visits: cpuParts - 1, linked },
        ];
  const stretch = slowdown.mean;
  return {
    stable: true,
    saturation,
    waitProbability: allBusy,
    rejectProbability: 0,
    meanMs: cpu.mean * stretch + io.mean + waitMs,
    meanWaitMs: firstMs,
    parts: {
      wait: [],
      cpu,
      io,
      cpuParts,
      inTurns: 1,
      linked,
      slowdown,
      stretch: { free: stretch, waited: stretch },
      lines,
    },
  };
}

/** Mean wait of a burst that joins a random process's line, by what Poisson arrivals see. */
function returnWait(state: ReturnType<typeof loopState>, w: number, k: number, burstMs: number): number {
  let mean = 0;
  for (let r = 1; r <= w; r++)
    mean += ((r * state.busy[r]! + state.waiting[r]!) / w) * burstMs * Math.max(1, r / k);
  return mean;
}

/** What a running process loses to the others where there are fewer cores. */
function coreSlowdown(busy: Float64Array, cores: number, burstMs: number): Slowdown {
  const values: number[] = [];
  const weights: number[] = [];
  let work = 0;
  for (let r = 1; r < busy.length; r++) work += busy[r]! * Math.min(r, cores);
  let mean = 0;
  for (let r = 1; r < busy.length; r++) {
    values.push(Math.max(1, r / cores));
    weights.push((busy[r]! * Math.min(r, cores)) / work);
    mean += (busy[r]! * Math.max(r, Math.min(r, cores))) / work;
  }
  if (!(mean > 1 + 1e-9)) return NO_SLOWDOWN;
  const variance = values.reduce((sum, v, i) => sum + weights[i]! * (v - mean) ** 2, 0);
  return {
    mean,
    meanWhenFull: mean,
    variance,
    relaxationMs: burstMs * mean,
    disturbed: 1,
    values: Float64Array.from(values),
    weights: Float64Array.from(weights),
  };
}

export const overloaded = (saturation: number): Outcome => ({
  stable: false,
  saturation,
  waitProbability: 1,
  rejectProbability: 0,
  meanMs: 0,
  meanWaitMs: 0,
  parts: null,
});
