import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TOPICS } from '../../../src/commands/explain/topics.js';
import { MODELS } from '../../../src/commands/queue/models.js';
import { run } from '../../../src/main.js';
import { METHODS } from '../../../src/model/methods.js';
import { madeUpHost } from '../../made-up-host.js';

async function explain(...argv: string[]) {
  const made = madeUpHost(['explain', ...argv]);
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
}

test('alone it lists every topic', async () => {
  const { code, out } = await explain();
  expect(code).toBe(0);
  for (const { id } of TOPICS) expect(out).toContain(`  ${id} `);
});

describe.each(TOPICS.map((topic) => [topic.id, topic] as const))('%s', (id, topic) => {
  test('is explained with what holds, what fails and a source, in 80 columns', async () => {
    const { code, out } = await explain(id);
    expect(code).toBe(0);
    expect(out).toContain(topic.title);
    const fields =
      topic.kind === 'warning' || topic.kind === 'check rule'
        ? ['why', 'fix', 'source']
        : ['holds', 'fails', 'source'];
    for (const field of fields) expect(out).toMatch(new RegExp(`^  ${field}`, 'm'));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('refers to topics that there are', () => {
    const known = TOPICS.map((other) => other.id);
    expect((topic.seeAlso ?? []).filter((other) => !known.includes(other))).toEqual([]);
  });
});

test('every code that a plan warns with is a topic', () => {
  const sources = readdirSync('src/plan/warnings').map((file) =>
    readFileSync(`src/plan/warnings/${file}`, 'utf8'),
  );
  const codes = sources.flatMap((text) => [...text.matchAll(/code: '([\w-]+)'/g)].map(([, code]) => code!));
  const known = TOPICS.map((topic) => topic.id);
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !known.includes(code))).toEqual([]);
});

test('every number of a prediction is explained, as JSON and as tables name it', async () => {
  const names = ['mean', 'p50', 'p95', 'wait', 'reject', 'capacity', 'cpu', 'gil', 'slots', 'utilization'];
  const keys = ['meanMs', 'p99Ms', 'waitProbability', 'rejectProbability', 'capacityPerSecond'];
  for (const name of [...names, ...keys]) expect((await explain(name)).code, name).toBe(0);
  expect((await explain('p96')).err).toMatch(/did you mean p9/);
});

test('with a rate and an objective it puts in the response time', async () => {
  const machine = ['--cores', '4', '--mem', '1024', '--per-worker', '256', '--rate', '9'];
  const { out } = await explain('p95', ...machine, '--slo', 'p95<1s');
  expect(out).toMatch(/yours .*p95, ms/);
});

test('topics have names of their own', () => {
  const ids = TOPICS.flatMap((topic) => [topic.id, ...(topic.also ?? [])]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('with flags it puts in the user’s own numbers', async () => {
  const { out } = await explain('cpu-heuristic', '--cores', '4', '--mem', '1024', '--per-worker', '256');
  expect(out).toMatch(/yours .*2 × 4.* = 9/);
});

test('two strategies are told apart', async () => {
  expect((await explain('little', 'square-root')).out).toContain('Why they disagree');
});

test('a near miss is suggested, with exit code 2', async () => {
  const { code, err } = await explain('cpu-heuristc');
  expect(code).toBe(2);
  expect(err).toMatch(/did you mean cpu-heuristic/);
});

test('everything that a plan or a queue prints by name is a topic: what binds, the model, the Kendall name', async () => {
  const bounds = ['cpu', 'memory', 'gil', 'slots', 'slo', 'connections', 'heuristic'];
  const models = Object.values(METHODS).map(({ label }) => label);
  for (const name of [...bounds, ...models, ...MODELS.map((model) => model.name), 'closed'])
    expect((await explain(name)).code, name).toBe(0);
  expect((await explain('slo')).out).toContain('Bound by the objective');
});

test('an option that is no topic is pointed to', async () => {
  expect((await explain('keepalive')).err).toContain('wcalc help keepalive explains the option');
});

test('every text is a sentence, and begins with a capital or a name that has none', () => {
  for (const { id, title, what } of TOPICS) {
    expect(`${id}: ${title}`).toMatch(/: ([A-Z(]|\w+_\w+|\w+\/|mod_|asgi|gevent)/);
    expect(`${id}: ${what}`).toMatch(/: ([A-Z(]|\w+_\w+|timeout = ).*[.)]$/s);
  }
});

test('numbers that do not make a plan do not keep a topic from being explained', async () => {
  const plain = await explain('little');
  const made = madeUpHost(['explain', 'little'], { files: { 'wcalc.yaml': 'cores: 2\nrate: 5\n' } });
  expect(await run(made.host)).toBe(0);
  expect({ out: made.out(), err: made.err() }).toEqual({ out: plain.out, err: '' });
  const typed = await explain('little', '--cores', '2');
  expect(typed).toEqual({
    code: 0,
    out: plain.out,
    err: 'wcalc: note: to put in your numbers, --mem and --per-worker are needed too\n',
  });
  expect((await explain('little', '--cores', '2', '--workers', '3', '--rate', '5')).out).toContain('yours');
  expect((await explain('little', '--width', '60')).err).toBe('');
});

test('one process per container is priced by Erlang C, and with the numbers at hand', async () => {
  // M/M/1 at 0.8 waits 4 service times; C(8, 6.4) = 0.4576 of tables, over 8 × 0.2.
  const { out: topic } = await explain('one-process-per-container');
  expect(topic.replace(/\s+/g, ' ')).toContain(
    'waits 4 service times on average for a process of its own, and 0.29',
  );
  const { out: own } = await explain(
    ...['one-process-per-container', '--cores=4', '--mem=4GiB', '--per-worker=200'],
    ...['--cpu-time=20', '--io-time=30', '--rate=120/s', '--json'],
  );
  const [pooled, split] = JSON.parse(own).topics[0].steps;
  expect(pooled.quantity).toMatch(/^p95 in one container of \d+ processes, ms$/);
  expect(split.value).toBeGreaterThan(1.2 * pooled.value);
});
