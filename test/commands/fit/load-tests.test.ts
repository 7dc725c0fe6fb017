import { expect, test } from 'vitest';
import { givenFacility } from '../../../src/commands/simulate/result.js';
import { run } from '../../../src/main.js';
import { predict } from '../../../src/model/predict.js';
import { closedLoop } from '../../../src/observe/load-tests/explaining/closed-loop.js';
import { resolveProfile } from '../../../src/profile/resolve.js';
import { madeUpHost } from '../../made-up-host.js';
import { SAMPLES } from '../../observe/load-tests/samples.js';

const profile = resolveProfile(
  { cores: 2, workers: 2, threads: 8, workerClass: 'gthread', rate: 1, cpuTime: 15, ioTime: 60 },
  {},
);

/** Summaries of k6 as users of that server would see them. */
const FILES = Object.fromEntries(
  [1, 4, 8, 16, 32].map((users) => {
    const { throughputPerSecond, meanMs } = closedLoop(
      givenFacility(profile, predict),
      profile.workload,
      users,
      0,
    );
    const metrics = {
      http_reqs: { count: 60 * throughputPerSecond, rate: throughputPerSecond },
      http_req_failed: { value: 0 },
      http_req_duration: { avg: meanMs, med: meanMs, max: 30 * meanMs, 'p(95)': 2 * meanMs },
      vus: { min: users, max: users },
    };
    return [`${users}.json`, JSON.stringify({ metrics })];
  }),
);
const SERVER = ['--cores', '2', '--workers', '2', '--threads', '8', '--worker-class', 'gthread'];

async function learn(...more: readonly string[]) {
  const made = madeUpHost(['fit', ...more], { files: { ...FILES, 'wrk.txt': SAMPLES.WRK } });
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
}

test('closed steps give back the CPU and I/O time they were made of, and name coordinated omission', async () => {
  const { code, out, err } = await learn(
    '--load-test',
    ...Object.keys(FILES),
    ...SERVER,
    '--compare',
    '--json',
  );
  expect(err).toBe('');
  expect(code).toBe(0);
  const { explanation, steps, comparison, notes, scalability } = JSON.parse(out);
  expect(explanation.cpuMs.value / 15).toBeCloseTo(1, 1);
  expect(explanation.ioMs.value / 60).toBeCloseTo(1, 1);
  expect(steps.map(({ users }: { users: number }) => users)).toEqual([1, 4, 8, 16, 32]);
  expect(scalability.by).toBe('users');
  for (const { rows } of comparison) for (const { error } of rows) expect(Math.abs(error)).toBeLessThan(0.02);
  expect(notes.join()).toContain('coordinated omission');
});

test('the profile is one that plan reads', async () => {
  const { out } = await learn('--load-test', ...Object.keys(FILES), ...SERVER, '--format', 'yaml');
  expect(out).toMatch(/cpuTime: 1[45](\.\d+)?ms/);
  expect(out).not.toContain('rate:');
  const planned = madeUpHost(
    ['--profile', 'p.yaml', '--rate', '50', '--cores', '2', '--mem', '2GiB', '--per-worker', '200'],
    {
      files: { 'p.yaml': out },
    },
  );
  expect(await run(planned.host)).toBe(0);
});

test('steps that fit any share of waiting are refused with the step that would tell', async () => {
  const { out } = await learn('--load-test', '1.json', '4.json', ...SERVER, '--json');
  const { explanation, unknowns } = JSON.parse(out);
  expect(explanation).toBeNull();
  expect(unknowns.map(({ remedy }: { remedy: string }) => remedy).join()).toMatch(
    /add a step at \d+.*req\/s or more/,
  );
});

test('where each worker has a core, no step would tell waiting from computing, and wcalc says so', async () => {
  const { out } = await learn(
    '--load-test',
    '1.json',
    '--cores',
    '2',
    '--workers',
    '2',
    '--cv',
    '1',
    '--json',
  );
  const { explanation, unknowns } = JSON.parse(out);
  expect(explanation).toBeNull();
  expect(unknowns.map(({ what }: { what: string }) => what).join()).toContain('CPU and I/O time');
});

test('an open step that could not keep up counts as the capacity alone', async () => {
  const report = {
    latencies: { mean: 9e8, '50th': 8e8, '90th': 1.5e9, '95th': 1.6e9, '99th': 1.7e9, max: 1.8e9 },
    ...{ duration: 1e10, wait: 3e9, requests: 2000, rate: 200, success: 1 },
  };
  const made = madeUpHost(
    ['fit', '--load-test', 'v.json', ...SERVER, '--cpu-time', '15', '--io-time', '60', '--compare', '--json'],
    {
      files: { 'v.json': JSON.stringify(report) },
    },
  );
  expect(await run(made.host)).toBe(0);
  const { steps, comparison, notes } = JSON.parse(made.out());
  expect(steps[0].saturated).toBe(true);
  expect(comparison[0].rows.map(({ quantity }: { quantity: string }) => quantity)).toEqual(['throughput']);
  expect(notes.join()).toContain('could not keep up');
});

test('another server is taken as the tested one', async () => {
  const { code, out, err } = await learn(
    ...['--load-test', ...Object.keys(FILES), '--cores', '2', '--workers', '2'],
    ...[
      '--server',
      'waitress',
      '--threads',
      '8',
      '--cpu-time',
      '15',
      '--io-time',
      '60',
      '--compare',
      '--json',
    ],
  );
  expect(err).toBe('');
  expect(code).toBe(0);
  const { comparison } = JSON.parse(out);
  const gthread = JSON.parse(
    (
      await learn(
        ...['--load-test', ...Object.keys(FILES), ...SERVER, '--cpu-time', '15', '--io-time', '60'],
        ...['--compare', '--json'],
      )
    ).out,
  ).comparison;
  // One process under one lock carries less than two.
  const last = (rows: { rows: { quantity: string; predicted: number }[] }[]) =>
    rows.at(-1)!.rows.find(({ quantity }) => quantity === 'throughput')!.predicted;
  expect(last(comparison)).toBeLessThan(0.7 * last(gthread));
});

test('--generator says how k6 sent where its summary does not tell', async () => {
  const loops = async (...more: readonly string[]) =>
    JSON.parse((await learn('--load-test', '4.json', '--json', ...more)).out).steps.map(
      ({ loop, users }: { loop: string; users: number | null }) => [loop, users],
    );
  expect(await loops()).toEqual([['closed', 4]]);
  expect(await loops('--generator', 'open')).toEqual([['open', null]]);
  expect(await loops('--generator', 'closed')).toEqual([['closed', 4]]);
});

test.each([
  [
    ['--load-test', '1.json', '--server', 'any', '--cores', '2', '--workers', '2'],
    2,
    '--server: any is no server',
  ],
  [['--load-test', 'wrk.txt', '--generator', 'open'], 2, 'wrk.txt is of wrk, which is closed here'],
  [['--load-test', '1.json', '1.json'], 2, '1.json is given twice'],
  [['--load-test', 'none.json'], 3, 'none.json: there is no such file'],
  [['--load-test', '1.json', '--merge'], 2, '--merge is about logs'],
  [['--load-test', '1.json', '--cores', '2'], 2, '--workers is missing beside --cores'],
  [['--load-test', '1.json', '--compare'], 2, '--compare: give the configuration'],
  [['--load-test', '1.json', '--format', 'profile'], 2, '--format profile is what logs are counted into'],
])('%j ends with %d', async (more, code, sentence) => {
  const ran = await learn(...(more as string[]));
  expect(ran.code).toBe(code);
  expect(ran.err).toContain(sentence);
});
