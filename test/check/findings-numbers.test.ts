import { expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly numbers: Readonly<Record<string, unknown>>;
}

async function findings(conf: string, argv: string): Promise<readonly Finding[]> {
  const files = { 'gunicorn.conf.py': conf };
  const words = ['check', 'gunicorn.conf.py', '--json', '--cores', '2', ...argv.split(' ')];
  const { host, out, err } = madeUpHost(words, { files });
  expect([0, 1], err()).toContain(await run(host));
  return JSON.parse(out()).findings;
}
const ofRule = async (rule: string, conf: string, argv: string) =>
  (await findings(conf, argv)).filter((one) => one.rule === rule);

const LOADED = '--rate 18 --service-time 100ms --io-ratio 0 --slo';

test('each limit that is missed is a finding that says value and limit by name', async () => {
  const [p95] = await ofRule('objective-missed', 'workers = 2', `${LOADED} p95<200ms`);
  expect(p95!.numbers).toEqual({ objective: 'p95<200ms', p95Ms: expect.any(Number), limit: 200 });
  expect(p95!.message).toMatch(/^the predicted p95 is \d.* ms, and the objective is p95<200ms$/);
  const [wait] = await ofRule('objective-missed', 'workers = 2', `${LOADED} wait<5%`);
  expect(wait!.numbers).toEqual({ objective: 'wait<5%', waitProbability: expect.any(Number), limit: 0.05 });
  expect(wait!.message).toMatch(/^the predicted probability of queueing is \d.*%, and/);
  expect(await ofRule('objective-missed', 'workers = 2', `${LOADED} p95<1h`)).toEqual([]);
});

test('a ceiling on the use of the capacity is one more limit', async () => {
  const [used] = await ofRule('objective-missed', 'workers = 2', `${LOADED} p95<1h --max-utilization 80%`);
  expect(used!.numbers).toEqual({ utilization: expect.closeTo(0.9, 3), limit: 0.8 });
  expect(await ofRule('objective-missed', 'workers = 2', `${LOADED} p95<1h --max-utilization 95%`)).toEqual(
    [],
  );
});

test('only threads share a pool of connections', async () => {
  const threads = 'worker_class = "gthread"\nthreads = 8';
  const [found] = await ofRule('db-pool-smaller-than-threads', threads, '--db-pool 4');
  expect(found!.numbers).toEqual({ threads: 8, dbPool: 4 });
  expect(await ofRule('db-pool-smaller-than-threads', threads, '--db-pool 8')).toEqual([]);
  expect(await ofRule('db-pool-smaller-than-threads', 'worker_class = "gevent"', '--db-pool 4')).toEqual([]);
  // 8 threads that hold a connection for 36 of 80 ms hold 3.6 on average, for 54 of them 5.4.
  const held = (time: string) =>
    ofRule(
      'db-pool-smaller-than-threads',
      threads,
      `--db-pool 4 --cpu-time 8ms --io-time 72ms --db-time ${time}`,
    );
  expect(await held('36ms')).toEqual([]);
  expect(await held('54ms')).toHaveLength(1);
});

test('how many workers are useful depends on how each serves', async () => {
  const why = async (conf: string, argv = '--gil') =>
    (await ofRule('workers-over-cores', `workers = 40\n${conf}`, argv))[0]?.message ?? '';
  expect(await why('')).toContain('at the usual 2 to 4 per core');
  expect(await why('', '--cpu-time 10ms --io-time 10ms')).toContain(
    'where a request computes 50% of its time',
  );
  expect(await why('worker_class = "gthread"\nthreads = 8')).toContain('at the usual 2 to 4 per core');
  expect(await why('worker_class = "gthread"\nthreads = 8', '--cpu-time 10ms --io-time 10ms')).toContain(
    'as a gthread process serves many requests at once',
  );
  expect(await why('worker_class = "gevent"')).toContain('as a gevent process serves many requests at once');
});
