import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { runBatch } from '../../input/batch/batch.js';
import type { Invocation } from '../../input/command.js';
import type { Prediction } from '../../model/types.js';
import { prepareDelivery } from '../../output/deliver.js';
import { progressBar } from '../../output/progress.js';
import { notice } from '../../text/notice.js';
import { percent } from '../../text/sentences.js';
import type { Watch } from './draw.js';
import { SIMULATE_FORMATS } from './formats/formats.js';
import type { SimulateResult } from './result.js';

/** `wcalc simulate`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { values } = invocation;
  if (values.batch !== undefined) {
    const unwatched: Watch = { progress: () => {}, onInterrupt: () => () => {} };
    return runBatch(invocation, host, (question) => answer(question, host, unwatched));
  }
  const delivery = prepareDelivery(SIMULATE_FORMATS, values, host);
  const bar = await progressBar(host, 'simulating', values.quiet ?? false);
  const watch: Watch = {
    progress: (share) => bar.update(share),
    onInterrupt: (listener) => host.onInterrupt(listener),
  };
  const result = await answer(invocation, host, watch).finally(() => bar.stop());
  await delivery.write(result);
  if (!values.quiet)
    for (const note of notesOf(result, delivery.format, values.precision)) host.stderr.write(notice(note));
  return EXIT.done;
}

async function answer(
  { values, origins, learnt }: Invocation,
  host: Host,
  watch: Watch,
): Promise<SimulateResult> {
  if (values.trace !== undefined) {
    const { simulateTrace } = await import('./replay-trace.js');
    const known = { ...learnt?.values, ...values };
    return simulateTrace(values.trace, known, { ...learnt?.origins, ...origins }, host, watch);
  }
  const { simulateDrawn } = await import('./draw.js');
  return simulateDrawn(values, origins, host, watch, learnt);
}

function notesOf(
  { simulation, warnings, given }: SimulateResult,
  format: string,
  precision: number | undefined,
): string[] {
  const { interrupted, requests } = simulation;
  const stopped = interrupted
    ? [`note: stopped early; the result covers the ${requests} requests simulated until then`]
    : [];
  const missed =
    precision === undefined || interrupted || !given ? [] : notReached(given.prediction, precision, requests);
  const warned = format === 'json' || format === 'yaml' ? [] : warnings;
  return [...stopped, ...missed, ...warned.map(({ code, message }) => `warning: ${message} (${code})`)];
}

/** Where the requests that were allowed did not do for the precision asked for. */
function notReached(prediction: Prediction, precision: number, requests: number): string[] {
  const { ci95 = {}, meanMs, p95Ms } = prediction;
  if (meanMs === null || p95Ms === null || ci95.meanMs === undefined || ci95.p95Ms === undefined) return [];
  const [mean, p95] = [ci95.meanMs / meanMs, ci95.p95Ms / p95Ms];
  if (Math.max(mean, p95) <= precision) return [];
  return [
    `note: --precision ${percent(precision)} was not reached with ${requests} requests: mean ±${percent(mean)}, p95 ±${percent(p95)}; --requests allows more`,
  ];
}
