import type { Demand } from '../../math/laws/limited-mean.js';
import { erlangC } from '../../math/queues/erlang/erlang-c.js';
import { lineRelaxation, stillThere } from '../response/time-slices.js';
import type { Outcome, Requests } from '../threads/shared-queue.js';
import type { Pool } from '../threads/thread-pool.js';
import { variabilityFactor } from '../threads/variability.js';
import type { Connections } from './station.js';
import { type ConnectionWaits, growthOf, inAll, lawOf, variabilityBeyond } from './waits.js';

/**
 * Adds to what loops without a limit do the line for connections of each: M/G/c (Kimura 1986), since any number of requests
 * may stand in it. Bursts leave a loop at random as they came (Burke 1956), exactly where they are exponential.
 */
export function withConnections(
  outcome: Outcome,
  { ratePerMs, cpu, io, cpuParts }: Requests,
  { connections, processes }: Pool,
): Outcome {
  // Loops whose limit on connections binds have been taken for threads, and theirs have been waited for.
  if (!connections || outcome.connections) return outcome;
  const waits = openWaits(ratePerMs / processes, { cpuMs: cpu.mean, io, visits: cpuParts - 1 }, connections);
  const saturation = Math.min(outcome.saturation, openSaturation(io.mean, connections) * processes);
  if (!waits || !outcome.parts)
    return { ...outcome, saturation, stable: false, waitProbability: 1, parts: null };
  const { parts } = outcome;
  return {
    ...outcome,
    saturation,
    meanMs: outcome.meanMs + waits.meanMs,
    connections: waits,
    parts: () => ({ ...parts(), connections: waits }),
  };
}

/** Requests per ms of one process that its connections get through. */
const openSaturation = (ioMs: number, { connections, share }: Connections): number =>
  connections / (ioMs * share);

/** The waits for connections of requests that come at random and ask `visits` times each, once after each part of their CPU but the last; null where they are too few. */
function openWaits(
  ratePerMs: number,
  { cpuMs, io, visits }: { readonly cpuMs: number; readonly io: Demand; readonly visits: number },
  { connections, share }: Connections,
): ConnectionWaits | null {
  const usedMs = (io.mean * share) / visits;
  const load = ratePerMs * visits * usedMs;
  const utilization = load / connections;
  if (!(utilization < 1)) return null;
  const probability = erlangC(connections, load);
  const factor = variabilityFactor(connections, utilization, io.scv);
  const given = (factor * usedMs) / (connections * (1 - utilization));
  const relaxationMs = lineRelaxation(usedMs, io.scv, connections, utilization);
  const gapMs = cpuMs / (visits + 1) + ((1 - share) * io.mean) / visits;
  const linked = visits > 1 ? stillThere(gapMs, relaxationMs) : 0;
  const one = {
    probability,
    mean: probability * given,
    square: (2 + variabilityBeyond(io.scv, utilization, connections)) * probability * given ** 2,
  };
  const whole = inAll(one, visits, linked, growthOf(visits, gapMs, one, factor));
  const law = lawOf(whole);
  return { probability: whole.probability, meanMs: whole.mean, foundMs: whole.mean, free: law, waited: law };
}
