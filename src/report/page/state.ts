import { predict } from '../../model/predict.js';
import type { Prediction, System, Workload } from '../../model/types.js';
import { type CurvePoint, type Drawing, latencyCurve } from '../../plan/curve.js';
import { fitsMemory, memoryUsedMiB } from '../../plan/memory.js';

/** What the sliders say. */
export interface Sliders {
  readonly ratePerSecond: number;
  readonly workers: number;
  readonly threads: number;
  readonly memoryMiB: number | null;
}

export interface Outcome {
  readonly prediction: Prediction;
  readonly memoryMiB: number | null;
  readonly fits: boolean | null;
}

/** The drawn configuration with the sliders' sizes. Where its processes share one queue, they still do. */
function systemAt({ system }: Drawing, { workers, threads }: Sliders): System {
  const shares = system.workerClass === 'gthread' && system.workerConnections === system.threads;
  return { ...system, workers, threads, workerConnections: shares ? threads : system.workerConnections };
}

const workloadAt = ({ workload }: Drawing, ratePerSecond: number): Workload => ({
  ...workload,
  ratePerSecond,
});

/** The command's own model, asked again. */
export function outcome(drawing: Drawing, sliders: Sliders): Outcome {
  const memory = { ...drawing.memory, memoryMiB: sliders.memoryMiB };
  const inFlight = drawing.system.workerClass === 'gthread' ? sliders.threads : 1;
  return {
    prediction: predict(systemAt(drawing, sliders), workloadAt(drawing, sliders.ratePerSecond)),
    memoryMiB: memoryUsedMiB(memory, sliders.workers, inFlight),
    fits: fitsMemory(memory, sliders.workers, inFlight),
  };
}

export function curveAt(
  drawing: Drawing,
  sliders: Sliders,
  capacityPerSecond: number,
): readonly CurvePoint[] {
  return latencyCurve(systemAt(drawing, sliders), drawing.workload, capacityPerSecond, predict);
}
