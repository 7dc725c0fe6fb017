import { describe, expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { cpuOfProcesses } from '../../../src/observe/logs/cpu-of-processes.js';
import type { SeenServer } from '../../../src/observe/machine/types.js';
import { madeUpHost } from '../../made-up-host.js';

/** A request as JSON lines tell it. */
type Line = Readonly<Record<string, unknown>>;

const iso = (seconds: number) => new Date(Date.UTC(2026, 10, 30) + 1000 * seconds).toISOString();
const jsonLines = (lines: readonly Line[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

async function fitted(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const made = madeUpHost(['fit', ...Object.keys(files), '--json', ...argv], { files });
  const code = await run(made.host);
  return { code, err: made.err(), found: made.out() === '' ? null : JSON.parse(made.out()) };
}
const learn = (lines: readonly Line[], ...argv: readonly string[]) =>
  fitted({ 'a.log': jsonLines(lines) }, ...argv);
const repeat = (count: number, of: (n: number) => Line) => Array.from({ length: count }, (_, n) => of(n));

describe('routes', () => {
  const of = (path: string, ...durations: (number | null)[]) =>
    durations.map((duration_ms, n) => ({
      time: iso(n),
      path,
      method: 'GET',
      ...(duration_ms !== null && { duration_ms }),
    }));

  test('come by the share of time they take, of equal ones by name', async () => {
    const { found } = await learn([...of('/b', 10, 30), ...of('/a', 40), ...of('/c', 120)]);
    expect(found.routes).toMatchObject([
      { route: 'GET /c', requests: 1, meanMs: 120, maxMs: 120, timeShare: 0.6 },
      { route: 'GET /a', requests: 1, meanMs: 40, p95Ms: 40, timeShare: 0.2 },
      { route: 'GET /b', requests: 2, meanMs: 20, maxMs: 30, timeShare: 0.2 },
    ]);
  });

  test('of a log without durations come by their requests', async () => {
    const { found } = await learn([...of('/b', null), ...of('/a', null, null), ...of('/c', null)]);
    expect(found.routes).toMatchObject([
      { route: 'GET /a', requests: 2, meanMs: null, p95Ms: null, maxMs: null, timeShare: null },
      { route: 'GET /b' },
      { route: 'GET /c' },
    ]);
  });

  test('that took no time have no share of it', async () => {
    const { found } = await learn(of('/a', 0, 0));
    expect(found.routes).toMatchObject([{ meanMs: 0, timeShare: 0 }]);
    expect(found.ioRatio).toBeNull();
  });
});

describe('processes', () => {
  test('come by their requests, of equal ones by number, and the skew is that of the busiest', async () => {
    const pids = [9, 8, 8, 7, 7, 7, 10];
    const { found } = await learn(pids.map((pid, n) => ({ time: iso(n), pid, duration_ms: 10 * pid })));
    expect(found.processes).toMatchObject({ count: 4, skew: (3 * 4) / 7 });
    expect(found.processes.pids).toEqual([
      { pid: 7, requests: 3, share: 3 / 7, meanMs: 70 },
      { pid: 8, requests: 2, share: 2 / 7, meanMs: 80 },
      { pid: 9, requests: 1, share: 1 / 7, meanMs: 90 },
      { pid: 10, requests: 1, share: 1 / 7, meanMs: 100 },
    ]);
  });

  test('of a log without durations have no mean; more than any server has are no processes', async () => {
    const { found } = await learn(repeat(4, (n) => ({ time: iso(n), path: '/', pid: 7 })));
    expect(found.processes.pids).toMatchObject([{ requests: 4, meanMs: null }]);
    const many = await learn(repeat(4096, (n) => ({ time: iso(n), pid: n, duration_ms: 5 })));
    expect(many.found.processes).toBeNull();
    const fewer = await learn(repeat(4095, (n) => ({ time: iso(n), pid: n, duration_ms: 5 })));
    expect(fewer.found.processes.count).toBe(4095);
  });
});

describe('the share of I/O', () => {
  test('is what of the mean duration is no CPU time, between 0 and 1', async () => {
    const ratio = async (cpu_ms: number) =>
      (await learn(repeat(4, (n) => ({ time: iso(n), duration_ms: 100, cpu_ms })))).found.ioRatio;
    expect(await ratio(25)).toBeCloseTo(0.75, 9);
    expect(await ratio(150)).toBe(0);
    expect(await ratio(0)).toBe(1);
  });

  test('of CPU and waiting alone makes the duration their sum', async () => {
    const { found } = await learn(repeat(4, (n) => ({ time: iso(n), cpu_ms: 10, io_ms: 30 })));
    expect(found).toMatchObject({
      service: { meanMs: 40 },
      cpu: { meanMs: 10 },
      io: { meanMs: 30 },
      ioRatio: 0.75,
    });
  });

  test('waits for nothing where the CPU time is longer, and is not told where it is not', async () => {
    const { found } = await learn([
      { time: iso(0), duration_ms: 10, cpu_ms: 30 },
      { time: iso(1), duration_ms: 10, cpu_ms: 4 },
    ]);
    expect(found.io).toMatchObject({ count: 1, meanMs: 6 });
    const { found: none } = await learn([{ time: iso(0), duration_ms: 10 }]);
    expect(none).toMatchObject({ cpu: null, io: null, ioRatio: null });
    expect(none.unknowns.map(({ what }: { what: string }) => what)).toContain('the share of I/O');
  });
});

describe('the running configuration', () => {
  /** A request each half second that takes 1 s: two in service at once. */
  const lines = repeat(240, (n) => ({ time: iso(n / 2), duration_ms: 1000 }));
  const current = async (...argv: string[]) => (await learn(lines, ...argv)).found.current;

  test('is as full as its slots are, on average and in the busiest minute', async () => {
    const found = await current('--worker-class', 'gthread', '--workers', '2', '--threads', '2');
    expect(found).toMatchObject({ workerClass: 'gthread', workers: 2, threads: 2, slots: 4 });
    expect(found.utilization).toBeCloseTo(0.5, 1);
    expect(found.peakUtilization).toBeCloseTo(0.5, 1);
    expect(found.saturatedShare).toBe(0);
    const two = await current('--worker-class', 'sync', '--workers', '2', '--threads', '9');
    expect(two).toMatchObject({ slots: 2, threads: 1 });
    expect(two.saturatedShare).toBeGreaterThan(0.9);
  });

  test('of event loops has no slots, and without workers is not known', async () => {
    expect(await current('--worker-class', 'gevent', '--workers', '2')).toBeNull();
    expect(await current('--worker-class', 'sync')).toBeNull();
  });
});

describe('what is odd', () => {
  const notes = async (...lines: readonly Line[]) => (await learn(lines)).found.notes.join('\n');
  const at = (seconds: number, rest: Line = {}) => ({ time: iso(seconds), duration_ms: 5, ...rest });

  test('are time stamps that go back by more than a second', async () => {
    expect(await notes(at(5), at(4), at(6))).not.toContain('go back');
    expect(await notes(at(5), at(3.9), at(6))).toContain('time stamps go back by more than a second');
  });

  test('are hours without a request that are more than half of the log', async () => {
    expect(await notes(at(0), at(3600))).not.toContain('without a request');
    expect(await notes(at(0), at(7200))).toContain('2 h without a request are more than half');
    expect(await notes(at(0), at(7200), at(14_400))).not.toContain('without a request');
  });

  test('are requests without a duration and lines of other kinds, in the singular and the plural', async () => {
    const told = async (...times: string[]) => {
      const text = times
        .map((time, n) => `[30/Nov/2026:12:00:0${n} +0000] "GET / HTTP/1.1" ${time}\n`)
        .join('');
      const format = '[$time_local] "$request" $upstream_response_time';
      return (await fitted({ 'a.log': text }, '--log-format', format)).found.notes.join();
    };
    expect(await told('0.1', '0.1')).toBe('');
    expect(await told('0.1', '0.1', '-')).toContain('1 request has no duration and is left out');
    expect(await told('0.1', '0.1', '-', '-')).toContain('2 requests have no duration and are left out');
    const other = { message: 'words' };
    expect(await notes(at(0), at(1), other)).toBe('1 line of other kinds is left out');
    expect(await notes(at(0), at(1), other, other)).toBe('2 lines of other kinds are left out');
  });
});

test('statuses are told by their first digit, and impossible ones not at all', async () => {
  const { found } = await learn(
    [200, 201, 404, 503, 99, 1000].map((status, n) => ({ time: iso(n), duration_ms: 5, status })),
  );
  expect(found.log.statusShares).toEqual({ '2xx': 0.5, '4xx': 0.25, '5xx': 0.25 });
});

describe('lines that cannot be', () => {
  const good = repeat(8, (n) => ({ time: iso(n), duration_ms: 5 }));
  test.each([
    [{ time: 'x', duration_ms: 5 }, 'no time stamp'],
    [{ time: iso(9), duration_ms: -5 }, 'a negative duration'],
    [{ time: iso(9), duration_ms: 'soon' }, 'a duration that is not a number'],
    [{ time: iso(9), duration_ms: 86_400_001 }, 'a duration of more than a day'],
    [{ time: iso(9), duration_ms: 5, cpu_ms: 86_400_001 }, 'a duration of more than a day'],
  ])('%j are broken: %s', async (line, why) => {
    const { found } = await learn([...good, line]);
    expect(found.log).toMatchObject({ lines: 9, requests: 8, brokenLines: 1 });
    expect(found.log.brokenExamples).toMatchObject([{ file: 'a.log', line: 9, why }]);
  });

  test('a duration of a day is one', async () => {
    const { found } = await learn([...good, { time: iso(9), duration_ms: 86_400_000 }]);
    expect(found.log).toMatchObject({ requests: 9, brokenLines: 0 });
  });

  test('five are shown of more, and more than half of all are too many', async () => {
    const bad = { time: iso(9), duration_ms: -5 };
    const half = await learn([...good, ...repeat(8, () => bad)]);
    expect(half.found.log.brokenLines).toBe(8);
    expect(half.found.log.brokenExamples).toHaveLength(5);
    const more = await learn([...good, ...repeat(9, () => bad)]);
    expect(more.code).toBe(3);
    expect(more.err).toMatch(
      /a\.log: 9 of 17 lines do not have the format .*, such as a\.log:9 \(a negative duration\)/,
    );
    expect(more.err).toContain('give the right one with --log-format');
  });
});

describe('several logs', () => {
  const timed = jsonLines(repeat(4, (n) => ({ time: iso(n), duration_ms: 5 })));
  const untimed = jsonLines(repeat(4, (n) => ({ time: iso(n), path: '/' })));
  const proxied = jsonLines(repeat(4, (n) => ({ time: iso(n), request_time: 0.005 })));

  test('of one kind count together', async () => {
    const { found } = await fitted({ a: timed, b: timed });
    expect(found.log).toMatchObject({ requests: 8, files: ['a', 'b'] });
  });

  test.each([
    [
      { a: timed, b: untimed },
      /^wcalc: b: is of another kind \(.*\) than the logs before it, of which only some tell/,
    ],
    [
      { a: timed, b: proxied },
      /^wcalc: b: tells a proxy's response times \(.*\), the logs before it the other kind/,
    ],
    [
      { a: proxied, b: timed },
      /^wcalc: b: tells a worker's service times \(.*\), the logs before it the other kind/,
    ],
    [{ a: timed, b: 'x y z\n' }, /^wcalc: b:1: the format of "x y z" is not recognised/],
    [{ a: timed, b: '\n \n' }, /^wcalc: b: is empty; accepted: access logs/],
  ])('%# of different kinds are refused', async (files, message) => {
    const { code, err } = await fitted(files as unknown as Record<string, string>);
    expect(code).toBe(3);
    expect(err).toMatch(message);
  });
});

describe('CPU time of processes that still run', () => {
  const worker = (pid: number, ageSeconds: number | null, cpuSeconds: number) =>
    ({ pid, ageSeconds, cpuSeconds, threads: 1, rssMiB: 1, peakRssMiB: 1, pssMiB: 1, ussMiB: 1 }) as const;
  const servers = (...workers: ReturnType<typeof worker>[]) => [{ workers }] as unknown as SeenServer[];
  const processes = (...counts: [number, number][]) =>
    new Map([['m', new Map(counts.map(([pid, count]) => [pid, { count, totalMs: 0 }]))]]);
  const log = { firstMs: 0, lastMs: 1_000_000, nowMs: 1_000_000, machine: 'm' };

  test('is theirs over the requests that the log shows of them', () => {
    const found = cpuOfProcesses(
      servers(worker(7, 500, 3), worker(8, 600, 1)),
      processes([7, 150], [8, 50]),
      log,
    );
    expect(found).toEqual({ cpuMs: 20, processes: 2, requests: 200 });
  });

  test('leaves out those that began before the log, at no known time, or that it does not show', () => {
    const all = servers(worker(7, 1000, 2), worker(8, 1001, 9), worker(9, null, 9), worker(10, 5, 9));
    expect(cpuOfProcesses(all, processes([7, 100], [8, 100], [9, 100]), log)).toEqual({
      cpuMs: 20,
      processes: 1,
      requests: 100,
    });
  });

  test('is not known of fewer than a hundred requests, of a log of a minute ago, or of another machine', () => {
    const one = servers(worker(7, 500, 2));
    expect(cpuOfProcesses(one, processes([7, 99]), log)).toBeNull();
    expect(cpuOfProcesses(one, processes([7, 100]), log)).not.toBeNull();
    expect(cpuOfProcesses(one, processes([7, 100]), { ...log, nowMs: 1_060_000 })).not.toBeNull();
    expect(cpuOfProcesses(one, processes([7, 100]), { ...log, nowMs: 1_060_001 })).toBeNull();
    expect(cpuOfProcesses(one, processes([7, 100]), { ...log, machine: 'n' })).toBeNull();
  });
});
