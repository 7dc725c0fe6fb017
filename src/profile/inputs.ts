import { lawMean } from '../math/laws/moments.js';
import { cpuOrderOf, type Mix, type RequestLaws } from '../model/types.js';
import { DEFAULT_SERVER } from '../servers/index.js';
import { isMixed } from '../servers/server.js';
import type { ResolvedWorkload } from './request.js';
import type { PlanInputs, Profile, ServerOptions } from './types.js';

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
    ...(workload.mix && { handlers: handlersOf(server, workload.mix) }),
    workerClass: fixed.workerClass ?? 'auto',
    workers: fixed.workers,
    threads: fixed.threads,
    workerConnections: server.workerConnections,
    backlog: server.backlog,
    timeoutMs: server.timeoutMs,
    keepaliveMs: server.keepaliveMs,
    ...(server.typed.queueTimeoutMs !== null && { queueTimeoutMs: server.typed.queueTimeoutMs }),
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

/** Each kind of mixed handlers: its share of the requests, and what they do. */
function handlersOf({ kinds }: ServerOptions, { pooledShare, looped, pooled }: Mix): readonly object[] {
  const mixed = kinds.find(({ handlers }) => isMixed(handlers));
  const threads = mixed?.fixedThreads ?? null;
  const part = (handlers: string, share: number, { cpu, io }: RequestLaws): object => ({
    handlers,
    share,
    cpuTimeMs: lawMean(cpu),
    ioTimeMs: lawMean(io),
  });
  return [
    part('async', Number((1 - pooledShare).toPrecision(12)), looped),
    part(threads === null ? 'django' : `threads:${threads}`, pooledShare, pooled),
  ];
}
