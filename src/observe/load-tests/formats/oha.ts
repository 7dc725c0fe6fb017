import { isData } from '../../data.js';
import { numberAt, scaled, share, throughput } from '../reading/data.js';
import type { DocumentFormat } from './format.js';

/** The JSON of oha; times in s. It does not tell its connections, which are taken from those in flight. */
export const oha: DocumentFormat = {
  kind: 'document',
  name: 'oha',
  recognises: (data) =>
    isData(data.summary) && 'requestsPerSec' in data.summary && isData(data.latencyPercentiles),
  read(data, place) {
    const time = (...path: readonly string[]): number | null => scaled(numberAt(data, ...path), 1e3);
    const rate = throughput(numberAt(data, 'summary', 'requestsPerSec'), place, 'requestsPerSec');
    const seconds = numberAt(data, 'summary', 'total');
    const meanMs = time('summary', 'average');
    const counts = (name: string): [string, number][] =>
      Object.entries(isData(data[name]) ? data[name] : {}).map(([key]) => [
        key,
        numberAt(data, name, key) ?? 0,
      ]);
    // What the end of the test cuts off has not failed.
    const errors = counts('errorDistribution').filter(([key]) => !key.includes('deadline'));
    const answered = counts('statusCodeDistribution');
    const sum = (pairs: readonly [string, number][]): number =>
      pairs.reduce((total, [, count]) => total + count, 0);
    const bad = sum(errors) + sum(answered.filter(([code]) => Number(code) >= 400));
    const requests = sum(errors) + sum(answered) || null;
    return [
      {
        source: place.file,
        tool: 'oha',
        loop: 'closed',
        users: meanMs === null ? null : Math.max(1, Math.round((rate * meanMs) / 1000)),
        offeredPerSecond: null,
        seconds,
        requests,
        throughputPerSecond: rate,
        errorShare: share(bad, requests),
        times: {
          meanMs,
          p50Ms: time('latencyPercentiles', 'p50'),
          p90Ms: time('latencyPercentiles', 'p90'),
          p95Ms: time('latencyPercentiles', 'p95'),
          p99Ms: time('latencyPercentiles', 'p99'),
          maxMs: time('summary', 'slowest'),
        },
        notes: ['oha does not tell its connections: taken from the requests in flight, as without -q'],
      },
    ];
  },
};
