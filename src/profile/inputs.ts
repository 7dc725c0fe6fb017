import { lawMean } from '../math/laws/moments.js';
import { cpuOrderOf } from '../model/types.js';
import { DEFAULT_SERVER } from '../servers/index.js';
import type { ResolvedWorkload } from './request.js';
import type { PlanInputs, Profile } from './types.js';

/** Resolved inputs in printed order: raw numbers, units in names, null where unknown or unlimited. */
export function inputsOf(profile: Omit<Profile, 'inputs'>, request: ResolvedWorkload): PlanInputs {
  const { memory, workload, objective, server, fixed } = profile;
  const cpuTimeMs = lawMean(workload.cpu);
  const ioTimeMs = lawMean(workload.io);
  const uncontendedMs = cpuTimeMs + ioTimeMs;
  return {
    cores: profile.cores,
    memoryMiB: memory.memoryMiB,
    perWorkerMiB: memory.perWorkerMiB,
    sharedMiB: memory.sharedMiB,
    perThreadMiB: memory.perThreadMiB,
    masterMiB: memory.masterMiB,
    reserveMiB: memory.reserveMiB,
    ...(memory.growth && { memoryGrowth: { per: memory.growth.per, memoryMiB: memory.growth.memoryMiB } }),
    ioRatio: uncontendedMs > 0 ? ioTimeMs / uncontendedMs : 0,
    serviceTimeMs: uncontendedMs,
    cpuTimeMs,
    ioTimeMs,
    cpuCv: request.cpuCv,
    ioCv: request.ioCv,
    ioCalls: workload.ioCalls,
    cpuOrder: cpuOrderOf(workload),
    overheadMs: workload.overheadMs,
    ratePerSecond: request.workload.ratePerSecond,
    ratePerReplica: workload.ratePerSecond,
    slo: objective.limits.map((limit) => limit.text),
    maxUtilization: objective.ceiling ?? objective.maxUtilization,
    server: server.name,
    workerClass: fixed.workerClass ?? 'auto',
    workers: fixed.workers,
    threads: fixed.threads,
    workerConnections: server.workerConnections,
    backlog: server.backlog,
    timeoutMs: server.timeoutMs,
    keepaliveMs: server.keepaliveMs,
    preload: server.preload,
    gunicorn: server.versions[DEFAULT_SERVER.name]!,
    gil: server.gil,
    replicas: server.replicas,
    dbPool: server.dbPool,
    dbTimeMs: workload.database ? workload.database.share * ioTimeMs : null,
    dbMaxConnections: server.dbMaxConnections,
    websockets: server.websockets,
    proxy: server.proxy,
  };
}
