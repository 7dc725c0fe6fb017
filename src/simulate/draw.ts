import type { Host } from '../host.js';
import { predict } from '../model/predict.js';
import type { Values } from '../parse/options.js';
import type { LearntValues, Origins } from '../profile/types.js';
import { conduct, DEFAULT_REQUESTS } from '../simulation/conduct.js';
import { drive, localRunner, type Runner } from '../simulation/drive.js';
import { HISTOGRAM_RELATIVE_ERROR } from '../simulation/histogram.js';
import { drawnProfile, simulationOptionsOf } from './question.js';
import { givenSystem, resultOf, type SimulateResult } from './result.js';

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
  const system = givenSystem(profile, predict);
  const options = simulationOptionsOf(values);
  const runner = await runnerFor(values, host);
  const ignore = watch.onInterrupt(() => runner.stop());
  try {
    const course = conduct(system, profile.workload, predict(system, profile.workload), options);
    const { prediction, ...found } = await drive(course, runner, watch.progress);
    return resultOf(profile, predict, prediction, {
      seed: options.seed ?? 1,
      replications: found.replications,
      requests: found.requests,
      warmupRequests: found.warmup,
      processShares: found.shares,
      histogramRelativeError: HISTOGRAM_RELATIVE_ERROR,
      interrupted: found.interrupted,
      trace: null,
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
