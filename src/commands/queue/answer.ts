import { UsageError } from '../../host/errors.js';
import { lawDurations } from '../../math/laws/distribution.js';
import { leastWhole, NoneFulfils } from '../../math/numeric/roots.js';
import type { Durations, QueueResult } from '../../math/queues/result.js';
import type { Model } from './model.js';
import type { Question } from './question.js';

const PERCENTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, 'p99.9': 0.999 } as const;
export type Percentiles = Readonly<Record<keyof typeof PERCENTILES, number | null>>;

/** The answer of `wcalc queue` for an open or finite-source model: the JSON of the contract. */
export interface QueueAnswer {
  readonly model: string;
  readonly servers: number;
  readonly offeredLoad: number;
  readonly utilization: number;
  readonly stable: boolean;
  readonly waitProbability: number | null;
  readonly blockingProbability: number;
  readonly throughputPerSecond: number;
  readonly meanWaitMs: number | null;
  readonly meanSojournMs: number | null;
  readonly meanQueueLength: number | null;
  readonly meanInSystem: number | null;
  readonly waitMs: Percentiles;
  readonly sojournMs: Percentiles;
  readonly exact: boolean;
  readonly method: string;
  readonly errorBand?: string;
  readonly notes?: readonly string[];
}

export function answer(question: Question): QueueAnswer {
  const { model, targets } = question;
  const servers = question.servers ?? fewestServers(question);
  const result = model.evaluate({ ...question.inputs, servers });
  const missed = targets.filter((target) => !target.keeps(result)).map(({ text }) => text);
  const notes = [
    ...question.assumed,
    ...(result.stable ? [] : [unstable(model, result)]),
    ...(result.stable && missed.length > 0 ? [`does not keep ${missed.join(', ')}`] : []),
  ];
  return { ...inMilliseconds(model, result), ...(notes.length > 0 && { notes }) };
}

function fewestServers({ model, inputs, targets }: Question): number {
  const service = lawDurations(inputs.service);
  const hopeless = targets.find((target) => target.outOfReach(service));
  if (hopeless)
    throw new UsageError(
      `--slo: no number of servers gives ${hopeless.text}, because the service time alone takes longer`,
    );
  const alone = model.evaluate({ ...inputs, servers: 1 });
  // What refuses arrivals, or has few customers, is stable with any number of servers.
  const least = alone.stable ? 1 : Math.floor(alone.offeredLoad) + 1;
  const guess = least + Math.sqrt(least) / 2;
  const enough = (servers: number) => {
    const result = model.evaluate({ ...inputs, servers });
    return targets.every((target) => target.keeps(result));
  };
  const most = Math.min(model.mostServers, model.needs.includes('capacity') ? inputs.capacity : Infinity);
  try {
    if (least > most) throw new NoneFulfils();
    return leastWhole(enough, least, guess, most);
  } catch (error) {
    if (!(error instanceof NoneFulfils)) throw error;
    const asked = targets.map(({ text }) => text).join(', ');
    throw new UsageError(`--slo: no number of servers up to ${most.toLocaleString('en')} gives ${asked}`);
  }
}

function unstable({ servers: fixed }: Model, { offeredLoad, servers, throughput }: QueueResult): string {
  const load = Number(offeredLoad.toPrecision(6));
  const cure =
    fixed === undefined
      ? `${Math.floor(offeredLoad) + 1} are needed at least`
      : `the rate must stay below ${Number(throughput.toPrecision(6))}/s`;
  return `unstable: ${servers} ${servers === 1 ? 'server' : 'servers'} cannot keep up with ${load} ${load === 1 ? 'erlang' : 'erlangs'}, so the queue grows without end; ${cure}`;
}

function inMilliseconds(model: Model, result: QueueResult): QueueAnswer {
  return {
    model: model.name,
    servers: result.servers,
    offeredLoad: result.offeredLoad,
    utilization: result.utilization,
    stable: result.stable,
    waitProbability: result.waitProbability,
    blockingProbability: result.blockingProbability,
    throughputPerSecond: result.throughput,
    meanWaitMs: result.wait && result.wait.mean * 1000,
    meanSojournMs: result.sojourn && result.sojourn.mean * 1000,
    meanQueueLength: result.meanQueueLength,
    meanInSystem: result.meanInSystem,
    waitMs: percentiles(result.wait, model.percentileDigits),
    sojournMs: percentiles(result.sojourn, model.percentileDigits),
    exact: result.exact,
    method: result.route,
    ...(result.errorBand !== undefined && { errorBand: result.errorBand }),
  };
}

function percentiles(times: Durations | null, digits: number | undefined): Percentiles {
  const said = (ms: number): number => (digits === undefined ? ms : Number(ms.toPrecision(digits)));
  const entries = Object.entries(PERCENTILES).map(([name, p]) => [
    name,
    times && said(times.percentile(p) * 1000),
  ]);
  return Object.fromEntries(entries) as Percentiles;
}
