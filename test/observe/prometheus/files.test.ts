import { describe, expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';
import { metricsText } from './exporter.js';

const SERVICE = { perSecond: 1, meanSeconds: 0.08, cpuSeconds: 0.02, memoryBytes: 150 * 1024 * 1024 };

async function learn(files: Readonly<Record<string, string>>, ...more: readonly string[]) {
  const made = madeUpHost(['fit', '--prometheus', ...Object.keys(files), '--json', ...more], { files });
  const code = await run(made.host);
  return { code, found: made.out() === '' ? null : JSON.parse(made.out()), err: made.err() };
}

/** The samples of a counter as answers of query_range hold them. */
const matrix = (...result: readonly unknown[]): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
const counter = (name: string, labels: object, values: readonly (number | string)[], step = 60) => ({
  metric: { __name__: name, ...labels },
  values: values.map((value, n) => [1_700_000_000 + n * step, String(value)]),
});

describe('one look at /metrics', () => {
  test('tells durations, CPU time and memory since the process began, and no rate', async () => {
    const { found, err } = await learn({ 'a.txt': metricsText(SERVICE, 10_000) });
    expect(err).toBe('');
    expect(found.rate).toBeNull();
    expect(found.requests).toBe(10_000);
    expect(found.durations.meanMs).toBeCloseTo(80);
    expect(found.durations.cv.value).toBeCloseTo(1, 1);
    expect(found.cpuMs).toBeCloseTo(20);
    expect(found.ioRatio).toBeCloseTo(0.75);
    expect(found.memory.largestMiB).toBe(150);
    expect(found.unknowns[0].what).toContain('the rate, of which one look says nothing');
  });

  test('of several processes adds up; a second look at the same one is refused', async () => {
    const { found } = await learn({
      'a.txt': metricsText(SERVICE, 1000),
      'b.txt': metricsText(SERVICE, 3000, 1_700_000_001),
    });
    expect(found).toMatchObject({ requests: 4000, processes: 2 });
    const again = await learn({ 'a.txt': metricsText(SERVICE, 1000), 'b.txt': metricsText(SERVICE, 3000) });
    expect(again.code).toBe(3);
    expect(again.err).toContain('b.txt: is a second look at the process of a.txt');
  });

  test('of a proxy tells response times, and nothing of the CPU time or memory of the application', async () => {
    const name = 'nginx_ingress_controller_request_duration_seconds';
    const text = metricsText(SERVICE, 1000).replaceAll('http_request_duration_highr_seconds', name);
    const { found } = await learn({ 'a.txt': text });
    expect(found).toMatchObject({ basis: 'response', cpuMs: null, ioRatio: null, memory: null });
  });

  test('of a summary tells the mean alone', async () => {
    const { found } = await learn({
      'a.txt': [
        'gunicorn_requests 500',
        'gunicorn_request_duration{quantile="0.5"} NaN',
        'gunicorn_request_duration_sum 40',
        'gunicorn_request_duration_count 500',
        '',
      ].join('\n'),
    });
    expect(found.durations).toMatchObject({ meanMs: 80, cv: null, quantiles: null });
  });

  test('reads OpenMetrics, exemplars, quoted names, escapes and other metrics without taking them for anything', async () => {
    const { found, err } = await learn({
      'a.txt': [
        '# TYPE http_request_duration_seconds histogram',
        '# UNIT http_request_duration_seconds seconds',
        'http_request_duration_seconds_bucket{handler="/a\\"}b\\\\",le="0.1"} 6 # {trace="x}"} 0.05 1700000000.5',
        '{"http_request_duration_seconds_bucket",handler="/a\\"}b\\\\",le="+Inf"} 1e1',
        'http_request_duration_seconds_count {handler="/ä"}  10',
        'http_request_duration_seconds_sum{handler="/ä"} 0.9',
        'http_request_duration_seconds_created 1.7e9',
        'other_metric{x="1"} +Inf',
        '# EOF',
      ].join('\n'),
    });
    expect(err).toBe('');
    expect(found.notes.join()).toContain('40% of the requests took longer than the last bucket');
    expect(found.durations).toMatchObject({ count: 10, shareAboveLast: 0.4 });
    expect(found.durations.meanMs).toBeCloseTo(90);
    expect(found.durations.cv.high).toBeNull();
  });
});

describe('answers of query_range', () => {
  test('give rates over time; a counter that falls began anew, and gaps and NaN are no samples', async () => {
    const { found } = await learn({
      'a.json': matrix(
        counter('http_requests_total', { pod: 'a' }, [600, 1200, 'NaN', 1800, 60, 660]),
        counter('http_requests_total', { pod: 'b' }, [0, 0, 0, 6000, 6000, 6000]),
      ),
    });
    expect(found.processes).toBe(2);
    expect(found.requests).toBe(1200 + 60 + 600 + 6000);
    expect(found.rate.spanSeconds).toBe(300);
    expect(found.rate.busiest.perSecond).toBeCloseTo((6000 + 300) / 60);
    expect(found.rate.busiest.atMs).toBe((1_700_000_000 + 120) * 1000);
  });

  test('of native histograms give buckets, also where their resolution changed or a process began anew', async () => {
    const native = (sum: number, ...buckets: readonly (readonly [number, number, number])[]) => ({
      count: String(buckets.reduce((all, [, , count]) => all + count, 0)),
      sum: String(sum),
      buckets: buckets.map(([low, high, count]) => [0, String(low), String(high), String(count)]),
    });
    const { found } = await learn({
      'a.json': matrix({
        metric: { __name__: 'http_request_duration_seconds', pod: 'a' },
        histograms: [
          [1_700_000_000, native(0, [0.05, 0.1, 0])],
          [1_700_000_060, native(9, [0.05, 0.1, 60], [0.1, 0.2, 40])],
          [1_700_000_120, native(1.5, [0.05, 0.2, 10])],
        ],
      }),
    });
    expect(found.requests).toBe(110);
    expect(found.durations.meanMs).toBeCloseTo(10_500 / 110);
    expect(found.durations.quantiles.p50).toMatchObject({ lowMs: 50, highMs: 200 });
  });

  test('of instances whose buckets have other ends are joined at the ends they share', async () => {
    const bucket = (pod: string, le: string, count: number) =>
      counter('http_request_duration_seconds_bucket', { pod, le }, [0, count]);
    const { found } = await learn({
      'a.json': matrix(
        bucket('a', '0.1', 50),
        bucket('a', '1', 100),
        bucket('a', '+Inf', 100),
        bucket('b', '0.25', 30),
        bucket('b', '1', 100),
        bucket('b', '+Inf', 100),
      ),
    });
    expect(found.durations).toMatchObject({ count: 200, atMostMs: 1000 });
    expect(found.durations.quantiles.p50).toMatchObject({ lowMs: 0, highMs: 1000 });
  });

  test('whose counters fall all the time are of workers that answer in turn', async () => {
    const { found } = await learn({
      'a.json': matrix(counter('http_requests_total', {}, [100, 20, 110, 30, 120, 40])),
    });
    expect(found.notes.join()).toContain('several workers answer for one address in turn');
  });

  test('name memory of multiprocess mode by pid', async () => {
    const memory = (pid: string, mib: number) =>
      counter('worker_rss_bytes', { pod: 'a', pid }, [mib * 1024 * 1024, mib * 1024 * 1024]);
    const { found } = await learn(
      { 'a.json': matrix(memory('7', 100), memory('8', 140)) },
      '--query',
      'memory=worker_rss_bytes',
    );
    expect(found.memory).toMatchObject({ processes: 2, largestMiB: 140, largestProcess: 'pod=a pid=8' });
  });
});

describe('memory', () => {
  const MIB = 1024 * 1024;
  /** A day of one process at a sample a minute that warms up for an hour and grows from then on, with noise. */
  const day = (perHour: number) =>
    Array.from({ length: 1441 }, (_, n) => {
      const hours = n / 60;
      const warm = 100 + 40 * Math.min(1, hours);
      return Math.round((warm + perHour * hours + 3 * Math.sin(n * 12.9898)) * MIB);
    });

  test('that grows is told per hour and per thousand requests, warming up apart', async () => {
    const { found } = await learn({
      'a.json': matrix(
        counter('process_resident_memory_bytes', { pod: 'a' }, day(2)),
        counter(
          'http_requests_total',
          { pod: 'a' },
          Array.from({ length: 1441 }, (_, n) => n * 600),
        ),
      ),
    });
    const { growth } = found.memory;
    expect(growth.perHourMiB).toBeCloseTo(2, 1);
    expect(growth.perThousandRequestsMiB).toBeCloseTo(2 / 36, 3);
    expect(growth.warmMiB).toBeGreaterThan(140);
    expect(growth.warmMiB).toBeLessThan(152);
    expect(found.values.perWorker.value).toMatch(/^14\d|^15[0-2]/);
  });

  test('that grows goes by the profile into the plan, which restarts workers in time', async () => {
    const files = {
      'a.json': matrix(
        counter('process_resident_memory_bytes', { pod: 'a' }, day(20)),
        counter(
          'http_requests_total',
          { pod: 'a' },
          Array.from({ length: 1441 }, (_, n) => n * 60),
        ),
      ),
    };
    const fitted = madeUpHost(['fit', '--prometheus', 'a.json', '--format', 'yaml'], { files });
    expect(await run(fitted.host)).toBe(0);
    expect(fitted.out()).toMatch(/^memoryGrowth: 5\.\d+MiB\/1000req/m);
    const planned = madeUpHost(
      ['--profile', 'p.yaml', '--cores', '2', '--mem', '1GiB', '--service-time', '50', '--json'],
      { files: { 'p.yaml': fitted.out() } },
    );
    expect(await run(planned.host), planned.err()).toBe(0);
    const { inputs, recommendation } = JSON.parse(planned.out());
    expect(inputs.memoryGrowth.per).toBe('request');
    const grown = 1.1 * recommendation.settings.max_requests * inputs.memoryGrowth.memoryMiB;
    expect(recommendation.memoryMiB + recommendation.workers * grown).toBeLessThanOrEqual(1024);
  });

  test('that stays grows by nothing; a restart parts two lives', async () => {
    const steady = await learn({ 'a.json': matrix(counter('process_resident_memory_bytes', {}, day(0))) });
    expect(steady.found.memory.growth).toMatchObject({ perHourMiB: 0, lives: 1 });
    const twice = [...day(2), ...day(2)];
    const { found } = await learn({ 'a.json': matrix(counter('process_resident_memory_bytes', {}, twice)) });
    expect(found.memory.growth).toMatchObject({ lives: 2 });
    expect(found.memory.growth.perHourMiB).toBeCloseTo(2, 1);
  });
});

test.each([
  ['', 'a.txt: is empty'],
  ['{"status":"error","error":"no"}', 'is an answer that the query failed (no)'],
  ['{"data":{"result":[{"metric":{"a":"b"},"values":[[1,"2"]]}]}}', 'series without a name'],
  ['[{"metric":', 'a.txt: is no whole JSON document'],
  ['up 1\nhttp_requests_total x\n', 'a.txt:2: "http_requests_total x" is no sample'],
  ['<html>', 'a.txt: "<html>" begins nothing of Prometheus'],
  ['up 1\n', 'has no metric of requests, CPU or memory under a name that is known'],
  ['http_requests_total 0\n', 'no request was counted'],
])('%j is refused: %s', async (text, sentence) => {
  const { code, err } = await learn({ 'a.txt': text });
  expect(code).toBe(3);
  expect(err).toContain(sentence);
});

test.each([
  ['--since', '1d', '--prometheus'],
  ['--query', 'cpu=x', '--prometheus'],
  ['--generator', 'open', '--load-test'],
])('%s without its source is refused', async (flag, value, source) => {
  const made = madeUpHost(['fit', 'access.log', flag, value], { files: { 'access.log': '' } });
  expect(await run(made.host)).toBe(2);
  expect(made.err()).toContain(`${flag} is for ${source}; give that`);
});

test('a file answers no PromQL and has no --since', async () => {
  const files = { 'a.txt': metricsText(SERVICE, 100) };
  expect(await learn(files, '--query', 'cpu=rate(x[1m])')).toMatchObject({ code: 2 });
  expect((await learn(files, '--since', '1h')).err).toContain('--since is for a Prometheus that is asked');
});
