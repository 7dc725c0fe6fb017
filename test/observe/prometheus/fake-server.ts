import type { HttpAnswer } from '../../../src/host/host.js';

/** An answer of Prometheus's API that holds these results. */
export const answered = (result: readonly unknown[], resultType = 'matrix'): HttpAnswer => ({
  status: 200,
  location: null,
  text: JSON.stringify({ status: 'success', data: { resultType, result } }),
});

/** What a question asks: the query, and its times in seconds. */
export interface Question {
  readonly path: string;
  readonly query: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A question out of its address. */
export function questionOf(url: string): Question {
  const { pathname, searchParams } = new URL(url);
  const number = (name: string) => Number(searchParams.get(name));
  return {
    path: pathname,
    query: searchParams.get('query') ?? '',
    start: number('start'),
    end: number('end'),
    step: number('step'),
  };
}

type Metric = Readonly<Record<string, string>>;

/** A series at every step of a question, or at its one time. */
function seriesFor(
  { path, start, end, step }: Question,
  metric: Metric,
  value: (second: number) => number | string,
): unknown {
  if (path.endsWith('/query')) return { metric, value: [end || 0, String(value(end || 0))] };
  const values: [number, string][] = [];
  for (let second = start; second <= end + 1e-9; second += step) values.push([second, String(value(second))]);
  return { metric, values };
}

const ENDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** A Prometheus that watches one job `web` of some pods, whose requests come at a rate and take an exponential time. */
export function watchesWeb(rateAt: (second: number) => number, pods = 2): (url: string) => HttpAnswer {
  const mean = 0.08;
  const base = 'http_request_duration_seconds';
  return (url) => {
    const question = questionOf(url);
    const { query } = question;
    const of = (metric: Metric, value: (second: number) => number | string) =>
      seriesFor(question, metric, value);
    if (query.startsWith('count by (__name__, job)'))
      return answered(
        [
          `${base}_bucket`,
          `${base}_count`,
          `${base}_sum`,
          'process_cpu_seconds_total',
          'process_resident_memory_bytes',
        ].map((__name__) => of({ __name__, job: 'web' }, () => 1)),
        'vector',
      );
    if (query.includes('count_over_time'))
      return answered([of({}, () => (query.includes('[60s]') ? 4 : 1))], 'vector');
    const each = (value: (second: number) => number) =>
      Array.from({ length: pods }, (_, n) => of({ job: 'web', pod: `web-${n}` }, value));
    if (query.includes(`${base}_bucket`))
      return answered(
        [...ENDS, Number.POSITIVE_INFINITY].map((end) =>
          of(
            { le: Number.isFinite(end) ? String(end) : '+Inf' },
            (second) => pods * rateAt(second) * (1 - Math.exp(-end / mean)),
          ),
        ),
      );
    if (query.includes(`${base}_sum`)) return answered([of({}, (second) => pods * rateAt(second) * mean)]);
    if (query.includes(`${base}_count`)) return answered(each(rateAt));
    if (query.includes('process_cpu')) return answered([of({}, (second) => pods * rateAt(second) * 0.02)]);
    if (query.includes('process_resident')) return answered(each(() => 150 * 1024 * 1024));
    return answered([]);
  };
}
