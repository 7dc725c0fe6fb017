import type { Reading, Scalar } from '../files/reading.js';
import type { Span } from '../files/text-file.js';
import { predict } from '../model/predict.js';
import type { Prediction } from '../model/types.js';
import { memoryUsedMiB } from '../plan/memory.js';
import type { MemoryBudget } from '../profile/types.js';
import type { Deployment, EffectiveSetting, Layer } from '../servers/deployments/deployment.js';
import { classNamed } from '../servers/gunicorn/class-name.js';
import { factsOf } from '../servers/gunicorn/classes.js';
import { countOf } from '../servers/gunicorn/count.js';
import { GUNICORN_DEFAULTS } from '../servers/gunicorn/defaults.js';
import type { SettingName } from '../servers/gunicorn/read-settings.js';
import type { WorkerClass } from '../servers/gunicorn/worker-class.js';
import { inFlightPerWorker, predictionOf } from './predicted.js';
import type { Question } from './question.js';

/** A setting's value as it is in force; null where it is not known. */
interface Value<T> {
  readonly value: T | null;
  readonly at: Span;
  /** Null: Gunicorn's default. */
  readonly layer: Layer | null;
  /** `cpu_count()` went into it. */
  readonly cpuCount: boolean;
}

/** A value that stands in a file or comes from an option (then without a place). */
interface Limit {
  readonly value: number;
  readonly at: Span | null;
}

/** Everything that rules may ask of one server; computed once. */
export interface Facts {
  readonly deployment: Deployment;
  readonly question: Question;
  readonly workers: Value<number>;
  readonly threads: Value<number>;
  /** The class as it will run: `sync` with threads is `gthread`. */
  readonly workerClass: Value<WorkerClass>;
  /** The class as it is written. */
  readonly writtenClass: Value<string>;
  readonly workerConnections: Value<number>;
  readonly backlog: Value<number>;
  readonly timeoutSeconds: Value<number>;
  readonly gracefulTimeoutSeconds: Value<number>;
  readonly maxRequests: Value<number>;
  readonly maxRequestsJitter: Value<number>;
  readonly preload: Value<boolean>;
  readonly workerTmpDir: Value<string>;
  readonly cores: Limit | null;
  readonly memoryLimit: Limit | null;
  readonly budget: MemoryBudget;
  /** Memory of all workers; null where it cannot be known. */
  readonly memoryUsedMiB: number | null;
  /** Requests that one worker serves at once; null where unknown or without limit. */
  readonly slotsPerWorker: number | null;
  readonly inFlightPerWorker: number | null;
  /** Null where something it needs is not known. */
  readonly prediction: Prediction | null;
  setting(name: SettingName): EffectiveSetting | undefined;
}

/** Puts together what the files and the user say of one server. */
export function factsFor(deployment: Deployment, question: Question): Facts {
  const setting = (name: SettingName) => deployment.settings.get(name);
  const count = (name: SettingName, fallback: number) => settingValue(deployment, name, fallback, countOf);
  const workers = count('workers', GUNICORN_DEFAULTS.workers);
  const threads = count('threads', GUNICORN_DEFAULTS.threads);
  const writtenClass = settingValue<string>(deployment, 'worker_class', 'sync', (v) =>
    typeof v === 'string' ? v : null,
  );
  const workerClass = runningClass(writtenClass, threads);
  const workerConnections = count('worker_connections', GUNICORN_DEFAULTS.workerConnections);
  const backlog = count('backlog', GUNICORN_DEFAULTS.backlog);
  const timeoutSeconds = count('timeout', GUNICORN_DEFAULTS.timeoutMs / 1000);
  const cores = limitOf(question.cores, deployment.resources.cpuLimit);
  const memoryLimit = limitOf(question.memory.memoryMiB, deployment.resources.memoryLimitMiB);
  const budget = { ...question.memory, memoryMiB: memoryLimit?.value ?? null };
  const shape = {
    workers: workers.value,
    threads: threads.value,
    workerClass: workerClass.value,
    workerConnections: workerConnections.value,
    backlog: backlog.value,
    timeoutMs: timeoutSeconds.value === null ? null : timeoutSeconds.value * 1000,
    cores: cores?.value ?? null,
  };
  const inFlight = inFlightPerWorker(shape, question);
  return {
    deployment,
    question,
    workers,
    threads,
    workerClass,
    writtenClass,
    workerConnections,
    backlog,
    timeoutSeconds,
    gracefulTimeoutSeconds: count('graceful_timeout', GUNICORN_DEFAULTS.gracefulTimeoutMs / 1000),
    maxRequests: count('max_requests', 0),
    maxRequestsJitter: count('max_requests_jitter', 0),
    preload: settingValue<boolean>(deployment, 'preload_app', false, (v) =>
      typeof v === 'boolean' ? v : null,
    ),
    workerTmpDir: settingValue<string>(deployment, 'worker_tmp_dir', '', (v) =>
      v === null ? '' : typeof v === 'string' ? v : null,
    ),
    cores,
    memoryLimit,
    budget,
    memoryUsedMiB:
      workers.value === null || inFlight === null ? null : memoryUsedMiB(budget, workers.value, inFlight),
    slotsPerWorker: slotsPerWorker(workerClass.value, threads.value, workerConnections.value),
    inFlightPerWorker: inFlight,
    prediction: predictionOf(shape, question, predict),
    setting,
  };
}

function settingValue<T>(
  deployment: Deployment,
  name: SettingName,
  fallback: T,
  read: (value: Scalar, layer: Layer) => T | null,
): Value<T> {
  const set = deployment.settings.get(name);
  if (!set) return { value: fallback, at: deployment.at, layer: null, cpuCount: false };
  const { reading, layer } = set;
  if (!reading.known) return { value: null, at: reading.at, layer, cpuCount: false };
  return { value: read(reading.value, layer), at: reading.at, layer, cpuCount: reading.cpuCount };
}

function runningClass(written: Value<string>, threads: Value<number>): Value<WorkerClass> {
  const workerClass = written.value === null ? null : classNamed(written.value);
  if (workerClass !== 'sync') return { ...written, value: workerClass };
  if (threads.value === null) return { ...written, value: null };
  return { ...written, value: threads.value > 1 ? 'gthread' : 'sync' };
}

function limitOf(flag: number | null, file: Reading<number> | null): Limit | null {
  if (flag !== null) return { value: flag, at: null };
  return file?.known ? { value: file.value, at: file.at } : null;
}

function slotsPerWorker(
  workerClass: WorkerClass | null,
  threads: number | null,
  connections: number | null,
): number | null {
  if (workerClass === null) return null;
  const { concurrency } = factsOf(workerClass);
  if (concurrency === 'one') return 1;
  if (concurrency === 'threads') return threads;
  return concurrency === 'connections' ? connections : null;
}
