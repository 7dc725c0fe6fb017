import { UsageError } from '../../host/errors.js';
import type { Origins } from '../../input/learnt.js';
import type { Values } from '../../input/options.js';
import { predict } from '../../model/predict.js';
import type { Prediction } from '../../model/types.js';
import type { CompareResult, Comparison, DurationSummary, FitResult } from '../../observe/logs/fit-result.js';
import { fittedValues, learntLaws } from '../../observe/logs/values.js';
import { asTyped } from '../../observe/values.js';
import { resolveProfile } from '../../profile/resolve.js';
import { givenFacility } from '../simulate/result.js';

/**
 * The model's prediction for the running configuration at the log's mean rate, beside what the log shows. What the user
 * typed of the request's times wins over what was learnt. Throws a UsageError where configuration or cores are not given.
 */
export function compareWithLog(result: FitResult, values: Values, origins: Origins): CompareResult {
  const rate = result.arrivals?.meanPerSecond ?? null;
  if (values.workers === undefined)
    throw new UsageError(
      '--compare: give the running configuration with --workers, and --threads and --worker-class',
    );
  if (rate === null)
    throw new UsageError(
      '--compare: the log has no time stamps, so its rate is not known; give one that has them',
    );
  if (result.service === null)
    throw new UsageError('--compare: the log tells no durations; give one that does');
  const learnt = asTyped(fittedValues(result), 'profile');
  const profile = resolveProfile(
    { ...values, rate },
    { ...origins, rate: { source: 'profile', where: 'mean rate of the log' } },
    { ...learnt, laws: learntLaws(result) },
  );
  const prediction = predict(givenFacility(profile, predict), profile.workload);
  return {
    prediction,
    rows: [...timeRows(result, result.service, prediction, rate), utilizationRow(result, prediction)],
    notes: notesOf(result, values, prediction.stable),
  };
}

const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const;

/**
 * A proxy's log is compared as a whole. One that leaves waiting out tells the mean time in service, which by Little's law is
 * the busy slots over the rate; the response times stand beside it, without anything in the log to hold them against.
 */
function timeRows(
  { log, current }: FitResult,
  service: DurationSummary,
  prediction: Prediction,
  rate: number,
): Comparison[] {
  const observed = log.basis === 'response' ? service : null;
  const busy = prediction.utilization?.slots;
  const inService = busy != null && current ? (1000 * busy * current.slots) / rate : null;
  return [
    ...(observed ? [] : [row('mean in service', inService, service.meanMs)]),
    row('mean response', prediction.meanMs, observed?.meanMs ?? null),
    ...PERCENTILES.map((p) => row(`${p} response`, prediction[`${p}Ms`], observed?.[`${p}Ms`] ?? null)),
  ];
}

const utilizationRow = ({ current }: FitResult, { utilization }: Prediction): Comparison =>
  row('slot utilisation', utilization?.slots ?? null, current?.utilization ?? null);

const row = (quantity: string, predicted: number | null, observed: number | null): Comparison => ({
  quantity,
  predicted,
  observed,
  error: predicted === null || observed === null || observed === 0 ? null : predicted / observed - 1,
});

const TIMES: readonly (keyof Values)[] = ['serviceTime', 'cpuTime', 'ioTime'];

function notesOf(result: FitResult, values: Values, stable: boolean | null): string[] {
  const notes: string[] = [];
  const typed = TIMES.some((name) => values[name] !== undefined);
  if (stable === false)
    notes.push('the model calls this configuration overloaded at the mean rate of the log');
  if (result.log.basis === 'service')
    notes.push('response times include waiting for a worker, which this log leaves out');
  else if (!typed)
    notes.push(
      "the log's times include waiting, so that a prediction from them counts it twice; give --service-time, or --cpu-time and --io-time, as measured without load",
    );
  if (result.ioRatio === null && values.ioRatio === undefined && values.cpuTime === undefined)
    notes.push('the I/O ratio is not in the log and taken as 50%; give --io-ratio');
  const burst = result.arrivals?.indexOfDispersion.at(-1);
  if (burst && burst.value > 3)
    notes.push(
      `arrivals are burstier than the model's (index of dispersion ${burst.value.toPrecision(2)} over ${burst.windowSeconds} s), which makes real times longer`,
    );
  return notes;
}
