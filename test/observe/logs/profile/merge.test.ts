import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '../../../../src/main.js';
import { binaryHost } from '../binary-host.js';
import { exponential, gunicornLog, lognormal, requests, stamp } from '../generated.js';

const text = new TextEncoder();

/** What `wcalc fit` says of these files, on a machine of this name. */
async function learn(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  machineName = 'machine',
) {
  const bytes = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, text.encode(content)]),
  );
  const { host, out, err } = binaryHost(['fit', ...args], bytes);
  const code = await run({ ...host, machineName });
  return { code, out: out(), err: err() };
}

const profile = async (log: string, machine?: string) => {
  const { code, out, err } = await learn(
    ['a.log', '--format', 'profile', '--quiet'],
    { 'a.log': log },
    machine,
  );
  expect(code, err).toBe(0);
  return out;
};

async function merged(profiles: readonly string[], ...args: string[]) {
  const files = Object.fromEntries(profiles.map((one, n) => [`${n}.json`, one]));
  const { code, out, err } = await learn(['--merge', ...Object.keys(files), '--json', ...args], files);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

/** Equal but for the last digits of sums, which depend on their order. */
function expectSame(found: Record<string, unknown>, whole: Record<string, unknown>) {
  const rounded = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toPrecision(7)) : part)),
    );
  for (const key of ['arrivals', 'service', 'routes', 'processes', 'concurrency', 'laws', 'ioRatio'])
    expect(rounded(found[key]), key).toEqual(rounded(whole[key]));
  const counts = (log: object) => ({ ...log, files: null, bytes: null, brokenExamples: null });
  expect(rounded(counts(found.log as object))).toEqual(rounded(counts(whole.log as object)));
}

test('64 parts of a log merge to what the whole log gives', async () => {
  const lines = gunicornLog(requests(12_800, 80, () => 0, lognormal(120, 1.5), 8)).split(/(?<=\n)/);
  lines[77] = 'not a line\n';
  const each = Math.ceil(lines.length / 64);
  const parts = Array.from({ length: 64 }, (_, n) => lines.slice(n * each, (n + 1) * each).join(''));
  const whole = JSON.parse((await learn(['a.log', '--json'], { 'a.log': lines.join('') })).out);
  expect(whole.log).toMatchObject({ requests: 12_799, brokenLines: 1 });
  expectSame(await merged(await Promise.all(parts.map((part) => profile(part)))), whole);
});

test('merging is the same in any order and grouping', async () => {
  const log = gunicornLog(requests(600, 5, () => 0, exponential(90), 3)).split(/(?<=\n)/);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(2), { minLength: 600, maxLength: 600 }), async (places) => {
      const parts = [0, 1, 2].map((part) =>
        log.filter((_, n) => places[n] === part || n % 97 === part).join(''),
      );
      const profiles = await Promise.all(parts.map((part) => profile(part)));
      expectSame(await merged(profiles), await merged([...profiles].reverse()));
    }),
    { seed: 1, numRuns: 5 },
  );
});

test('rates of hosts that serve at the same time add up, and their processes are told apart', async () => {
  const log = gunicornLog(requests(6000, 40, () => 0, exponential(50), 5));
  const other = gunicornLog(requests(6000, 40, () => 0, exponential(50), 6));
  const one = JSON.parse((await learn(['a.log', '--json'], { 'a.log': log })).out);
  const both = await merged([await profile(log, 'web-1'), await profile(other, 'web-2')]);
  expect(both.log.requests).toBe(12_000);
  expect(both.arrivals.meanPerSecond / one.arrivals.meanPerSecond).toBeCloseTo(2, 1);
  expect(both.concurrency.mean / one.concurrency.mean).toBeCloseTo(2, 1);
  expect(one.processes.count).toBe(4);
  expect(both.processes.count).toBe(8);
  expect(new Set(both.processes.pids.map(({ host }: { host: string }) => host))).toEqual(
    new Set(['web-1', 'web-2']),
  );
  const { out } = await learn(['--merge', 'a', 'b'], {
    a: await profile(log, 'web-1'),
    b: await profile(other, 'web-2'),
  });
  expect(out).toMatch(/Host +Process/);
});

test('a profile that can be merged is also one that plan reads', async () => {
  const log = gunicornLog(requests(6000, 40, () => 0, exponential(50), 5));
  const plan = async (format: string) => {
    const { out } = await learn(['a.log', '--format', format, '--quiet'], { 'a.log': log });
    const {
      host,
      out: answer,
      err,
    } = binaryHost(
      ['plan', '--profile', 'p', '--cores', '4', '--mem', '2GiB', '--per-worker', '150', '--json'],
      { p: text.encode(out) },
    );
    expect(await run(host), err()).toBe(0);
    const { inputs, recommendation } = JSON.parse(answer());
    return { inputs, recommendation };
  };
  expect(await plan('profile')).toEqual(await plan('yaml'));
});

test('what is no profile, or measures something else, is refused in one sentence', async () => {
  const good = await profile(gunicornLog(requests(50, 5, () => 0, exponential(90), 3)));
  const proxy = await profile(
    Array.from(
      { length: 20 },
      (_, n) => `10.0.0.1 - - ${stamp(n * 1000)} "GET / HTTP/1.1" 200 5 "-" "-" 0.1${n + 10}\n`,
    ).join(''),
  );
  const data = JSON.parse(good);
  const wrong: readonly [string, RegExp][] = [
    ['cores: 4\n', /is not JSON/],
    ['{}', /is not a profile that can be merged/],
    [JSON.stringify({ ...data, schemaVersion: 9 }), /schemaVersion 9; accepted: 1/],
    [JSON.stringify({ ...data, schemaVersion: undefined }), /has no schemaVersion; accepted: 1/],
    [JSON.stringify({ ...data, requests: -1 }), /b: requests is not as wcalc fit/],
    [JSON.stringify({ ...data, durations: { ...data.durations, bins: [[9000, 1]] } }), /b: durations is not/],
    [JSON.stringify({ ...data, routes: [{ route: 7 }] }), /b: routes is not/],
    [proxy, /b: tells a proxy's response times .*fit each kind alone/],
  ];
  for (const [other, message] of wrong) {
    const { code, err } = await learn(['--merge', 'a', 'b'], { a: good, b: other });
    expect(code, other.slice(0, 80)).toBe(3);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});

test('a profile sets nothing but what logs tell', async () => {
  const data = JSON.parse(await profile(gunicornLog(requests(50, 5, () => 0, exponential(90), 3))));
  const evil = { ...data, values: { ...data.values, output: { value: 'json=/etc/x', where: '' } } };
  const { host, err } = binaryHost(['plan', '--profile', 'p', '--cores', '4', '--mem', '1GiB'], {
    p: text.encode(JSON.stringify(evil)),
  });
  expect(await run(host)).toBe(3);
  expect(err()).toMatch(/values\.output is nothing that wcalc fit writes/);
});
