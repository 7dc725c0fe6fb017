import { lawMean } from '../queueing/law-moments.js';
import { erlangC } from './erlang-c.js';
import type { Predict, Prediction } from './types.js';

/** First model: Erlang C over the slots and over the CPUs, with the I/O as pure delay and a gamma law for the percentiles. */
export const predict: Predict = (system, workload) => {
  const cpuMs = Math.max(1e-9, lawMean(workload.cpu) + workload.overheadMs);
  const ioMs = lawMean(workload.io);
  const serviceMs = cpuMs + ioMs;
  const { workers, cores } = system;
  const perProcess =
    system.workerClass === 'gthread'
      ? system.threads
      : system.workerClass === 'sync' || system.workerClass === 'tornado'
        ? 1
        : system.workerClass === 'gevent' || system.workerClass === 'eventlet'
          ? system.workerConnections
          : Number.POSITIVE_INFINITY;
  const locked = system.gil || perProcess === 1;
  const cpus = locked ? Math.min(workers, cores) : cores;
  const slots = workers * perProcess;
  const capacityPerSecond = 1000 * Math.min(cpus / cpuMs, slots / serviceMs);
  const rate = workload.ratePerSecond;
  const nothing = { waitProbability: null, meanMs: null, p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };
  const method = 'Erlang C over slots and cores (approximate)';
  if (rate === null)
    return {
      stable: null,
      capacityPerSecond,
      utilization: null,
      ...nothing,
      rejectProbability: null,
      method,
    };
  const perMs = rate / 1000;
  const utilization = {
    cpu: Math.min(1, (perMs * cpuMs) / cores),
    gil: locked ? Math.min(1, (perMs * cpuMs) / workers) : 0,
    slots: Number.isFinite(slots) ? Math.min(1, (perMs * serviceMs) / slots) : null,
  };
  if (rate >= capacityPerSecond)
    return {
      stable: false,
      capacityPerSecond,
      utilization,
      ...nothing,
      rejectProbability: 1 - capacityPerSecond / rate,
      method,
    };
  const stationWait = (servers: number, demandMs: number): number => {
    const whole = Math.max(1, Math.floor(servers));
    const scaled = (demandMs * whole) / servers;
    const load = Math.min(perMs * scaled, whole * (1 - 1e-12));
    return (erlangC(whole, load) * scaled) / (whole - load);
  };
  const cpuWait = stationWait(cpus, cpuMs);
  const held = serviceMs + cpuWait;
  const tight = Number.isFinite(slots) && perMs * held < slots;
  const waitProbability = tight ? erlangC(slots, perMs * held) : Number.isFinite(slots) ? 1 : 0;
  const slotWait = Number.isFinite(slots) ? Math.min(stationWait(slots, serviceMs), 1e12) : 0;
  const meanMs = serviceMs + cpuWait + slotWait;
  const quantile = (z: number): number => {
    const shape = meanMs ** 2 / (cpuMs ** 2 + ioMs ** 2 + cpuWait ** 2 + slotWait ** 2);
    return meanMs * Math.max(0, 1 - 1 / (9 * shape) + z / Math.sqrt(9 * shape)) ** 3;
  };
  const prediction: Prediction = {
    stable: true,
    capacityPerSecond,
    utilization,
    waitProbability,
    meanMs,
    p50Ms: quantile(0),
    p90Ms: quantile(1.2816),
    p95Ms: quantile(1.6449),
    p99Ms: quantile(2.3263),
    rejectProbability: 0,
    method,
  };
  return prediction;
};
