import type { Host } from '../../host/host.js';
import type { LearntValues, Origins } from '../../input/learnt.js';
import type { Values } from '../../input/options.js';
import { HISTOGRAM_RELATIVE_ERROR } from '../../math/statistics/histogram.js';
import { type Facility, queueingOf, sharesOf } from '../../model/discipline.js';
import { predict } from '../../model/predict.js';
import { predictMeans } from '../../model/predict-means.js';
import type { Prediction, ResponseTimes, Workload } from '../../model/types.js';
import { drive, localRunner, type Runner } from '../../simulation/engine/drive.js';
import { type Physics, schedulerFor } from '../../simulation/engine/policy.js';
import { conduct, DEFAULT_REQUESTS } from '../../simulation/run/experiment.js';
import { drawnProfile, simulationOptionsOf } from './question.js';
import { givenFacility, resultOf, type SimulateResult } from './result.js';

/** Below this many requests a worker thread's start costs more than it saves. */
const WORTH_THREADS = 2_000_000;

export interface Watch {
  progress(share: number): void;
  /** Calls back when the user wants to see what is known so far; returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
}

/** Simulates drawn requests. */
export async function simulateDrawn(
  values: Values,
  origins: Origins,
  host: Host,
  watch: Watch,
  learnt?: LearntValues,
): Promise<SimulateResult> {
  const profile = drawnProfile(values, origins, host, learnt);
  const facility = givenFacility(profile, predict);
  const options = simulationOptionsOf(values);
  const runner = await runnerFor(values, host);
  const ignore = watch.onInterrupt(() => runner.stop());
  const splits = splitsUnevenly(facility) && values.accept === undefined;
  const run = (physics: Physics, from: number, to: number) =>
    drive(
      conduct(facility, profile.workload, predictMeans(facility, profile.workload), { ...options, physics }),
      runner,
      (share) => watch.progress(from + share * (to - from)),
    );
  try {
    const even = await run(options.physics ?? {}, 0, splits ? 0.5 : 1);
    const high =
      splits && !even.interrupted && carriesSkew(facility, profile.workload)
        ? timesOf((await run({ ...options.physics, skewed: true }, 0.5, 1)).prediction)
        : null;
    const low = timesOf(even.prediction);
    const prediction = splits && low ? { ...even.prediction, range: { low, high } } : even.prediction;
    return resultOf(profile, predict, prediction, {
      seed: options.seed ?? 1,
      replications: even.replications,
      requests: even.requests,
      warmupRequests: even.warmup,
      processShares: even.shares,
      histogramRelativeError: HISTOGRAM_RELATIVE_ERROR,
      interrupted: even.interrupted,
      trace: null,
      cpuOrder: values.cpuOrder ?? 'even',
      scheduler: values.scheduler ?? schedulerFor(profile.workload.overheadMs),
    });
  } finally {
    ignore();
    await runner.close();
  }
}

/** Processes that accept into queues of their own take uneven shares of the arrivals. */
const splitsUnevenly = (facility: Facility): boolean => queueingOf(facility) === 'split';

/** Whether the busiest process holds its share: past that there is no steady state to simulate. */
function carriesSkew(facility: Facility, workload: Workload): boolean {
  const alone = predictMeans({ ...facility, processes: 1 }, { ...workload, ratePerSecond: null });
  const [most] = sharesOf(facility.processes, facility.shareRatio);
  return (workload.ratePerSecond ?? 0) * most! < alone.capacityPerSecond;
}

function timesOf({ meanMs, p50Ms, p90Ms, p95Ms, p99Ms }: Prediction): ResponseTimes | null {
  if (meanMs === null || p50Ms === null || p90Ms === null || p95Ms === null || p99Ms === null) return null;
  return { meanMs, p50Ms, p90Ms, p95Ms, p99Ms };
}

async function runnerFor(values: Values, host: Host): Promise<Runner> {
  const long = values.precision !== undefined || (values.requests ?? DEFAULT_REQUESTS) >= WORTH_THREADS;
  const threaded = long ? await (await import('./worker-threads.js')).builtRunner(host) : null;
  return threaded ?? localRunner(() => host.sleep(0));
}
