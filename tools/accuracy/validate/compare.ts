import type { Facility } from '../../../src/model/discipline.js';
import { evenly, predict } from '../../../src/model/predict.js';
import type { Prediction } from '../../../src/model/types.js';
import type { Physics } from '../../../src/simulation/engine/policy.js';
import { Replay } from '../../../src/simulation/engine/replay.js';
import { simulate } from '../../../src/simulation/index.js';
import { type Case, facilityOfCase, processesOf, traceOf, workloadOf } from './measured.js';

export type Metric = 'mean' | 'p95' | 'p99';
export const METRICS: readonly Metric[] = ['mean', 'p95', 'p99'];
export const TIMES = ['meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const;
const FIELD = { mean: 'meanMs', p95: 'p95Ms', p99: 'p99Ms' } as const;

/** A value beside the measured one, ms; null where a model has no answer. */
export interface Pair {
  readonly measured: number;
  readonly found: number | null;
}

export interface Comparison extends Found {
  /** The same, did the processes share the arrivals evenly; null where it does not matter. */
  readonly even: Readonly<Record<Metric, Pair>> | null;
  /** The same, where each request goes to the process that really took it; null where it does not matter. */
  readonly assigned: Readonly<Record<Metric, Pair>> | null;
  /** As simulated, or assigned where it is, but with cores that are shared without loss; null on one CPU. */
  readonly ideal: Readonly<Record<Metric, Pair>> | null;
}

/** What simulator and model find of a case. */
export interface Found {
  readonly measured: Case;
  /** The measured requests replayed, beside what was measured. */
  readonly simulated: Readonly<Record<Metric, Pair>>;
  /** The analytic model, beside what was measured less its sampling error. */
  readonly analytic: Readonly<Record<Metric, Pair>>;
  readonly method: string;
  /** Relative errors of the analytic model, overload counting as an error of all. */
  readonly times: Readonly<Record<(typeof TIMES)[number], number>>;
}

/** Neither noisy nor split unevenly over private queues: what no even split predicts is shown, not counted. */
export const counts = ({ measured }: Pick<Comparison, 'measured'>): boolean =>
  !measured.noisy && !measured.skewed;

export const errorOf = ({ measured, found }: Pair): number | null =>
  found === null ? null : found / measured - 1;

/** A case as it is found, without the other ways to split the arrivals and to share the cores. */
export async function found(directory: string, measured: Case): Promise<Found> {
  const analytic = predict(facilityOfCase(measured), workloadOf(measured));
  const trace = await replayed(directory, measured);
  const long =
    measured.long_mean === undefined
      ? inTheLongRun(measured, trace)
      : { mean: measured.long_mean, p95: measured.long_p95, p99: measured.long_p99 };
  return {
    measured,
    simulated: beside(trace, (metric) => measured[metric]),
    analytic: beside(analytic, (metric) => long[metric] ?? measured[metric]),
    method: analytic.method,
    times: timesOff(analytic, measured, long),
  };
}

export async function compare(directory: string, measured: Case): Promise<Comparison> {
  const assignment = (): Physics => ({ assignment: { processes: processesOf(directory, measured.id) } });
  const splits = measured.class === 'gthread' && measured.workers > 1 && measured.connections === undefined;
  return {
    ...(await found(directory, measured)),
    even: splits
      ? beside(await replayed(directory, measured, {}, evenly), (metric) => measured[metric])
      : null,
    assigned: splits
      ? beside(await replayed(directory, measured, assignment()), (metric) => measured[metric])
      : null,
    ideal:
      measured.cores === 1
        ? null
        : beside(
            await replayed(directory, measured, { ...(splits ? assignment() : {}), scheduler: 'ideal' }),
            (metric) => measured[metric],
          ),
  };
}

/** What was measured, less the sampling error of so short a run: times simulated long run ÷ simulated trace. */
function inTheLongRun(measured: Case, trace: Prediction): Partial<Record<Metric, number>> {
  const options = { requests: 1_000_000, physics: physicsOf(measured) };
  const { prediction } = simulate(facilityOfCase(measured), workloadOf(measured), options);
  return Object.fromEntries(
    METRICS.flatMap((metric) => {
      const [many, few] = [prediction[FIELD[metric]], trace[FIELD[metric]]];
      return many === null || few === null ? [] : [[metric, (measured[metric] * many) / few]];
    }),
  );
}

function timesOff(
  prediction: Prediction,
  { mean, p50, p90, p95, p99 }: Case,
  long: Readonly<Partial<Record<Metric, number | undefined>>>,
): Comparison['times'] {
  const truth = {
    meanMs: long.mean ?? mean,
    p50Ms: p50,
    p90Ms: p90,
    p95Ms: long.p95 ?? p95,
    p99Ms: long.p99 ?? p99,
  };
  const errors = TIMES.map((key) => [key, (prediction[key] ?? 0) / truth[key] - 1]);
  return Object.fromEntries(errors) as Comparison['times'];
}

function beside(prediction: Prediction, measured: (metric: Metric) => number): Record<Metric, Pair> {
  const pair = (metric: Metric): Pair => ({ measured: measured(metric), found: prediction[FIELD[metric]] });
  return { mean: pair('mean'), p95: pair('p95'), p99: pair('p99') };
}

/** Processes that are kept to a CPU each do not wait for one while another is idle. */
const physicsOf = ({ pinned }: Case): Physics => ({
  ...(pinned ? { scheduler: 'ideal' } : {}),
});

async function replayed(
  directory: string,
  measured: Case,
  more: Physics = {},
  as: (facility: Facility) => Facility = (facility) => facility,
): Promise<Prediction> {
  const { ioCalls, overheadMs, cpuOrder = 'before-waits' } = workloadOf(measured);
  const physics = { ...physicsOf(measured), ...more };
  const replay = new Replay(as(facilityOfCase(measured)), {
    ioCalls,
    overheadMs,
    cpuOrder,
    seed: 1,
    physics,
  });
  for await (const piece of traceOf(directory, measured.id)) {
    replay.add(piece);
    replay.work();
  }
  replay.end();
  replay.work();
  return replay.prediction(null, 1);
}
