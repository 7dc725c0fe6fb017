import { type Demand, shifted } from '../../math/laws/limited-mean.js';
import { SWITCH_INTERVAL_MS } from '../linux.js';
import { eventLoops } from '../loops/event-loops.js';
import { type Problem, slowed } from '../problem.js';
import type { Share } from '../response/response.js';
import type { ResponseParts } from '../response/response-parts.js';
import { interleaving } from '../response/time-slices.js';
import type { Requests } from '../threads/shared-queue.js';
import type { Mixed } from './at-rate.js';
import type { LockShares } from './shared-lock.js';

/** What requests meet at the loops. */
export interface AtLoop {
  readonly meanMs: number;
  readonly waitProbability: number;
  readonly parts: readonly Share[];
  /** Waits of what only passes: at first, and later; and whether the loop is busy then. */
  readonly firstMs: number;
  readonly laterMs: number;
  readonly busy: number;
  /** How long the loop's own CPU takes, as a multiple. */
  readonly stretch: number;
}

/**
 * That idle loops take what comes first spares it a wait as far as their processes have cores; where these are what is waited
 * for, it waits as long wherever it is.
 */
export function throughLoop(mixed: Mixed, lock: LockShares): AtLoop | null {
  const { crowded, problem } = mixed;
  const sharing = crowded < 1 ? throughLoops(mixed, lock, problem.facility.processes) : null;
  const alone = crowded > 0 ? throughLoops(mixed, lock, 1) : null;
  if (!sharing || !alone) return sharing ?? alone;
  const between = (one: number, other: number): number => (1 - crowded) * one + crowded * other;
  return {
    meanMs: between(sharing.meanMs, alone.meanMs),
    waitProbability: between(sharing.waitProbability, alone.waitProbability),
    parts: [...weighted(sharing.parts, 1 - crowded), ...weighted(alone.parts, crowded)],
    firstMs: between(sharing.firstMs, alone.firstMs),
    laterMs: between(sharing.laterMs, alone.laterMs),
    busy: alone.busy,
    stretch: alone.stretch,
  };
}

export const weighted = (shares: readonly Share[], factor: number): readonly Share[] =>
  shares.map(({ weight, parts }) => ({ weight: weight * factor, parts }));

/** Busy share of a loop below which nobody waits in it, and differences of its shares are rounding. */
const HARDLY_BUSY = 1e-7;

/** So many loops as slow as they are with the threads beside them, on which a request that passes counts by its CPU. */
function throughLoops(mixed: Mixed, lock: LockShares, processes: number): AtLoop | null {
  const { looped, loopRate, poolRate, passingMs, problem } = mixed;
  const passes = passingMs > 0 ? (2 * poolRate) / loopRate : 0;
  const cpuMs = looped.cpu.mean + passes * passingMs;
  const { loopBusy, atLoop } = lock;
  if (!(loopBusy < 1)) return null;
  const isIdle = loopBusy < HARDLY_BUSY;
  const stretch = isIdle ? 1 : loopBusy / (loopRate * cpuMs);
  // Lines are longer than a loop of constant speed would have them, as the threads come and go.
  const grown = isIdle ? 1 : (atLoop - loopBusy) / (loopBusy ** 2 / (1 - loopBusy));
  const cpu = varied(shifted(looped.cpu, passes * passingMs, stretch), grown);
  const cpuParts = looped.cpuParts + passes;
  const slow = slowed(looped, stretch);
  const requests: Requests = {
    ratePerMs: loopRate * processes,
    cpu,
    io: looped.io,
    cpuParts,
    inTurns: looped.inTurns,
    real: looped.real,
  };
  const loops = eventLoops(
    { ...slow.pool, cpuMs: cpu.mean, cpuParts, processes, cores: processes },
    requests,
    looped.visits,
    interleaving(cpu, cpuParts, SWITCH_INTERVAL_MS),
    { takes: problem.facility.acceptsAtOnce > 1 ? 'every-turn' : 'one-per-turn', answersLeave: 'at-once' },
  );
  if (!loops.stable || !loops.parts) return null;
  const firstMs = loops.meanWaitMs;
  const alone =
    (isIdle ? 0 : (atLoop - loopBusy) / loopBusy) * stretch * (cpuMs / cpuParts) * ((1 + looped.cpu.scv) / 2);
  const laterMs =
    cpuParts > 1 ? Math.max(0, loops.meanMs - cpu.mean - looped.io.mean - firstMs) / (cpuParts - 1) : alone;
  const { parts } = loops;
  return {
    meanMs: stretch * looped.cpu.mean + looped.io.mean + firstMs + (looped.cpuParts - 1) * laterMs,
    waitProbability: loops.waitProbability,
    parts: [{ weight: 1, parts: passes > 0 ? () => withoutPasses(parts(), slow) : parts }],
    firstMs,
    laterMs,
    busy: loopBusy,
    stretch,
  };
}

/** A demand of which the line feels a multiple of its variability. */
const varied = (demand: Demand, factor: number): Demand => ({
  ...demand,
  scv: Math.max(0, (1 + demand.scv) * factor - 1),
});

/** What a request on the loop takes, out of what all that the loop does takes. */
function withoutPasses(all: ResponseParts, { cpu, cpuParts }: Problem): ResponseParts {
  const visits = Math.max(1, all.cpuParts - cpuParts);
  const { alike: _, ...rest } = all;
  const lines = (all.lines ?? []).map((line) => ({
    ...line,
    visits: Math.max(0, Math.round(line.visits - visits)),
  }));
  return { ...rest, cpu, cpuParts, lines };
}
