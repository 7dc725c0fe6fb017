import { predict } from '../../../../model/predict.js';
import type { Prediction, Workload } from '../../../../model/types.js';
import type { CurvePoint, Drawing } from '../../../../plan/drawing.js';
import { fitsMemory, memoryUsedMiB } from '../../../../plan/memory.js';
import { type Candidate, facilityAt, inFlightPerWorker } from '../../../../plan/search/candidate.js';
import { latencyCurve } from '../../../../plan/search/curve.js';
import { judge } from '../../../../plan/search/judge.js';
import type { Objective } from '../../../../profile/types.js';

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
  /** The sentence that sums up, and whether it is good news. */
  readonly verdict: string;
  readonly good: boolean;
}

/** The drawn configuration with the sliders' sizes. Where its processes share one queue, they still do. */
function candidateAt({ candidate }: Drawing, { workers, threads }: Sliders): Candidate {
  const shares = candidate.kind.sharesByLimit && candidate.workerConnections === candidate.threads;
  return {
    ...candidate,
    workers,
    threads,
    workerConnections: shares ? threads : candidate.workerConnections,
  };
}

const workloadAt = ({ workload }: Drawing, ratePerSecond: number): Workload => ({
  ...workload,
  ratePerSecond,
});

/** The command's own model, asked again. */
export function outcome(drawing: Drawing, sliders: Sliders): Outcome {
  const candidate = candidateAt(drawing, sliders);
  const memory = { ...drawing.memory, memoryMiB: sliders.memoryMiB };
  const inFlight = inFlightAt(drawing, candidate, sliders.ratePerSecond);
  const prediction = predict(
    facilityAt({ ...drawing, candidate }),
    workloadAt(drawing, sliders.ratePerSecond),
  );
  const fits = fitsMemory(memory, sliders.workers, inFlight);
  return {
    prediction,
    memoryMiB: memoryUsedMiB(memory, sliders.workers, inFlight),
    fits,
    ...verdictOf(drawing.objective, prediction, sliders.ratePerSecond, fits),
  };
}

/** Requests that a worker holds memory for at once; where no rate was given the plan does not count by one either. */
function inFlightAt({ demand, busySlots }: Drawing, candidate: Candidate, ratePerSecond: number): number {
  const load = demand.load === null ? null : (ratePerSecond * demand.serviceMs) / 1000;
  return inFlightPerWorker({ demand: { ...demand, load }, busySlots }, candidate);
}

function verdictOf(
  objective: Objective,
  prediction: Prediction,
  ratePerSecond: number,
  fits: boolean | null,
): Pick<Outcome, 'good' | 'verdict'> {
  if (prediction.stable === false) return { good: false, verdict: 'Overload: waiting grows without end.' };
  if (fits === false) return { good: false, verdict: 'Does not fit into memory.' };
  const isAsked = !objective.assumed && (objective.limits.length > 0 || objective.maxUtilization !== null);
  if (!isAsked) return { good: true, verdict: 'Keeps up with the rate.' };
  const { met, missed } = judge(prediction, objective, ratePerSecond);
  const names = missed.map((name) => (name === 'utilization' ? 'the ceiling on utilisation' : name));
  return { good: met, verdict: met ? 'Meets the objective.' : `Misses ${names.join(' and ')}.` };
}

export function curveAt(
  drawing: Drawing,
  sliders: Sliders,
  capacityPerSecond: number,
): readonly CurvePoint[] {
  return latencyCurve(
    facilityAt({ ...drawing, candidate: candidateAt(drawing, sliders) }),
    drawing.workload,
    capacityPerSecond,
    predict,
  );
}
