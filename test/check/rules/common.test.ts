import { describe, expect, test } from 'vitest';
import { findingsIn, inCommand, inCompose, inConf } from '../checked.js';

const limits = (more: string) => `deploy: {resources: {limits: {${more}}}}`;
const two = 'command: gunicorn -w 2 app:app';

/** A pod with one container; `more` stands in the container, `spec` in the pod. */
async function inPod(rule: string, { args = '-w 2', more = '', spec = '' }, options = '') {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
${spec.replace(/^(?=.)/gm, '      ')}
      containers:
        - name: web
          image: web
          command: [sh, -c, "exec gunicorn ${args} --worker-tmp-dir /dev/shm app:app"]
${more.replace(/^(?=.)/gm, '          ')}
`;
  const found = await findingsIn({ 'web.yaml': text }, ...options.split(' ').filter(Boolean));
  return found.filter((one) => one.rule === rule);
}

describe('memory', () => {
  test('that is not enough is told with what fits, or that nothing does', async () => {
    const [some] = await inConf(
      'memory-overcommit',
      'workers = 9',
      '--mem 1000 --per-worker 250 --master 100',
    );
    expect(some).toMatchObject({
      message: '9 workers of 250 MiB need 2350 MiB in all, 2.35 times the 1000 MiB there are',
      fix: 'set workers = 3, the most that fit',
    });
    expect(some!.numbers).toEqual({
      workers: 9,
      memoryUsedMiB: 2350,
      memoryLimitMiB: 1000,
      perWorkerMiB: 250,
      workersThatFit: 3,
    });
    const [none] = await inConf('memory-overcommit', 'workers = 1', '--mem 100 --per-worker 250');
    expect(none!.fix).toBe('raise the memory limit: not even one worker fits');
  });

  test('that is nearly full is told with the workers, or the limit, that leave a tenth', async () => {
    const full = async (workers: number, options: string) =>
      (await inConf('memory-headroom', `workers = ${workers}`, options))[0]!;
    expect(await full(4, '--mem 1000 --per-worker 240')).toMatchObject({
      message: 'the workers fill 96% of the memory, 960 MiB of 1000 MiB',
      fix: 'set workers = 3, or raise the limit to 1067 MiB',
      numbers: { memoryUsedMiB: 960, memoryLimitMiB: 1000, share: 0.96 },
    });
    expect((await full(1, '--mem 1000 --per-worker 950')).fix).toBe('raise the limit to 1056 MiB');
  });

  test('and cores that are requested are at least what is used', async () => {
    const requests = (memory: string, cpu: string) => ({
      more: `resources: {requests: {memory: ${memory}, cpu: ${cpu}}}`,
    });
    const asked = (memory: string, cpu: string) =>
      inPod(
        'request-below-need',
        requests(memory, cpu),
        '--per-worker 100 --cpu-time 10ms --io-time 1ms --rate 50',
      );
    expect(await asked('200Mi', '500m')).toEqual([]);
    const found = await asked('199Mi', '499m');
    expect(found.map(({ message, fix }) => [message, fix])).toEqual([
      ['199 MiB are requested, and the workers need 200 MiB', 'request 200 MiB'],
      ['0.499 cores requested, and 50 req/s × 10 ms of CPU take 0.5 cores', 'request 500m or more'],
    ]);
    expect(found.map(({ numbers }) => numbers)).toEqual([
      { memoryRequestMiB: 199, memoryUsedMiB: 200 },
      { cpuRequestCores: 0.499, cpuNeededCores: 0.5 },
    ]);
    expect(await inPod('request-below-need', requests('1Mi', '1m'))).toEqual([]);
    expect(await inPod('request-below-need', requests('1Mi', '1m'), '--cpu-time 10ms')).toEqual([]);
  });
});

describe('cores', () => {
  const over = async (conf: string, options: string) =>
    (await inConf('workers-over-cores', conf, options))[0];
  test.each([
    ['workers = 9', '--cores 2', false],
    ['workers = 10', '--cores 2', true],
    // Cores that are not whole count as what they are for the rule of thumb, and as the next for processes.
    ['workers = 7', '--cores 1.5', false],
    ['workers = 8', '--cores 1.5', true],
    ['workers = 5\nworker_class = "gevent"', '--cores 1.5', false],
    ['workers = 6\nworker_class = "gevent"', '--cores 1.5', true],
    // Requests that compute a quarter of their time keep two cores busy in eight workers, and one may wait.
    ['workers = 9', '--cores 2 --cpu-time 10 --io-time 30', false],
    ['workers = 10', '--cores 2 --cpu-time 10 --io-time 30', true],
    ['workers = 17', '--cores 2 --cpu-time 10 --io-time 70', false],
  ])('%j on %s are more than can be used: %s', async (conf, options, fires) => {
    expect((await over(conf, options)) !== undefined).toBe(fires);
  });

  test('are told with the workers that can use them', async () => {
    expect(await over('workers = 40', '--cores 2')).toMatchObject({
      message: '40 workers on 2 cores: at the usual 2 to 4 per core, about 9 can be used',
      fix: 'set workers = 9 or fewer',
      numbers: { workers: 40, cores: 2, mostUseful: 9 },
    });
  });

  test('of a machine that is not there count where workers follow it, under a limit and without one', async () => {
    const files = (more: string) => ({
      'compose.yaml': `services:\n  web:\n    command: gunicorn -c gunicorn.conf.py app:app\n    build: .\n    ${more}\n`,
      'gunicorn.conf.py': 'import os\nworkers = os.cpu_count() * 2\nthreads = os.cpu_count()\n',
    });
    const found = async (more: string, ...options: string[]) =>
      (await findingsIn(files(more), ...options)).filter(({ rule }) => rule.startsWith('cpu-count'));
    const limited = await found(limits('cpus: "2"'));
    expect(limited.map(({ rule, numbers }) => [rule, numbers])).toEqual([
      ['cpu-count-in-container', { cpuLimitCores: 2, workers: 4 }],
      ['cpu-count-in-container', { cpuLimitCores: 2, threads: 2 }],
    ]);
    const free = await found('environment: {}', '--machine-cores', '3');
    expect(free.map(({ rule, numbers }) => [rule, numbers])).toEqual([['cpu-count-of-host', { workers: 6 }]]);
    // A machine of Fly is a virtual one, and a bound is the same on every larger machine.
    const conf = { 'gunicorn.conf.py': 'import os\nworkers = 2 * os.cpu_count()\n' };
    const fly = 'app = "a"\n[experimental]\ncmd = "gunicorn a:b"\n[vm]\ncpus = 2\nmemory = "4gb"\n';
    expect((await findingsIn({ 'fly.toml': fly, ...conf })).map(({ rule }) => rule)).not.toContain(
      'cpu-count-in-container',
    );
    const bounded = { 'gunicorn.conf.py': 'import os\nworkers = min(3, 2 * os.cpu_count())\n' };
    const compose = `services:\n  web:\n    image: x\n    command: gunicorn a:b\n    ${limits('cpus: "2"')}\n`;
    expect((await findingsIn({ 'compose.yaml': compose, ...bounded })).map(({ rule }) => rule)).not.toContain(
      'cpu-count-in-container',
    );
    expect((await findingsIn({ 'compose.yaml': compose, ...conf })).map(({ rule }) => rule)).toContain(
      'cpu-count-in-container',
    );
    // What is not in a container runs on the machine that it is written for.
    expect(
      await inConf('cpu-count-of-host', 'import os\nworkers = os.cpu_count()', '--machine-cores 3'),
    ).toEqual([]);
  });
});

describe('load', () => {
  test('that fills the slots is told with the slots that it takes', async () => {
    const [sync] = await inConf('too-few-slots', 'workers = 2', '--rate 30 --service-time 100ms');
    expect(sync).toMatchObject({
      message: '30 req/s × 100 ms keep 3 requests in service, and there are 2 slots',
      fix: 'set workers = 4 or more',
      numbers: { ratePerSecond: 30, serviceTimeMs: 100, offeredLoad: 3, slots: 2, slotsNeeded: 4 },
    });
    const [threads] = await inConf(
      'too-few-slots',
      'workers = 2\nthreads = 2',
      '--rate 45 --service-time 100ms',
    );
    expect(threads!.fix).toBe('set workers × threads to 5 or more, such as threads = 3');
  });

  test('that the cores cannot serve is another matter, told once', async () => {
    const options = '--cores 1 --cpu-time 100ms --io-time 100ms --rate 12';
    const [found] = await inConf('unstable', 'workers = 2\nthreads = 9', options);
    expect(found).toMatchObject({
      message: expect.stringMatching(
        /^12 req\/s come in and at most [\d.]+ req\/s can be served: 120% of the capacity$/,
      ),
      numbers: { ratePerSecond: 12, capacityPerSecond: expect.closeTo(10, 1) },
    });
    expect(await inConf('unstable', 'workers = 1', options)).toEqual([]);
    expect(await inConf('too-few-slots', 'workers = 1', options)).toHaveLength(1);
    expect(await inConf('unstable', 'workers = 2\nthreads = 9', options.replace('12', '9'))).toEqual([]);
  });
});

describe('the grace period of a platform', () => {
  const graceful = async (seconds: number, more = '') =>
    (
      await inCompose(
        'graceful-timeout-too-long',
        `command: gunicorn --graceful-timeout ${seconds} a:b\n${more}`,
      )
    )[0];
  test('may be just as long, and is its default where it is not said', async () => {
    expect(await graceful(10)).toBeUndefined();
    expect(await graceful(11)).toMatchObject({
      message:
        'Gunicorn lets requests finish for 11 s, and the platform kills after 10 s (stop_grace_period, its default)',
      fix: 'set graceful_timeout = 5, or stop_grace_period to 16',
    });
    expect(await graceful(20, 'stop_grace_period: 20s')).toBeUndefined();
    expect(await graceful(21, 'stop_grace_period: 20s')).toMatchObject({
      message:
        'Gunicorn lets requests finish for 21 s, and the platform kills after 20 s (stop_grace_period)',
      fix: 'set graceful_timeout = 15, or stop_grace_period to 26',
    });
    expect((await graceful(9, 'stop_grace_period: 1s'))!.fix).toMatch(/^set graceful_timeout = 1, /);
  });

  test('counts against the default of the server only where somebody chose it', async () => {
    // Thirty seconds are more than the ten of Compose, and nobody wrote either.
    expect(await inCompose('graceful-timeout-too-long', two)).toEqual([]);
    const [found] = await inCompose('graceful-timeout-too-long', `${two}\nstop_grace_period: 20s`);
    expect([found!.line, found!.fix]).toEqual([4, 'set graceful_timeout = 15, or stop_grace_period to 35']);
  });

  test('is not known where the file says it by a variable', async () => {
    expect(await graceful(99, 'stop_grace_period: $' + '{GRACE}')).toBeUndefined();
  });
});

describe('a liveness probe', () => {
  const probe = (period: number, threshold: number) => ({
    args: '--timeout 60',
    more: `livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: ${period}, failureThreshold: ${threshold}}`,
  });
  test('gives up no sooner than a request may end', async () => {
    expect(await inPod('liveness-before-timeout', probe(20, 3))).toEqual([]);
    expect((await inPod('liveness-before-timeout', probe(19, 3)))[0]!.message).toBe(
      'the liveness probe fails after 57 s, and a request may hold a worker for 60 s',
    );
    expect(
      await inPod('liveness-before-timeout', { ...probe(9, 3), args: '--timeout 60 --threads 2' }),
    ).toHaveLength(1);
    expect(
      await inPod('liveness-before-timeout', { ...probe(9, 3), args: '--timeout 60 -k gevent' }),
    ).toEqual([]);
    expect(await inPod('liveness-before-timeout', { ...probe(9, 3), args: '--timeout 0' })).toEqual([]);
  });
});

test('a connection is kept longer than the balancer keeps it, not as long', async () => {
  const kept = async (seconds: number, options = '--proxy-idle-timeout 60s') =>
    (await inCommand('keepalive-below-proxy', `uvicorn a:b --timeout-keep-alive ${seconds}`, options))[0];
  expect(await kept(61)).toBeUndefined();
  expect(await kept(60)).toMatchObject({
    message:
      '--timeout-keep-alive is 60 s, and the load balancer keeps idle connections for 60 s: a request that meets a closed one is answered 502',
    fix: 'set --timeout-keep-alive 65',
    numbers: { keepaliveSeconds: 60, proxyIdleSeconds: 60 },
  });
  expect((await kept(2, '--proxy-idle-timeout 2500ms'))!.fix).toBe('set --timeout-keep-alive 8');
  expect(await kept(2, '')).toBeUndefined();
});

test('connections of the database are counted over workers, threads and replicas, up to the last', async () => {
  const found = async (conf: string, options: string) => (await inConf('db-connections', conf, options))[0];
  const threads = 'workers = 3\nthreads = 4';
  expect(await found(threads, '--db-max-connections 24 --replicas 2')).toBeUndefined();
  expect(await found(threads, '--db-max-connections 23 --replicas 2')).toMatchObject({
    message: '3 workers × 4 connections × 2 replicas make 24 database connections, and 23 are allowed',
    fix: 'at most 2 workers per replica fit, or use a smaller pool',
    numbers: {
      connections: 24,
      dbMaxConnections: 23,
      workers: 3,
      connectionsPerWorker: 4,
      replicas: 2,
      surge: 0,
    },
  });
  expect(await found(threads, '--db-max-connections 5 --db-pool 2')).toMatchObject({
    message: '3 workers × 2 connections × 1 replica make 6 database connections, and 5 are allowed',
  });
});

test('of two places that differ one is named with the one that wins', async () => {
  const files = {
    Procfile: 'web: gunicorn -c gunicorn.conf.py -w 4 --threads 2 a:b\n',
    'gunicorn.conf.py': 'workers = 2\nthreads = 2\ntimeout = 9\n',
  };
  const found = (await findingsIn(files)).filter(({ rule }) => rule === 'set-twice');
  expect(found.map(({ message, file, line }) => [message, file, line])).toEqual([
    [
      'workers = 2 in the configuration file has no effect: 4 on the command line (Procfile:1) wins',
      'gunicorn.conf.py',
      1,
    ],
  ]);
});

test('a value that is no count, and an option that is none, stop the server', async () => {
  const wrong = async (conf: string) => (await inConf('invalid-setting', conf))[0];
  expect(await wrong('workers = "many"')).toMatchObject({
    message: 'workers is "many", and Gunicorn accepts a whole number of 0 or more',
    fix: 'give a whole number',
    numbers: { setting: 'workers', value: 'many' },
  });
  expect(await wrong('workers = 5 / 2')).toMatchObject({
    fix: 'make it a whole number, as with // or int()',
  });
  expect(await wrong('workers = -1')).toBeDefined();
  expect(await wrong('workers = 0')).toBeUndefined();
  expect(await wrong('bind = 5')).toBeUndefined();
  const [option] = await inCommand('invalid-setting', `gunicorn --wrokers 4 a:b`);
  expect(option).toMatchObject({
    message: 'Gunicorn has no option --wrokers',
    numbers: { option: '--wrokers' },
  });
});

test('a variable that was not given does not matter to a server that runs one process whatever it says', async () => {
  const reloads = (flag: string) => `image: x\nenv_file: gone.env\ncommand: uvicorn a:b ${flag}`;
  expect(await inCompose('not-judged', reloads('--reload'))).toEqual([]);
  expect(await inCompose('not-judged', reloads('--proxy-headers'))).toHaveLength(1);
});
