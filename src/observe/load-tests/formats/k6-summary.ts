import { SourceError } from '../../../host/errors.js';
import { type Data, isData } from '../../data.js';
import { at, numberAt, throughput } from '../reading/data.js';
import type { LoadStep } from '../step.js';
import type { DocumentFormat } from './format.js';

/** The summary of k6 at the end of a test: `--summary-export`, `handleSummary`, and the newer one with a list of metrics. */
export const k6Summary: DocumentFormat = {
  kind: 'document',
  name: 'k6 summary',
  recognises: (data) =>
    metricsOf(data)?.has('http_req_duration') === true || metricsOf(data)?.has('vus') === true,
  read(data, place) {
    const metrics = metricsOf(data)!;
    const of = (metric: string, ...names: readonly string[]): number | null =>
      names.map((name) => numberAt(metrics.get(metric), name)).find((value) => value !== null) ?? null;
    if (!metrics.has('http_req_duration'))
      throw new SourceError(
        `${place.file}: the k6 summary has no http_req_duration: the test sent no HTTP requests`,
      );
    const isOpen = place.generator ? place.generator === 'open' : arrivalRate(data, metrics);
    const time = (...names: readonly string[]): number | null => of('http_req_duration', ...names);
    const count = of('http_reqs', 'count');
    const rate = throughput(of('http_reqs', 'rate'), place, 'http_reqs');
    const users = usersOf(of);
    const step: LoadStep = {
      source: place.file,
      tool: 'k6',
      loop: isOpen ? 'open' : 'closed',
      users: isOpen || users === null ? null : users.changed ? null : users.most,
      offeredPerSecond: null,
      seconds: count === null ? null : count / rate,
      requests: count,
      throughputPerSecond: rate,
      errorShare: of('http_req_failed', 'rate', 'value'),
      times: {
        meanMs: time('avg'),
        p50Ms: time('med', 'p(50)', 'p50'),
        p90Ms: time('p(90)', 'p90'),
        p95Ms: time('p(95)', 'p95'),
        p99Ms: time('p(99)', 'p99'),
        maxMs: time('max'),
      },
      notes: [
        ...(isOpen ? droppedNote(of('dropped_iterations', 'count')) : []),
        ...(!isOpen && users?.changed
          ? [
              `the users changed during the test (${users.most} at most), and these are figures of all of it; k6 run --out json=FILE tells its steps apart`,
            ]
          : []),
      ],
    };
    return [step];
  },
};

type Get = (metric: string, ...names: readonly string[]) => number | null;

/** Mean users below this part of the most say that there was a ramp; some are always lost to its first and last second. */
const STEADY = 0.9;

/** The most users, and whether they changed: by their least number, or by those busy with iterations on average. */
function usersOf(of: Get): { readonly most: number; readonly changed: boolean } | null {
  const most = of('vus', 'max') ?? of('vus_max', 'max', 'value');
  if (most === null || most === 0) return null;
  const [rate, durationMs] = [of('iterations', 'rate'), of('iteration_duration', 'avg')];
  const mean = rate !== null && durationMs !== null ? (rate * durationMs) / 1000 : of('vus', 'min');
  return { most, changed: mean !== null && mean < STEADY * most };
}

/** The values of each metric, wherever this version of k6 puts them. */
function metricsOf(data: Data): ReadonlyMap<string, Data> | null {
  const list = at(data, 'results', 'metrics');
  const pairs: [string, unknown][] = Array.isArray(list)
    ? list.filter(isData).map((metric) => [String(metric.name), metric])
    : Object.entries(isData(data.metrics) ? data.metrics : {});
  const found = new Map<string, Data>();
  for (const [name, metric] of pairs) {
    if (!isData(metric)) continue;
    found.set(name, isData(metric.values) ? metric.values : metric);
  }
  return found.size > 0 ? found : null;
}

/** Only executors with an arrival rate drop iterations or keep users in reserve. */
function arrivalRate(data: Data, metrics: ReadonlyMap<string, Data>): boolean {
  if (metrics.has('dropped_iterations')) return true;
  if (/"executor":"(constant|ramping)-arrival-rate"/.test(JSON.stringify(data))) return true;
  const [used, allocated] = [numberAt(metrics.get('vus'), 'max'), numberAt(metrics.get('vus_max'), 'max')];
  return used !== null && allocated !== null && used < allocated;
}

const droppedNote = (dropped: number | null): string[] =>
  dropped
    ? [`k6 dropped ${dropped} iterations for want of users, so that fewer requests were sent than asked for`]
    : [];
