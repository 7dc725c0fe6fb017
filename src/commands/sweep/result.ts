import type { ResultName } from '../../input/options/result-names.js';
import type { Prediction } from '../../model/types.js';
import type { Configuration } from '../../plan/types.js';

/** One number of a configuration that a sweep can follow. */
export interface Result {
  readonly name: ResultName;
  readonly label: string;
  readonly unit: string;
  /** True where less is better. */
  readonly lessIsBetter: boolean;
  /** null where the system is unstable or the number is not known. */
  readonly of: (configuration: Measured) => number | null;
}

/** What a result is read from. */
export type Measured = Pick<Configuration, 'workers' | 'threads' | 'memoryMiB'> & {
  readonly prediction: Prediction;
};

const time = (
  name: ResultName,
  label: string,
  key: 'meanMs' | 'p50Ms' | 'p90Ms' | 'p95Ms' | 'p99Ms',
): Result => ({
  name,
  label,
  unit: 'ms',
  lessIsBetter: true,
  of: ({ prediction }) => (prediction.stable === false ? null : prediction[key]),
});

const share = (
  name: ResultName,
  label: string,
  of: (prediction: Prediction) => number | null | undefined,
): Result => ({
  name,
  label,
  unit: '%',
  lessIsBetter: true,
  of: ({ prediction }) => {
    const value = of(prediction);
    return value === null || value === undefined ? null : value * 100;
  },
});

export const RESULTS: Readonly<Record<ResultName, Result>> = {
  mean: time('mean', 'mean response time', 'meanMs'),
  p50: time('p50', 'median response time', 'p50Ms'),
  p90: time('p90', '90th percentile of the response time', 'p90Ms'),
  p95: time('p95', '95th percentile of the response time', 'p95Ms'),
  p99: time('p99', '99th percentile of the response time', 'p99Ms'),
  wait: share('wait', 'requests that wait', (p) => (p.stable === false ? null : p.waitProbability)),
  reject: share('reject', 'requests refused', (p) => p.rejectProbability),
  capacity: {
    name: 'capacity',
    label: 'capacity',
    unit: 'req/s',
    lessIsBetter: false,
    of: ({ prediction }) => prediction.capacityPerSecond,
  },
  cpu: share('cpu', 'utilisation of the cores', (p) => p.utilization?.cpu),
  gil: share('gil', 'utilisation of the interpreter lock', (p) => p.utilization?.gil),
  slots: share('slots', 'utilisation of the request slots', (p) => p.utilization?.slots),
  memory: {
    name: 'memory',
    label: 'memory',
    unit: 'MiB',
    lessIsBetter: true,
    of: ({ memoryMiB }) => memoryMiB,
  },
  workers: { name: 'workers', label: 'workers', unit: '', lessIsBetter: true, of: ({ workers }) => workers },
  threads: {
    name: 'threads',
    label: 'threads per worker',
    unit: '',
    lessIsBetter: true,
    of: ({ threads }) => threads,
  },
};
