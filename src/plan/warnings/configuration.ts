import type { Prediction } from '../../model/types.js';
import { serverNamed } from '../../servers/index.js';
import { whyUnsuitable } from '../../servers/suitability.js';
import {
  counted,
  mebibytes,
  milliseconds,
  percent,
  perSecond,
  plain,
  shareOf,
} from '../../text/sentences.js';
import { settingsOf } from '../configuration.js';
import { requestsUntilFull } from '../growth.js';
import { memoryState } from '../memory.js';
import { sufficientPool } from '../pool.js';
import { duringRestart } from '../restart.js';
import {
  type Candidate,
  connectionsPerWorker,
  type Evaluated,
  inFlightPerWorker,
  type Planning,
} from '../search/candidate.js';
import type { PlanWarning } from '../types.js';

/** A configuration that is warned about. */
interface Subject extends Evaluated {
  /** `the given gthread`. */
  readonly name: string;
  readonly given: boolean;
  readonly connections: number;
}

type ConfigurationRule = (planning: Planning, subject: Subject) => PlanWarning | null;

/** Warnings about one configuration, recommended or given. */
export const CONFIGURATION_RULES: readonly ConfigurationRule[] = [
  memoryRule,
  successorRule,
  growthRule,
  databaseRule,
  connectionLineRule,
  overloadRule,
  unsuitableRule,
  splitQueueRule,
  keepAliveRule,
  lockRule,
  coresRule,
  timeoutRule,
  slowClientRule,
  singleWorkerRule,
  asgiRule,
];

function memoryRule(planning: Planning, subject: Subject): PlanWarning | null {
  const { memory } = planning.profile;
  const { workers } = subject.candidate;
  const state = memoryState(memory, workers, inFlightPerWorker(planning, subject.candidate));
  if (state === 'full')
    return {
      code: 'memory-full',
      message: `${counted(workers, 'worker')} ${workers === 1 ? 'fills' : 'fill'} all of the ${mebibytes(memory.memoryMiB!)}: one that grows gets the server killed; leave room with --reserve`,
    };
  if (state === 'over')
    return {
      code: 'memory-over',
      message: `${subject.name} configuration needs ${mebibytes(subject.memoryMiB!)} and there are ${mebibytes(memory.memoryMiB!)}`,
    };
  return null;
}

/** A server that starts a worker's successor before the worker ends needs memory for both. */
function successorRule(planning: Planning, { candidate, fits, name }: Subject): PlanWarning | null {
  const { memoryMiB: most } = duringRestart(planning, candidate);
  const { memoryMiB: limit } = planning.profile.memory;
  if (!fits || most === null || limit === null || most <= limit) return null;
  return {
    code: 'successor-memory',
    message: `${name} configuration needs ${mebibytes(most)} while a worker is replaced and there are ${mebibytes(limit)}: ${serverNamed(candidate.kind.server).title} starts the new one before it ends the old one, at a reload or for the age or memory of a worker; leave these off, or leave room for one more`,
  };
}

/** A worker that restarts more often than this serves from cold caches much of its time. */
const SHORTEST_LIFE_SECONDS = 600;

/** Memory that grows needs restarts before it is full, and not too many of them. */
function growthRule({ profile }: Planning, { candidate, memoryMiB, name }: Subject): PlanWarning | null {
  const { memory, workload } = profile;
  const { workers } = candidate;
  const { ratePerSecond } = workload;
  const warn = (message: string): PlanWarning => ({ code: 'memory-grows', message });
  if (memory.growth === undefined || memory.memoryMiB === null || memoryMiB === null) return null;
  const requests = requestsUntilFull(memory, memoryMiB, workers, ratePerSecond);
  if (requests === null)
    return warn(
      'memory grows with time, and how many requests come meanwhile is not known; give --rate for a limit of requests that holds',
    );
  const setting = settingsOf(profile, candidate, memoryMiB, '').find(({ name }) =>
    /^(limit_)?max_requests$/.test(name),
  );
  const left = `${mebibytes(Math.max(0, memory.memoryMiB - memoryMiB))} are free, which ${counted(workers, 'worker')} ${workers === 1 ? 'takes' : 'take'} in ${plain(Math.floor(requests))} requests each`;
  if (!setting)
    return warn(
      `memory grows, ${left}, and wcalc knows no setting with which ${candidate.kind.label} restarts a worker after so many: restart it before`,
    );
  const seconds = ratePerSecond === null ? null : (Number(setting.value) * workers) / ratePerSecond;
  if (requests < Number(setting.value))
    return warn(`memory grows beyond what there is: ${left}; give ${name} configuration more memory`);
  if (seconds !== null && seconds < SHORTEST_LIFE_SECONDS)
    return warn(
      `memory grows: ${left}, so that a worker restarts every ${plain(Math.round(seconds))} s or so; give more memory, or mend what grows`,
    );
  return null;
}

function databaseRule(planning: Planning, { candidate, name }: Subject): PlanWarning | null {
  const { dbMaxConnections, replicas } = planning.profile.server;
  if (dbMaxConnections === null) return null;
  const each = connectionsPerWorker(planning.profile, inFlightPerWorker(planning, candidate));
  const needed = replicas * candidate.workers * each;
  if (needed <= dbMaxConnections) return null;
  return {
    code: 'connections-over',
    message: `${name} configuration may hold ${plain(needed)} database connections and ${plain(dbMaxConnections)} are allowed`,
  };
}

/** Requests that wait for a connection below this share are no news. */
const HARDLY_ANY_WAIT = 0.05;

/** A pool of connections in which requests queue, holding their threads. */
function connectionLineRule(
  planning: Planning,
  { candidate, prediction, name }: Subject,
): PlanWarning | null {
  const { connectionWait } = prediction;
  if (!connectionWait || connectionWait.probability <= HARDLY_ANY_WAIT) return null;
  const { probability, meanMs, p95Share } = connectionWait;
  const pool = sufficientPool(planning, candidate);
  const part = p95Share === undefined ? '' : `, which makes ${percent(p95Share)} of the p95`;
  const cure = pool === null ? '' : `: a pool of ${plain(pool)} in each worker (--db-pool) would do`;
  return {
    code: 'connections-scarce',
    message: `${percent(probability)} of the requests of ${name} configuration wait for a database connection, ${milliseconds(meanMs)} on average over all${part}${cure}`,
  };
}

function overloadRule({ profile }: Planning, { prediction, name }: Subject): PlanWarning | null {
  if (prediction.stable !== false) return null;
  const { typed, replicas } = profile.server;
  const end =
    typed.queueTimeoutMs === null
      ? 'waiting grows without end'
      : `the rest waits for ${milliseconds(typed.queueTimeoutMs)} and gets an error`;
  return {
    code: 'unstable',
    message: `${name} configuration can serve ${perSecond(prediction.capacityPerSecond)} and ${shareOf(profile.workload.ratePerSecond!, replicas)} arrive: ${end}`,
  };
}

function unsuitableRule({ profile }: Planning, { candidate, name }: Subject): PlanWarning | null {
  const { kind } = candidate;
  const { server } = profile;
  if (server.websockets && !kind.websockets)
    return {
      code: 'no-websockets',
      message: `${name} ${whyUnsuitable(kind, server)}`,
    };
  return null;
}

/** Several processes that accept more than they can work on: some are favoured. */
function splitQueueRule(
  planning: Planning,
  { candidate, connections, prediction, name }: Subject,
): PlanWarning | null {
  const { kind, workers, threads } = candidate;
  if (!kind.sharesByLimit || workers < 2 || connections <= threads) return null;
  const gain =
    planning.profile.memory.memoryMiB === null ? '' : gainOfSharing(planning, candidate, prediction);
  return {
    code: 'split-queues',
    message: `${name} processes accept up to ${plain(connections)} connections each, and some processes take far more of them than others, so requests queue there while others idle: worker_connections = ${plain(threads)} (= threads) gives one shared queue${gain}, at the price of keep-alive`,
  };
}

/** What one shared queue would change; a second prediction, so only asked where a plan is made anyway. */
function gainOfSharing(planning: Planning, candidate: Candidate, { p95Ms, stable }: Prediction): string {
  const shared = planning.evaluate({ ...candidate, workerConnections: candidate.threads }).prediction.p95Ms;
  if (shared === null) return '';
  if (stable === false)
    return ` (p95 ${milliseconds(shared)} instead of a favoured process that is overloaded)`;
  return p95Ms === null || p95Ms <= shared
    ? ''
    : ` (p95 ${milliseconds(shared)} instead of ${milliseconds(p95Ms)})`;
}

function keepAliveRule(_planning: Planning, { candidate, connections, given }: Subject): PlanWarning | null {
  const { kind, threads } = candidate;
  if (given || !kind.sharesByLimit || connections > threads) return null;
  return {
    code: 'keepalive-off',
    message: `worker_connections = ${plain(connections)} (= threads) gives all processes one shared queue; the price is that keep-alive is off, so clients and proxies open a connection per request`,
  };
}

/** Threads cannot use more cores than there are processes. */
function lockRule({ profile, demand }: Planning, { candidate, name }: Subject): PlanWarning | null {
  const { workers, kind, threads } = candidate;
  const inParallel = kind.concurrency !== 'one' && (threads > 1 || kind.concurrency !== 'threads');
  if (!profile.server.gil || !inParallel || demand.cpuMs === 0) return null;
  const wasted = profile.cores - workers;
  const rate = profile.workload.ratePerSecond;
  const busy = rate === null ? 1 : (rate * demand.cpuMs) / (1000 * workers);
  if (wasted < 1 || busy < 0.7) return null;
  return {
    code: 'gil-bound',
    message: `${name} processes run Python on one core each: ${counted(workers, 'process')} cannot use ${plain(profile.cores)} cores, whatever the threads`,
  };
}

const BUSY_PER_CORE = 2;

/** More processes computing at once than there are cores: they take turns, and a quota throttles them all. */
function coresRule({ profile, demand }: Planning, { candidate, name }: Subject): PlanWarning | null {
  if (!profile.ioKnown) return null;
  const computing = candidate.workers * Math.min(1, demand.cpuMs / demand.serviceMs);
  if (computing <= BUSY_PER_CORE * profile.cores || candidate.workers <= profile.cores + 1) return null;
  return {
    code: 'oversubscribed-cores',
    message: `${name} workers, all busy, compute on ${plain(computing)} cores and there are ${plain(profile.cores)}: they take turns, and under a CPU quota all stall until its next period`,
  };
}

function timeoutRule({ profile }: Planning, { candidate, prediction, name }: Subject): PlanWarning | null {
  const timeoutMs = profile.server.typed.timeoutMs ?? serverNamed(candidate.kind.server).defaults.timeoutMs;
  if (!candidate.kind.timeoutEndsRequests || timeoutMs === 0) return null;
  const killed = prediction.timeoutProbability ?? null;
  const slow = prediction.p99Ms !== null && prediction.p99Ms > timeoutMs;
  if (!slow && (killed === null || killed < 1e-4)) return null;
  const share = killed !== null && killed > 0 ? ` (${percent(killed)} of requests)` : '';
  return {
    code: 'timeout-too-short',
    message: `${name} workers are killed with any request that works longer than the timeout of ${milliseconds(timeoutMs)}${share}: raise --timeout`,
  };
}

function slowClientRule({ profile }: Planning, { candidate, name }: Subject): PlanWarning | null {
  if (profile.server.proxy) return null;
  if (candidate.kind.needsProxy)
    return {
      code: 'sync-without-proxy',
      message: `${name} worker is held by a slow client for its whole transfer: put a buffering proxy in front, or choose gthread`,
    };
  if (candidate.kind.sharesByLimit)
    return {
      code: 'slow-clients',
      message: `a connection without a request holds a thread of ${name} for up to 5 s: a buffering proxy in front prevents it`,
    };
  return null;
}

function singleWorkerRule({ profile }: Planning, { candidate, given }: Subject): PlanWarning | null {
  if (candidate.workers > 1 || given || profile.server.replicas > 1) return null;
  if (candidate.kind.isSingle)
    return {
      code: 'single-worker',
      message: `${serverNamed(candidate.kind.server).title} has one process, which leaves nobody to serve while it restarts: --replicas 2 plans for two copies`,
    };
  const cure = profile.lean ? 'leave out --lean' : '--workers 2 shows what a second one costs';
  return {
    code: 'single-worker',
    message: `a single worker leaves nobody to serve while it restarts; ${cure}`,
  };
}

function asgiRule(_planning: Planning, { candidate, name }: Subject): PlanWarning | null {
  if (candidate.kind.application !== 'asgi') return null;
  return { code: 'asgi-unlimited', message: `${name} ${candidate.kind.note}` };
}
