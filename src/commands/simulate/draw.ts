import type { Host } from '../../host/host.js';
import type { LearntValues, Origins } from '../../input/learnt.js';
import type { Values } from '../../input/options.js';
import { HISTOGRAM_RELATIVE_ERROR } from '../../math/statistics/histogram.js';
import { evenly, predict } from '../../model/predict.js';
import { predictMeans } from '../../model/predict-means.js';
import { cpuOrderOf } from '../../model/types.js';
import { drive, localRunner, type Runner } from '../../simulation/engine/drive.js';
import { schedulerFor } from '../../simulation/engine/policy.js';
import { conduct, DEFAULT_REQUESTS, type SimulationOptions } from '../../simulation/run/experiment.js';
import { balancingOf, drawnProfile, simulationOptionsOf } from './question.js';
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
  const balancing = balancingOf(values, profile.server.replicas);
  const options: SimulationOptions = { ...simulationOptionsOf(values), ...(balancing && { balancing }) };
  const runner = await runnerFor(values, host);
  const ignore = watch.onInterrupt(() => runner.stop());
  const asked = values.accept === 'even' ? evenly(facility) : facility;
  try {
    const found = await drive(
      conduct(asked, profile.workload, predictMeans(asked, profile.workload), options),
      runner,
      watch.progress,
    );
    return resultOf(profile, predict, found.prediction, {
      seed: options.seed ?? 1,
      replications: found.replications,
      requests: found.requests,
      warmupRequests: found.warmup,
      processShares: found.shares,
      histogramRelativeError: HISTOGRAM_RELATIVE_ERROR,
      interrupted: found.interrupted,
      trace: null,
      replicas: balancing?.replicas ?? 1,
      balancer: balancing?.balancer ?? null,
      balancers: balancing?.balancers ?? null,
      cpuOrder: cpuOrderOf(profile.workload),
      scheduler: values.scheduler ?? schedulerFor(profile.workload.overheadMs),
    });
  } finally {
    ignore();
    await runner.close();
  }
}

async function runnerFor(values: Values, host: Host): Promise<Runner> {
  const long = values.precision !== undefined || (values.requests ?? DEFAULT_REQUESTS) >= WORTH_THREADS;
  const threaded = long ? await (await import('./worker-threads.js')).builtRunner(host) : null;
  return threaded ?? localRunner(() => host.sleep(0));
}
