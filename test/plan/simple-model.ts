import type { Values } from '../../src/input/options.js';
import { lawMean } from '../../src/math/laws/moments.js';
import { queueingOf, slotsOf } from '../../src/model/discipline.js';
import type { Predict } from '../../src/model/types.js';
import { type PlanOptions, plan } from '../../src/plan/plan.js';
import type { PlanResult } from '../../src/plan/types.js';
import { resolveProfile } from '../../src/profile/resolve.js';

/** Erlang C by the recursion over servers. */
function erlangC(servers: number, load: number): number {
  let inverse = 1;
  for (let n = 1; n <= Math.min(servers, 5000); n++) inverse = 1 + (n * inverse) / load;
  const blocked = 1 / inverse;
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/**
 * A quick model for tests of the search: M/M/c over the slots, its service stretched by M/M/1 with the cores' speed. Several
 * processes that accept more than they have threads wait three times as long.
 */
export const simpleModel: Predict = (facility, workload) => {
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const ioMs = lawMean(workload.io);
  const { processes, cores, computes } = facility;
  const slots = processes * slotsOf(facility);
  const cpus = computes === 'in-parallel' ? cores : Math.min(cores, processes);
  const capacityPerSecond = 1000 * Math.min(cpuMs > 0 ? cpus / cpuMs : 1e12, slots / (cpuMs + ioMs), 1e9);
  const rate = workload.ratePerSecond;
  const nothing = { waitProbability: null, meanMs: null, p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };
  const unknown = { ...nothing, rejectProbability: null, utilization: null, method: 'simple' };
  if (rate === null) return { ...unknown, stable: null, capacityPerSecond };
  const busy = (rate * cpuMs) / (1000 * cpus);
  const stretched = busy < 1 ? ioMs + cpuMs / (1 - busy) : Number.POSITIVE_INFINITY;
  const load = (rate * stretched) / 1000;
  const utilization = {
    cpu: Math.min(1, (rate * cpuMs) / (1000 * cores)),
    gil: computes === 'in-parallel' ? 0 : Math.min(1, (rate * cpuMs) / (1000 * processes)),
    slots: Number.isFinite(slots) ? Math.min(1, (rate * (cpuMs + ioMs)) / (1000 * slots)) : null,
  };
  if (rate >= capacityPerSecond || load >= slots)
    return { ...unknown, stable: false, capacityPerSecond, utilization };
  const waits = Number.isFinite(slots) ? erlangC(slots, load) : 0;
  const split = queueingOf(facility) === 'split';
  const meanWait = waits > 0 ? ((split ? 3 : 1) * waits * stretched) / (slots - load) : 0;
  const meanMs = stretched + meanWait;
  const times = { meanMs, p50Ms: 0.7 * meanMs, p90Ms: 2.3 * meanMs, p95Ms: 3 * meanMs, p99Ms: 4.6 * meanMs };
  return {
    stable: true,
    capacityPerSecond,
    utilization,
    waitProbability: waits,
    ...times,
    rejectProbability: 0,
    method: 'simple',
  };
};

/** The plan for some options, predicted by {@link simpleModel}. */
export const planned = (values: Values, options?: PlanOptions): PlanResult =>
  plan(resolveProfile(values, {}), simpleModel, options);

export const basic = { cores: 4, mem: 1024, perWorker: 256 } as const;
