import { describe, expect, test } from 'vitest';
import { givenQueries } from '../../../../src/observe/prometheus/asking/given-query.js';
import type { PrometheusServer } from '../../../../src/observe/prometheus/asking/server.js';
import { watchedServer } from '../../../../src/observe/prometheus/asking/watched-server.js';
import type { NativeHistogram, Series } from '../../../../src/observe/prometheus/series.js';

const MINUTE_MS = 60_000;
/** Four steps of a minute, up to the fifth minute, some seconds after it. */
const TIME = { nowMs: 5 * MINUTE_MS + 7000, sinceMs: 4 * MINUTE_MS, stepMs: MINUTE_MS };
const STEPS = [2, 3, 4, 5].map((minute) => minute * MINUTE_MS);

const series = (labels: Readonly<Record<string, string>>, value: number, name = ''): Series => ({
  name,
  labels: new Map(Object.entries(labels)),
  times: STEPS,
  values: STEPS.map(() => value),
});

/** What is there by job, what each query over time gives, and how many samples of a metric lie in a look of some seconds. */
interface Known {
  readonly jobs?: Readonly<Record<string, readonly string[]>>;
  readonly over?: (query: string) => readonly Series[];
  readonly samples?: (seconds: number) => number;
}

async function watched(
  { jobs = {}, over = () => [], samples = (seconds) => seconds / 15 }: Known,
  ...queries: readonly string[]
) {
  const ranges: string[] = [];
  const instants: string[] = [];
  const server: PrometheusServer = {
    address: 'http://prometheus',
    async instant(query, atMs) {
      instants.push(query);
      expect(atMs).toBe(5 * MINUTE_MS);
      const seconds = /\[(\d+)s\]/.exec(query)?.[1];
      if (query.startsWith('max(count_over_time')) {
        const count = Math.floor(samples(Number(seconds)));
        return count > 0 ? [series({}, count)] : [];
      }
      return Object.entries(jobs).flatMap(([job, names]) =>
        names.map((name) => series(job === '' ? {} : { job }, 1, name)),
      );
    },
    async range(query, fromMs, toMs, stepMs) {
      expect([fromMs, toMs, stepMs]).toEqual([STEPS[0], STEPS.at(-1), MINUTE_MS]);
      ranges.push(query);
      return over(query);
    },
  };
  return { found: await watchedServer(server, givenQueries(queries), TIME), ranges, instants };
}

const H = 'http_request_duration_seconds';
const WEB = [
  `${H}_bucket`,
  `${H}_sum`,
  `${H}_count`,
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
];
const BY = 'sum by (job, namespace, pod, instance, pid, worker)';

/** Two requests a second of two pods, of 0.1 s each: half below 0.05 s. */
const web = (query: string): readonly Series[] => {
  if (query.includes('_bucket'))
    return [series({ le: '0.05' }, 2), series({ le: '1' }, 4), series({ le: '+Inf' }, 4)];
  if (query.includes('_sum')) return [series({}, 0.4)];
  if (query.includes('process_cpu')) return [series({}, 0.1)];
  if (query.includes('resident'))
    return [series({ pod: 'a' }, 104_857_600), series({ pod: 'b' }, 52_428_800)];
  return [series({ pod: 'a' }, 2), series({ pod: 'b' }, 2)];
};

const native = (counts: readonly number[]): readonly NativeHistogram[] =>
  counts.map((count) => ({ sum: 0.1 * count, buckets: [{ low: 0.05, high: 0.1, count }] }));

const amounts = (counted: readonly { increases: readonly { amount: number }[] }[] | null) =>
  counted?.map(({ increases }) => increases.map(({ amount }) => amount));

describe('a job that counts requests in a classic histogram', () => {
  test('is asked for rates over each step, and gives what came in it', async () => {
    const { found, ranges } = await watched({ jobs: { web: WEB }, over: web });
    expect(ranges).toEqual([
      `sum by (le) (rate(${H}_bucket{job="web"}[60s]))`,
      `${BY} (rate(${H}_count{job="web"}[60s]))`,
      `sum(rate(${H}_sum{job="web"}[60s]))`,
      'sum(rate(process_cpu_seconds_total{job="web"}[60s]))',
      'max by (job, namespace, pod, instance, pid, worker) (process_resident_memory_bytes{job="web"})',
    ]);
    expect(found).toEqual({
      source: 'http://prometheus',
      used: [
        { role: 'durations', name: H, exporter: 'prometheus-fastapi-instrumentator' },
        { role: 'cpu', name: 'process_cpu_seconds_total', exporter: 'prometheus-client' },
        { role: 'memory', name: 'process_resident_memory_bytes', exporter: 'prometheus-client' },
      ],
      basis: 'service',
      requests: ['pod=a', 'pod=b'].map((process) => ({
        process,
        increases: STEPS.map((toMs) => ({ fromMs: toMs - MINUTE_MS, toMs, amount: 120 })),
      })),
      // 4 a second over four minutes, of which half lie below 50 ms.
      durations: {
        buckets: [
          { low: 0, high: 50, count: 480 },
          { low: 50, high: 1000, count: 480 },
        ],
        sumMs: 0.4 * 1000 * 240,
        count: 960,
      },
      cpuMs: [
        { process: '', increases: STEPS.map((toMs) => ({ fromMs: toMs - MINUTE_MS, toMs, amount: 6000 })) },
      ],
      memory: [
        { process: 'pod=a', times: STEPS, memoryMiB: [100, 100, 100, 100] },
        { process: 'pod=b', times: STEPS, memoryMiB: [50, 50, 50, 50] },
      ],
      notes: [],
    });
  });

  test('is not believed a rate below 0, nor a bucket without an end', async () => {
    const { found } = await watched({
      jobs: { web: WEB },
      over: (query) =>
        query.includes('_bucket')
          ? [...web(query), series({}, 9), series({ le: 'x' }, 9)]
          : query.includes('_count')
            ? [series({}, -1)]
            : web(query),
    });
    expect(amounts(found.requests)).toEqual([[0, 0, 0, 0]]);
    expect(found.durations!.count).toBe(960);
  });
});

describe('the window of rates', () => {
  const of = async (samples: NonNullable<Known['samples']>) => {
    const { found, ranges, instants } = await watched({ jobs: { web: WEB }, over: web, samples });
    return {
      window: /\[(\d+)s\]/.exec(ranges[0]!)![1],
      looks: instants.slice(1).map((query) => /\[(\d+)s\]/.exec(query)![1]),
      notes: found.notes,
    };
  };

  test('is a step where four distances of samples fit into it, looked at until three are seen', async () => {
    expect(await of((seconds) => seconds)).toEqual({ window: '60', looks: ['10'], notes: [] });
    expect(await of((seconds) => seconds / 15)).toEqual({ window: '60', looks: ['10', '60'], notes: [] });
  });

  test('is four distances where samples lie farther apart, which is said', async () => {
    expect(await of((seconds) => seconds / 20)).toEqual({
      window: '80',
      looks: ['10', '60'],
      notes: ['rates are means over 80 s, because samples lie about 20 s apart'],
    });
    expect(await of((seconds) => seconds / 150)).toMatchObject({
      window: '600',
      looks: ['10', '60', '600'],
      notes: ['rates are means over 600 s, because samples lie about 150 s apart'],
    });
    expect(await of((seconds) => seconds / 1800)).toMatchObject({
      window: '7200',
      looks: ['10', '60', '600', '3600'],
    });
  });

  test('is four steps where no sample is seen at all', async () => {
    expect(await of(() => 0)).toMatchObject({ window: '240' });
  });

  test('is told by the counter that is read, and not asked for where nothing but queries is', async () => {
    const looked = async (known: Known, ...queries: string[]) =>
      (await watched({ over: web, ...known }, ...queries)).instants.filter((one) =>
        one.startsWith('max('),
      )[0];
    expect(await looked({ jobs: { web: WEB } })).toBe(`max(count_over_time(${H}_count{job="web"}[10s]))`);
    expect(await looked({ jobs: { web: [H] } })).toBe(`max(count_over_time(${H}{job="web"}[10s]))`);
    expect(await looked({ jobs: { web: ['http_requests_total'] } })).toBe(
      'max(count_over_time(http_requests_total{job="web"}[10s]))',
    );
    expect(await looked({}, 'durations=sum by (le) (d)', 'cpu=c{}')).toBe('max(count_over_time(c{}[10s]))');
    expect(await looked({}, 'requests=sum(r)')).toBeUndefined();
  });
});

describe('a job that keeps durations in another way', () => {
  test('is asked for the counts of its native histograms, and for the whole of them', async () => {
    const { found, ranges } = await watched({
      jobs: { web: [H] },
      over: (query) =>
        query.startsWith('sum(')
          ? [{ ...series({}, 0), values: [], histograms: native([1, 2, 3, 4]) }]
          : web(query),
    });
    expect(ranges).toEqual([
      `sum(rate(${H}{job="web"}[60s]))`,
      `${BY} (histogram_count(rate(${H}{job="web"}[60s])))`,
    ]);
    expect(found.durations).toEqual({
      buckets: [{ low: 50, high: 100, count: 600 }],
      sumMs: expect.closeTo(0.1 * 10 * 60 * 1000, 6),
      count: 600,
    });
  });

  test('of a summary tells sum and count alone', async () => {
    const { found, ranges } = await watched({ jobs: { web: [`${H}_sum`, `${H}_count`] }, over: web });
    expect(ranges).toEqual([
      `${BY} (rate(${H}_count{job="web"}[60s]))`,
      `sum(rate(${H}_sum{job="web"}[60s]))`,
    ]);
    expect(found.durations).toEqual({ buckets: [], sumMs: 96_000, count: 960 });
  });

  test('tells none where it only counts requests', async () => {
    const { found, ranges } = await watched({ jobs: { web: ['http_requests_total'] }, over: web });
    expect(ranges).toEqual([`${BY} (rate(http_requests_total{job="web"}[60s]))`]);
    expect(found).toMatchObject({ durations: null, cpuMs: null, memory: null, basis: 'service' });
    expect(amounts(found.requests)).toEqual([
      [120, 120, 120, 120],
      [120, 120, 120, 120],
    ]);
  });
});

describe('which job is asked about', () => {
  const PROXY = ['nginx_ingress_controller_requests'];

  test('is an application before a proxy, and a proxy where there is none', async () => {
    expect((await watched({ jobs: { ingress: PROXY, web: WEB }, over: web })).ranges[0]).toContain(
      '{job="web"}',
    );
    const alone = await watched({ jobs: { ingress: PROXY, node: ['process_cpu_seconds_total'] }, over: web });
    expect(alone.ranges).toEqual([`${BY} (rate(${PROXY[0]}{job="ingress"}[60s]))`]);
    expect(alone.found.basis).toBe('response');
  });

  test('may have a name with quotes, or none', async () => {
    expect((await watched({ jobs: { 'a"b': WEB } })).ranges[0]).toContain('{job="a\\"b"}');
    expect((await watched({ jobs: { '': WEB } })).ranges[0]).toContain('{job=""}');
  });

  test('is to be chosen where several count requests: at most eight are named', async () => {
    const several = (count: number) =>
      watched({ jobs: Object.fromEntries(Array.from({ length: count }, (_, n) => [`j${n}`, WEB])) });
    await expect(several(2)).rejects.toThrow(
      '--prometheus: the jobs "j0" and "j1" count requests; choose one',
    );
    await expect(several(8)).rejects.toThrow('"j6" and "j7" count');
    await expect(several(9)).rejects.toThrow('"j7" and 1 more count');
  });

  test('is none where only processes are seen, or where what was chosen has nothing', async () => {
    await expect(watched({ jobs: { node: ['process_cpu_seconds_total'] } })).rejects.toThrow(
      'http://prometheus: has now no metric that counts requests under a name that is known; name one',
    );
    await expect(watched({}, 'select={app="x"}')).rejects.toThrow(
      'has now no metric that {app="x"} chooses under',
    );
  });

  test('is what is chosen, whatever its jobs; one question asks for all names that are read', async () => {
    const { ranges, instants } = await watched({ jobs: { a: WEB, b: WEB }, over: web }, 'select={ app="x" }');
    expect(instants[0]).toMatch(
      /^count by \(__name__, job\) \(\{__name__=~"[^"]*process_cpu_seconds_total[^"]*",app="x"\}\)$/,
    );
    expect(ranges.every((query) => query.includes('{app="x"}'))).toBe(true);
    const names = /=~"([^"]*)"/.exec(instants[0]!)![1]!.split('|');
    expect(names).toEqual([...names].sort());
    expect(names).toContain(`${H}_bucket`);
  });
});

describe('a query that is given', () => {
  test('is a metric of that name of the job that is found', async () => {
    const { found, ranges } = await watched(
      { jobs: { web: ['own_ms_bucket', ...WEB] }, over: web },
      'durations=own_ms',
    );
    expect(ranges[0]).toBe('sum by (le) (rate(own_ms_bucket{job="web"}[60s]))');
    expect(found.used[0]).toEqual({ role: 'durations', name: 'own_ms', exporter: 'as given' });
    expect(found.durations!.sumMs).toBeCloseTo(96, 9);
  });

  test('with matchers is asked of no job, and its kind is told by the series that are there', async () => {
    const given = (...names: string[]) =>
      watched({ jobs: { '': names }, over: web }, 'durations=own{app="x"}');
    const classic = await given('own_bucket');
    expect(classic.instants[0]).toBe(
      'count by (__name__) ({__name__=~"own|own_bucket|own_sum|own_count",app="x"})',
    );
    expect(classic.ranges).toEqual([
      'sum by (le) (rate(own_bucket{app="x"}[60s]))',
      `${BY} (rate(own_count{app="x"}[60s]))`,
      'sum(rate(own_sum{app="x"}[60s]))',
    ]);
    expect(classic.found).toMatchObject({ cpuMs: null, memory: null, basis: 'service' });
    expect((await given('own')).ranges[0]).toBe('sum(rate(own{app="x"}[60s]))');
    expect((await given('own_sum', 'own_count')).ranges).toHaveLength(2);
    expect((await given()).ranges[0]).toContain('own_bucket');
    const bare = await watched({ over: web }, 'durations=own{}');
    expect(bare.instants[0]).toBe('count by (__name__) ({__name__=~"own|own_bucket|own_sum|own_count"})');
  });

  test('in PromQL is asked as it stands: rates, seconds and bytes', async () => {
    const { found, ranges } = await watched(
      {
        over: (query) =>
          query === 'my_durations()'
            ? web('_bucket')
            : query === 'my_cpu()'
              ? [series({}, 0.5)]
              : [series({ pod: 'a' }, 1_048_576)],
      },
      'durations=my_durations()',
      'cpu=my_cpu()',
      'memory=my_memory()',
    );
    expect(ranges).toEqual(['my_durations()', 'my_cpu()', 'my_memory()']);
    // All requests lie below +Inf.
    expect(amounts(found.requests)).toEqual([[240, 240, 240, 240]]);
    expect(found.durations).toMatchObject({ sumMs: null, count: 960 });
    expect(found.durations!.buckets[0]).toEqual({ low: 0, high: 50, count: 480 });
    expect(amounts(found.cpuMs)).toEqual([[30_000, 30_000, 30_000, 30_000]]);
    expect(found.memory).toEqual([{ process: 'pod=a', times: STEPS, memoryMiB: [1, 1, 1, 1] }]);
    expect(found.used).toEqual(
      ['durations', 'cpu', 'memory'].map((role) => ({ role, name: `my_${role}()`, exporter: 'as given' })),
    );
    expect(found.basis).toBe('service');
  });

  test('of durations counts the requests, native or classic, whatever counters there are', async () => {
    const { found, ranges } = await watched(
      {
        jobs: { '': ['http_requests_total'] },
        over: () => [{ ...series({}, 3), histograms: native([3, 3, 3, 3]) }],
      },
      'durations=my_durations()',
      'select={app="x"}',
    );
    expect(ranges).toEqual(['my_durations()']);
    expect(amounts(found.requests)).toEqual([[180, 180, 180, 180]]);
    expect(found.durations!.count).toBe(720);
  });

  test('of requests leaves the processes open only where it does not stand for the whole', async () => {
    const whole = await watched({ jobs: { web: WEB }, over: web }, 'requests=sum(r)');
    expect(whole.ranges).toEqual(['sum(r)']);
    expect(whole.instants).toEqual([]);
    const chosen = await watched({ jobs: { web: WEB }, over: web }, 'requests=sum(r)', 'select={app="x"}');
    expect(chosen.ranges).toHaveLength(5);
    expect(chosen.ranges[1]).toBe('sum(r)');
    const named = await watched({ jobs: { web: ['r', ...WEB] }, over: web }, 'requests=r');
    expect(named.ranges[1]).toBe(`${BY} (rate(r{job="web"}[60s]))`);
    expect(named.found.used[0]).toEqual({ role: 'requests', name: 'r', exporter: 'as given' });
  });

  test.each([
    ['a=1', '"a=1" is no NAME=PROMQL'],
    ['requests', '"requests" is no NAME=PROMQL'],
    ['requests= ', '"requests= " is no NAME=PROMQL'],
    ['select=app="x"', 'select="app="x"" stands not in braces'],
  ])('%j is refused', (typed, what) => {
    expect(() => givenQueries([typed])).toThrow(
      `--query: ${what}; accepted: requests, durations, cpu, memory=METRIC or PROMQL, and select={LABEL="VALUE"}`,
    );
  });
  test('is given once for each name', () => {
    expect(() => givenQueries(['select={a="b"}', 'select={c="d"}'])).toThrow('select is given twice');
    expect(() => givenQueries(['cpu=a', 'memory=a', 'cpu=a'])).toThrow('cpu is given twice');
    expect(givenQueries([' cpu = a:b ', 'memory=m { x="}" } '])).toEqual({
      byRole: {
        cpu: { kind: 'metric', name: 'a:b', matchers: null },
        memory: { kind: 'metric', name: 'm', matchers: 'x="}"' },
      },
      select: null,
    });
  });
});
