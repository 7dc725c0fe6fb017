import { describe, expect, test } from 'vitest';
import type { FitResult } from '../../src/observe/logs/fit-result.js';
import { fittedValues } from '../../src/observe/logs/values.js';
import type { PrometheusResult } from '../../src/observe/prometheus/result.js';
import { prometheusValues } from '../../src/observe/prometheus/values.js';
import type { ObservedValue } from '../../src/observe/values.js';

const told = (values: readonly ObservedValue[]) =>
  values.map(({ name, text, where }) => `${name} ${text} (${where})`);

/** 30 November 2026, 12:00. */
const AT = Date.UTC(2026, 10, 30, 12);
const NOON = '2026-11-30T12:00:00.000Z';

describe('what a log tells plan', () => {
  const of = (result: object, ioRatio?: number) =>
    told(
      fittedValues(
        {
          log: { requests: 40 },
          service: null,
          cpu: null,
          io: null,
          ioRatio: null,
          arrivals: null,
          current: null,
          ...result,
        } as unknown as FitResult,
        ioRatio,
      ),
    );
  const service = { meanMs: 12.3456789, cv: 0.5, maxMs: 90 };

  test('is the rate of the busiest minute, else the mean, else none', () => {
    const arrivals = { busiestMinute: { perSecond: 12, atMs: AT }, meanPerSecond: 3 };
    expect(of({ arrivals })).toEqual([`rate 12 (busiest minute, ${NOON})`]);
    expect(of({ arrivals: { ...arrivals, busiestMinute: null } })).toEqual(['rate 3 (mean of 40 requests)']);
    expect(of({ arrivals: { busiestMinute: null, meanPerSecond: null } })).toEqual([]);
  });

  test('are CPU and waiting where both are told, else the whole with a share that is given or was seen', () => {
    const slowest = 'slowest 90ms (longest of 40 requests)';
    expect(of({ service, cpu: { meanMs: 4, cv: 1 }, io: { meanMs: 8, cv: 2 }, ioRatio: 0.3 })).toEqual([
      'cpuTime 4ms (mean of 40 requests)',
      'ioTime 8ms (mean of 40 requests)',
      'cpuCv 1 (40 requests)',
      'ioCv 2 (40 requests)',
      slowest,
    ]);
    const whole = ['serviceTime 12.3457ms (mean of 40 requests)', 'cv 0.5 (40 requests)'];
    expect(of({ service })).toEqual([...whole, slowest]);
    expect(of({ service, ioRatio: 0.3 })).toEqual([...whole, 'ioRatio 0.3 (40 requests)', slowest]);
    expect(of({ service, ioRatio: 0.3 }, 0.7)).toEqual([
      ...whole,
      'ioRatio 0.7 (as given to wcalc fit)',
      slowest,
    ]);
    expect(of({ service, cpu: { meanMs: 4, cv: 1 } })).toEqual([...whole, slowest]);
  });

  test('are the workers that were given', () => {
    expect(of({ current: { workerClass: 'sync', workers: 3, threads: 1 } })).toEqual([
      'workerClass sync (as given to wcalc fit)',
      'workers 3 (as given to wcalc fit)',
      'threads 1 (as given to wcalc fit)',
    ]);
    expect(of({ current: { workerClass: null, workers: 3, threads: 1 } })).toHaveLength(2);
  });
});

describe('what a Prometheus tells plan', () => {
  const of = (result: object, given = {}) =>
    told(
      prometheusValues(
        {
          rate: null,
          durations: null,
          ioRatio: null,
          memory: null,
          ...result,
        } as unknown as PrometheusResult,
        given,
      ),
    );

  test('is the rate of the busiest minute, or of as long a stretch as is known', () => {
    const busiest = { perSecond: 12, atMs: AT, windowSeconds: 60 };
    expect(of({ rate: { busiest } })).toEqual([`rate 12 (busiest minute, ${NOON})`]);
    expect(of({ rate: { busiest: { ...busiest, windowSeconds: 90.1234 } } })).toEqual([
      `rate 12 (busiest 90.1 s, ${NOON})`,
    ]);
  });

  test('are the durations, as far as buckets tell, and a share of I/O that is given or was seen', () => {
    const durations = { count: 99.6, meanMs: 20, cv: { value: 0.8 }, atMostMs: 500 };
    expect(of({ durations, ioRatio: 0.4 })).toEqual([
      'serviceTime 20ms (mean of 100 requests)',
      'cv 0.8 (buckets of 100 requests)',
      'ioRatio 0.4 (CPU time of 100 requests)',
      'slowest 500ms (end of the last bucket of 100 requests)',
    ]);
    expect(of({ durations: { ...durations, cv: null, atMostMs: null } }, { ioRatio: 0.9 })).toEqual([
      'serviceTime 20ms (mean of 100 requests)',
      'ioRatio 0.9 (as given to wcalc fit)',
    ]);
  });

  test('is the memory of the largest process, before it grew where it grows', () => {
    const growth = { perHourMiB: 2, perThousandRequestsMiB: 5, lives: 1, warmMiB: 120 };
    const memory = (rest: object, processes = 2) =>
      of({ memory: { largestMiB: 200, processes, growth: null, ...rest } });
    expect(memory({})).toEqual(['perWorker 200MiB (largest of 2 processes)']);
    expect(memory({}, 1)).toEqual(['perWorker 200MiB (largest of 1 process)']);
    expect(memory({ growth: { ...growth, perHourMiB: 0 } })).toEqual([
      'perWorker 200MiB (largest of 2 processes)',
    ]);
    expect(memory({ growth })).toEqual([
      'memoryGrowth 5MiB/1000req (later half of a process)',
      'perWorker 120MiB (largest of 2 processes before it grew)',
    ]);
    expect(memory({ growth: { ...growth, perThousandRequestsMiB: null, lives: 3 } })[0]).toBe(
      'memoryGrowth 2MiB/h (later half of 3 processes)',
    );
  });
});
