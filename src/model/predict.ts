import { eventLoops } from './event-loops.js';
import { demandOf, NOTHING, shifted } from './limited-mean.js';
import { responseTimes } from './response.js';
import { shapeOf } from './shape.js';
import { type Outcome, sharedQueue } from './shared-queue.js';
import { splitQueues } from './split-queues.js';
import { ThreadPool } from './thread-pool.js';
import { CORE_SLICE_MS, interleaving, turnLength } from './turns.js';
import type { Predict } from './types.js';

/** A request that computed nothing at all would know no capacity; a nanosecond keeps every number finite. */
const LEAST_CPU_MS = 1e-6;

export const predict: Predict = (system, workload) => {
  const shape = shapeOf(system);
  const io = workload.ioCalls > 0 ? demandOf(workload.io) : NOTHING;
  const computed = demandOf(workload.cpu);
  const cpu = shifted(
    computed,
    computed.mean > 0 ? workload.overheadMs : Math.max(LEAST_CPU_MS, workload.overheadMs),
  );
  const cpuParts = io.mean > 0 ? workload.ioCalls + 1 : 1;
  const turnMs = turnLength(shape.turns, shape.processes, shape.cores, shape.slots);
  const { inTurns, burstScv } = interleaving(cpu, cpuParts, turnMs);
  const pool = {
    processes: shape.processes,
    threads: Math.min(shape.slots, 1e6),
    cores: shape.cores,
    locked: shape.turns !== 'parallel',
    cpuMs: cpu.mean,
    ioMs: io.mean,
    burstScv,
  };
  const rate = workload.ratePerSecond;
  const capacityPerSecond =
    1000 * (shape.queueing === 'loops' ? new ThreadPool(pool).bound : new ThreadPool(pool).saturation);
  const nothing = { waitProbability: null, meanMs: null, p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };
  const method = 'flow-equivalent server';
  if (rate === null)
    return {
      stable: null,
      capacityPerSecond,
      utilization: null,
      ...nothing,
      rejectProbability: null,
      method,
    };
  const ratePerMs = rate / 1000;
  const slots = pool.processes * shape.slots;
  const utilization = {
    cpu: Math.min(1, (ratePerMs * cpu.mean) / shape.cores),
    gil: pool.locked ? Math.min(1, (ratePerMs * cpu.mean) / shape.processes) : 0,
    slots: Number.isFinite(slots) ? Math.min(1, (ratePerMs * (cpu.mean + io.mean)) / slots) : null,
  };
  const requests = { ratePerMs, cpu, io, cpuParts, inTurns };
  const outcome: Outcome =
    shape.queueing === 'loops'
      ? eventLoops(
          pool,
          requests,
          interleaving(cpu, cpuParts, CORE_SLICE_MS),
          system.workerClass !== 'gevent' || system.workers === 1,
        )
      : shape.queueing === 'split'
        ? splitQueues(pool, requests)
        : sharedQueue(pool, requests, shape.backlog);
  if (rate >= capacityPerSecond || !outcome.stable || !outcome.parts)
    return {
      stable: false,
      capacityPerSecond,
      utilization,
      ...nothing,
      rejectProbability: outcome.rejectProbability,
      method,
    };
  const spread = Math.sqrt(cpu.scv * cpu.mean ** 2 + io.scv * io.mean ** 2);
  const times = responseTimes(outcome.parts, outcome.meanMs, 3 * outcome.meanMs + 3 * spread);
  return {
    stable: true,
    capacityPerSecond,
    utilization,
    waitProbability: outcome.waitProbability,
    ...times,
    rejectProbability: outcome.rejectProbability,
    method,
  };
};
