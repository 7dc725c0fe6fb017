import { parse as parseCsv } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

async function sweep(...argv: string[]) {
  const made = madeUpHost(['sweep', ...argv]);
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
}

const SERVER = ['--cores', '2', '--workers', '4', '--service-time', '80ms', '--io-ratio', '60%'];

test('a rate is swept as chart and table, in 80 columns', async () => {
  const { code, out } = await sweep(...SERVER, '--vary', 'rate=5..60', '--slo', 'p95<400ms');
  expect(code).toBe(0);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(out).toMatch(/objective 400 ms/);
  expect(out).toMatch(/saturation/);
  expect(out).toMatch(/overload/);
  expect(out).not.toMatch(/NaN|Infinity|undefined/);
});

test.each(['rate=5..60', 'rate=1..10', 'rate=40..45', 'rate=1000..2000'])(
  'the knee does not depend on the range (%s)',
  async (range) => {
    const one = [...SERVER, '--vary', 'rate=2..30', '--json'];
    const { rate } = JSON.parse((await sweep(...one)).out).marks.knee;
    const { marks } = JSON.parse((await sweep(...SERVER, '--vary', range, '--json')).out);
    expect(marks.knee.rate / rate).toBeCloseTo(1, 6);
    expect((await sweep(...SERVER, '--vary', range)).out).toMatch(/^knee: rate \d/m);
  },
);

test('ASCII alone where the locale cannot show more', async () => {
  const made = madeUpHost(['sweep', ...SERVER, '--vary', 'rate=5..60'], { env: { LANG: 'C' } });
  await run(made.host);
  expect(made.out().split('\n').slice(1, 22).join('\n')).toMatch(/^[\u0000-\u007f]*$/);
});

test('where nothing has a value no empty chart is drawn', async () => {
  const { code, out } = await sweep(...SERVER, '--vary', 'rate=1000..2000');
  expect(code).toBe(0);
  expect(out).toContain('nothing to draw: overloaded throughout');
  expect(out).not.toContain('┤');
  expect(out).toContain('2000/s  overload');
});

test('CSV has every point with raw numbers, empty where overloaded', async () => {
  const { out } = await sweep(
    ...SERVER,
    '--vary',
    'rate=10..60:10',
    '--result',
    'p95',
    '--result',
    'capacity',
    '--format',
    'csv',
  );
  const records = parseCsv(out, { columns: true, cast: true }) as Record<string, number | string>[];
  expect(records.map((r) => r.rate)).toEqual([10, 20, 30, 40, 50, 60]);
  const times = records.map((r) => r.p95_ms).filter((t) => t !== '') as number[];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(records.at(-1)).toMatchObject({ stable: 'false', p95_ms: '' });
});

test('two inputs make a heat map, and its SVG is one picture', async () => {
  const two = [...SERVER, '--rate', '20', '--vary', 'workers=2..6', '--vary', 'cores=1..3:0.5'];
  expect((await sweep(...two)).out).toMatch(/over workers and cores/);
  const { out } = await sweep(...two, '--format', 'svg');
  expect(out.match(/<svg /g)).toHaveLength(1);
});

test('what is found keeps the objective, and a little more does not', async () => {
  const { out } = await sweep(...SERVER, '--find', 'rate where p95=300ms', '--json');
  const [found] = JSON.parse(out).found;
  expect(found.holds).toBe('up to');
  const p95At = async (rate: number) => {
    const answer = await sweep(...SERVER, '--vary', `rate=${rate},${rate * 1.001}`, '--json');
    return JSON.parse(answer.out).points.map((p: { results: { p95: number } }) => p.results.p95) as [
      number,
      number,
    ];
  };
  const [at, beyond] = await p95At(found.value);
  expect(at).toBeLessThanOrEqual(300 * (1 + 1e-6));
  expect(beyond).toBeGreaterThan(300);
});

test('uncertain memory gives a range of workers', async () => {
  const { out } = await sweep(
    '--cores',
    '4',
    '--mem',
    '1024',
    '--per-worker',
    '200..300',
    '--result',
    'workers',
    '--json',
  );
  expect(JSON.parse(out).intervals).toEqual([
    { result: 'workers', low: 3, middle: 4, high: 5, overloads: false },
  ]);
});

test('sensitivity ranks the inputs and says which were assumed', async () => {
  const { out } = await sweep('--cores', '2', '--workers', '4', '--rate', '30', '--sensitivity', '--json');
  const { sensitivity } = JSON.parse(out);
  const strength = sensitivity.map((s: { elasticity: number }) => Math.abs(s.elasticity));
  expect(strength).toEqual(strength.toSorted((a: number, b: number) => b - a));
  expect(sensitivity.find((s: { input: string }) => s.input === 'cpuTime').assumed).toBe(true);
  expect(sensitivity.find((s: { input: string }) => s.input === 'rate').assumed).toBe(false);
});

test.each([
  [[], /give what to vary/],
  [['--vary', 'rate=1..2', '--vary', 'rate=3..4'], /rate was given twice/],
  [['--vary', 'rate=1..2', '--vary', 'cores=1..2', '--vary', 'cv=1..2'], /one or two inputs/],
  [['--vary', 'rate=1..2/9999', '--vary', 'cores=1..2/9999'], /at most 250000/],
  [['--find', 'rate'], /is not of the form/],
  [['--find', 'rate where p59=1s'], /did you mean p/],
  [['--find', 'rate where p95=fast'], /--find p95/],
  [['--find', 'rate where workers=0x2'], /--find workers: "0x2" has a unit/],
  [['--per-worker', '300..200'], /must rise/],
])('%j is refused in one sentence with exit code 2', async (argv, message) => {
  const { code, out, err } = await sweep(...SERVER, ...(argv as string[]));
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message as RegExp);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test.each([
  ['rate=5..40', 'most that keeps the objective: rate'],
  ['io-time=20..200', 'most that keeps the objective: ioTime'],
  ['workers=1..8', 'least that keeps the objective: workers'],
])('the best point of %s is named for what it is', async (vary, label) => {
  const server = ['--cores', '2', '--workers', '4', '--cpu-time', '20', '--io-time', '40', '--rate', '20'];
  const asked = vary.startsWith('rate') ? server.slice(0, -2) : server;
  const { out } = await sweep(...asked, '--vary', vary, '--slo', 'p95<300ms');
  expect(out).toContain(label);
});
