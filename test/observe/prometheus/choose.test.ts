import { describe, expect, test } from 'vitest';
import { chooseMetrics, type GivenMetrics, wantedNames } from '../../../src/observe/prometheus/choose.js';
import { processOf } from '../../../src/observe/prometheus/series.js';

describe('which metric is read', () => {
  const chosen = (names: readonly string[], given: GivenMetrics = {}) => {
    const { durations, requests, cpu, memory } = chooseMetrics(new Set(names), given);
    return [
      durations && `${durations.name} ${durations.kind} ${durations.scale}`,
      requests?.name,
      cpu?.name,
      memory?.name,
    ];
  };
  const PROCESS = ['process_cpu_seconds_total', 'process_resident_memory_bytes'] as const;
  const HIGHR = 'http_request_duration_highr_seconds';

  test('is the best that is there; a histogram counts the requests too', () => {
    expect(chosen([`${HIGHR}_bucket`, 'http_requests_total', ...PROCESS])).toEqual([
      `${HIGHR} classic 1000`,
      undefined,
      ...PROCESS,
    ]);
    expect(chosen(['http_requests_total'])).toEqual([null, 'http_requests_total', undefined, undefined]);
    expect(chosen([])).toEqual([null, undefined, undefined, undefined]);
  });

  test('of durations is of the kind that its series tell', () => {
    expect(chosen([HIGHR])[0]).toBe(`${HIGHR} native 1000`);
    expect(chosen([`${HIGHR}_sum`, `${HIGHR}_count`])[0]).toBe(`${HIGHR} summary 1000`);
    expect(chosen([`${HIGHR}_count`])[0]).toBeNull();
    expect(chosen([`${HIGHR}_sum`])[0]).toBeNull();
  });

  test('of a process that is a proxy tells nothing of the application, unless it was named', () => {
    const proxy = ['nginx_ingress_controller_requests', ...PROCESS];
    expect(chosen(proxy)).toEqual([null, 'nginx_ingress_controller_requests', undefined, undefined]);
    expect(chosen([...proxy, 'c'], { cpu: 'c' })[2]).toBe('c');
  });

  test('is the named one alone, in the unit that its name ends with', () => {
    const given = { durations: 'own_ms_bucket', requests: 'r', memory: 'm' };
    expect(chosen(['own_ms_bucket', `${HIGHR}_bucket`, 'r', 'm'], given)).toEqual([
      'own_ms classic 1',
      'r',
      undefined,
      'm',
    ]);
    for (const [name, scale] of [
      ['own_milliseconds', 1],
      ['own_seconds', 1000],
      ['own_ms_total', 1000],
      ['forms', 1000],
    ] as const)
      expect(chosen([name], { durations: name })[0]).toBe(`${name} native ${scale}`);
    expect(chosen([`${HIGHR}_bucket`], { durations: 'own' })[0]).toBeNull();
    expect([...wantedNames({ durations: 'a_sum', requests: 'r', cpu: 'c', memory: 'm' })].sort()).toEqual([
      'a',
      'a_bucket',
      'a_count',
      'a_sum',
      'c',
      'm',
      'r',
    ]);
  });
});

test('a process is named by the labels that tell it, in a fixed order', () => {
  const labels = new Map(Object.entries({ pid: '7', pod: 'a', job: '', handler: '/x', instance: 'h:80' }));
  expect(processOf(labels)).toBe('pod=a instance=h:80 pid=7');
  expect(processOf(new Map())).toBe('');
});
