import { describe, expect, test } from 'vitest';
import { findingsIn, inCompose, inConf } from '../checked.js';

const HALF = '--cpu-time 10ms --io-time 10ms';

/** A rule, what lies at its limit, and whether it fires there: each pair is one step apart. */
const LIMITS: readonly (readonly [string, string, string, boolean])[] = [
  ['backlog-over-limit', 'backlog = 4096', '', false],
  ['backlog-over-limit', 'backlog = 4097', '', true],
  ['backlog-over-limit', 'backlog = 128', '--somaxconn 128', false],
  ['backlog-over-limit', 'backlog = 129', '--somaxconn 128', true],
  ['backlog-over-limit', 'worker_class = "asgi"\nbacklog = 100', '', false],
  ['backlog-over-limit', 'worker_class = "asgi"\nbacklog = 101', '', true],
  ['backlog-over-limit', 'worker_class = "asgi"\nbacklog = 65', '--somaxconn 64', true],
  // The default is no wish of anybody's.
  ['backlog-over-limit', 'workers = 1', '--somaxconn 128', false],
  ['class-deprecated', 'worker_class = "eventlet"', '--gunicorn 25', true],
  ['class-deprecated', 'worker_class = "eventlet"', '--gunicorn 24', false],
  ['class-deprecated', 'worker_class = "eventlet"', '--gunicorn 26', false],
  ['class-deprecated', 'worker_class = "gevent"', '--gunicorn 25', false],
  ['class-deprecated', 'worker_class = "uvicorn.workers.UvicornWorker"', '', true],
  ['class-deprecated', 'worker_class = "uvicorn.workers.UvicornH11Worker"', '', true],
  ['class-deprecated', 'worker_class = "uvicorn_worker.UvicornWorker"', '', false],
  ['class-missing', 'worker_class = "eventlet"', '--gunicorn 26', true],
  ['class-missing', 'worker_class = "eventlet"', '--gunicorn 25', false],
  ['gthread-split-queues', 'workers = 2\nthreads = 4', '', true],
  ['gthread-split-queues', 'workers = 1\nthreads = 4', '', false],
  ['gthread-split-queues', 'workers = 2\nthreads = 4\nworker_connections = 4', '', false],
  ['gthread-split-queues', 'workers = 2\nthreads = 4\nworker_connections = 5', '', true],
  ['gthread-split-queues', 'workers = 2\nworker_class = "gevent"', '', false],
  ['misspelt-setting', 'worker_connection = 4', '', true],
  ['misspelt-setting', 'worker_conection = 4', '', false],
  ['misspelt-setting', 'preload = True', '', true],
  ['misspelt-setting', 'timeot = 4', '', true],
  ['misspelt-setting', 'timot = 4', '', false],
  // Names of five letters are too short to be told from own variables: this is one slip from `reload`.
  ['misspelt-setting', 'reoad = 4', '', false],
  // What is set by its name too is an own variable beside it.
  ['misspelt-setting', 'threads = 4\nthread = 4', '', false],
  ['preload-without-shared', 'preload_app = True', '--per-worker 100', true],
  ['preload-without-shared', 'preload_app = True', '--per-worker 100 --shared 1', false],
  ['preload-without-shared', 'preload_app = True', '', false],
  ['preload-without-shared', 'preload_app = False', '--per-worker 100', false],
  ['jitter-without-max-requests', 'max_requests_jitter = 1', '', true],
  ['jitter-without-max-requests', 'max_requests_jitter = 1\nmax_requests = 1', '', false],
  ['jitter-without-max-requests', 'max_requests_jitter = 0', '', false],
  // Two workers get 10/s each of 20/s.
  ['restarts-too-often', 'workers = 2\nmax_requests = 1800', '--rate 20 --service-time 1ms', false],
  ['restarts-too-often', 'workers = 2\nmax_requests = 1799', '--rate 20 --service-time 1ms', true],
  ['restarts-too-often', 'workers = 2\nmax_requests = 9', '', false],
  ['sync-without-proxy', 'workers = 2', '--no-proxy', true],
  ['sync-without-proxy', 'workers = 2\nthreads = 2', '--no-proxy', false],
  ['sync-without-proxy', 'workers = 2', '', false],
  ['threads-with-sync', 'threads = 2', '', true],
  ['threads-with-sync', 'threads = 1', '', false],
  ['threads-with-sync', 'worker_class = "sync"\nthreads = 2', '', true],
  ['threads-with-sync', 'worker_class = "gthread"\nthreads = 2', '', false],
  ['timeout-off', 'timeout = 0', '', true],
  ['timeout-off', 'timeout = 1', '', false],
  ['timeout-off', 'timeout = 0\nthreads = 2', '', false],
  ['timeout-too-short', 'timeout = 0', '--slowest 99s', false],
  ['timeout-too-short', 'timeout = 30\nthreads = 2', '--slowest 99s', false],
  ['websockets-class', 'workers = 2', '--websockets', true],
  ['websockets-class', 'worker_class = "gevent"', '--websockets', false],
  ['websockets-class', 'workers = 2', '', false],
  ['worker-connections-ignored', 'worker_connections = 9', '', true],
  ['worker-connections-ignored', 'worker_connections = 9\nthreads = 2', '', false],
  ['worker-connections-ignored', 'worker_connections = 9\nworker_class = "gevent"', '', false],
  ['worker-connections-ignored', 'worker_connections = 9\nworker_class = "asgi"', '', true],
  // Threads that compute half of the time: two ask for one lock, five for two and a half.
  ['gil-bound-threads', 'threads = 2', `--cores 2 ${HALF}`, false],
  ['gil-bound-threads', 'threads = 3', `--cores 2 ${HALF}`, true],
  ['gil-bound-threads', 'threads = 3', `--cores 1 ${HALF}`, false],
  ['gil-bound-threads', 'threads = 3\nworkers = 2', `--cores 2 ${HALF}`, false],
  ['gil-bound-threads', 'threads = 4', `--cores 1 ${HALF}`, false],
  ['gil-bound-threads', 'threads = 5', `--cores 1 ${HALF}`, true],
  ['gil-bound-threads', 'threads = 5', `--cores 1 ${HALF} --no-gil`, false],
  ['gil-bound-threads', 'threads = 5', '--cores 1 --service-time 20ms', false],
  // At 80/s the lock is busy for four fifths of the time.
  ['gil-bound-threads', 'threads = 5', `--cores 1 ${HALF} --rate 80`, false],
  // Above nine tenths threads wait for it long enough to be told.
  ['gil-bound-threads', 'threads = 5', `--cores 1 ${HALF} --rate 91`, true],
];

test.each(LIMITS)('%s: %j %s: %s', async (rule, conf, options, fires) => {
  expect((await inConf(rule, `bind = ":80"\n${conf}`, options)).length > 0).toBe(fires);
});

describe('the cure is one that the same rule accepts', () => {
  /** What the fix says to set, in place of what is set. */
  const applied = (conf: string, fix: string): string => {
    const settings = [...fix.matchAll(/\b([a-z_]+) = ([\w"./]+)/g)].map(([, name, value]) => ({
      name,
      value,
    }));
    expect(settings.length, fix).toBeGreaterThan(0);
    const kept = conf
      .split('\n')
      .filter((line) => !settings.some(({ name }) => line.startsWith(`${name} =`)));
    return [...kept, ...settings.map(({ name, value }) => `${name} = ${value}`)].join('\n');
  };

  test.each([
    ['backlog-over-limit', 'backlog = 9000', ''],
    ['backlog-over-limit', 'worker_class = "asgi"\nbacklog = 9000', ''],
    ['gthread-split-queues', 'workers = 2\nthreads = 4', ''],
    ['jitter-without-max-requests', 'max_requests_jitter = 7', ''],
    ['max-requests-without-jitter', 'workers = 2\nmax_requests = 4', ''],
    ['max-requests-without-jitter', 'workers = 2\nmax_requests = 1000', ''],
    [
      'jitter-too-narrow',
      'workers = 4\nmax_requests = 9000\nmax_requests_jitter = 1',
      '--rate 80 --service-time 9ms',
    ],
    ['restarts-too-often', 'workers = 2\nmax_requests = 1', '--rate 20 --service-time 1ms'],
    ['timeout-too-short', 'timeout = 9', '--slowest 12s'],
    ['sync-without-proxy', 'workers = 2', '--no-proxy'],
    ['gil-bound-threads', 'threads = 7', `--cores 4 ${HALF}`],
    ['gil-bound-threads', 'threads = 7', `--cores 1 ${HALF}`],
    ['gil-bound-threads', 'threads = 7', '--cores 1 --cpu-time 10ms --io-time 23ms'],
  ])('%s: %j', async (rule, conf, options) => {
    const [found] = await inConf(rule, conf, options);
    expect(await inConf(rule, applied(conf, found!.fix), options)).toEqual([]);
  });
});

describe('numbers and words of a finding', () => {
  const only = async (...asked: Parameters<typeof inConf>) => {
    const [found, ...more] = await inConf(...asked);
    expect(more).toEqual([]);
    return found!;
  };

  test('a limit of the class is not one of the kernel', async () => {
    const kernel = await only('backlog-over-limit', 'backlog = 5000');
    expect(kernel.message).toBe('a backlog of 5000 is asked for, and the kernel allows 4096');
    expect(kernel.fix).toBe('set backlog = 4096, or raise net.core.somaxconn');
    const own = await only('backlog-over-limit', 'worker_class = "asgi"\nbacklog = 5000');
    expect([own.message, own.fix]).toEqual([
      'a backlog of 5000 is asked for, and the asgi class allows 100',
      'set backlog = 100',
    ]);
    expect(own.numbers).toEqual({ backlog: 5000, limit: 100 });
  });

  test('threads that one lock holds back are told with the cores that stay idle', async () => {
    const { message, fix, numbers } = await only(
      'gil-bound-threads',
      'threads = 6\nworkers = 1',
      `--cores 3.5 ${HALF}`,
    );
    expect(message).toBe(
      '6 threads that compute 50% of the time ask for 3 interpreter locks of each process, which has one, and 2 cores of 3.5 cannot be used',
    );
    expect(fix).toBe('set threads = 2 and workers = 3');
    expect(numbers).toEqual({ threads: 6, workers: 1, computeShare: 0.5, usefulThreads: 2 });
    const alone = await only('gil-bound-threads', 'threads = 6', `--cores 1 ${HALF}`);
    expect([alone.message.endsWith('has one'), alone.fix]).toEqual([true, 'set threads = 2']);
  });

  test('a predicted slow request counts as the slowest known one does', async () => {
    const predicted = await only(
      'timeout-too-short',
      'timeout = 1',
      '--cores 1 --rate 1 --service-time 900ms',
    );
    expect(predicted.message).toMatch(
      /^one request in a hundred is predicted to take more than [\d.]+ (ms|s), and/,
    );
    const known = await only('timeout-too-short', 'timeout = 2', '--slowest 3s');
    expect(known.message).toBe(
      'the slowest known request takes 3000 ms, and sync workers are killed after 2000 ms',
    );
    expect(known.fix).toMatch(/^set timeout = 5, or/);
  });

  test('a class is named as it is written, or that none is', async () => {
    const threads = (conf: string) => only('threads-with-sync', conf).then(({ message }) => message);
    expect(await threads('threads = 2')).toMatch(/with 2 threads .*, although no class is set$/);
    expect(await threads('worker_class = "sync"\nthreads = 2')).toMatch(/, although the class is sync$/);
    const { fix } = await only('class-deprecated', 'worker_class = "uvicorn.workers.UvicornH11Worker"');
    expect(fix).toBe('install uvicorn-worker and set worker_class = "uvicorn_worker.UvicornH11Worker"');
    expect((await only('class-missing', 'worker_class = "eventlet"', '--gunicorn 26')).fix).toBe(
      'use gevent or gthread',
    );
    expect((await only('class-missing', 'worker_class = "asgi"', '--gunicorn 23')).fix).toMatch(
      /upgrade Gunicorn$/,
    );
  });
});

describe('a finding that holds for a version', () => {
  const missing = async (files: Record<string, string>, options = '') => {
    const findings = await findingsIn(files, ...options.split(' ').filter(Boolean));
    return findings.find(({ rule }) => rule === 'class-missing');
  };
  const conf = { 'gunicorn.conf.py': 'worker_class = "eventlet"\n' };

  test('is no error where the version is assumed, and says so', async () => {
    expect(await missing(conf)).toMatchObject({
      severity: 'warning',
      message:
        'the eventlet class was removed in Gunicorn 26; Gunicorn 26 is assumed, as no file that was read pins its version',
      numbers: { versionAssumed: true },
    });
    expect((await missing(conf, '--rule class-missing=error'))?.severity).toBe('error');
  });

  test('is one where an option or a file says it, and none where that says another', async () => {
    expect(await missing(conf, '--gunicorn 26')).toMatchObject({
      severity: 'error',
      message: 'the eventlet class was removed in Gunicorn 26, and --gunicorn is 26',
    });
    const pinned = (version: string) => ({ ...conf, 'requirements.txt': `gunicorn==${version}\n` });
    expect(await missing(pinned('26.1.0'))).toMatchObject({
      severity: 'error',
      message: 'the eventlet class was removed in Gunicorn 26, and requirements.txt:1 says 26.1',
    });
    expect(await missing(pinned('23.0.0'))).toBeUndefined();
  });
});

test.each([
  ['4', false],
  [' 4 ', false],
  ['+4', false],
  ['1_000', false],
  ['4.0', true],
  ['-1', true],
  ['_4', true],
  ['four', true],
  ['', true],
  [' ', true],
])('WEB_CONCURRENCY=%j is read as Python reads a whole number', async (value, fires) => {
  const found = await inCompose(
    'web-concurrency-invalid',
    `command: gunicorn app:app\nenvironment: {WEB_CONCURRENCY: "${value}"}`,
  );
  expect(found.length > 0).toBe(fires);
  if (value.trim() === '') expect(found[0]!.message).toMatch(/^WEB_CONCURRENCY is empty, /);
  else if (fires) expect(found[0]!.message).toContain(`is "${value}", `);
});

test.each([
  ['worker_class = "sync"', 'where it is set', 2],
  ['threads = 1', 'at the server where it is the default', 1],
])('the class of %j without a proxy is shown %s', async (line, _, at) => {
  const [found] = await inConf('sync-without-proxy', `bind = ":80"\n${line}`, '--no-proxy');
  expect(found!.line).toBe(at);
});

test.each([
  ['/dev/shm', '', false],
  ['/dev/shm/wcalc', '', false],
  ['/dev/shmem', '', true],
  ['/tmp', '', true],
  ['/run/beat', 'tmpfs: /run/', false],
  ['/runner', 'tmpfs: /run', true],
])('heartbeats in %s, with %j, are on the disk of a container: %s', async (directory, more, fires) => {
  const command = `command: gunicorn --worker-tmp-dir ${directory} app:app`;
  expect((await inCompose('heartbeat-on-disk', `${command}\n${more}`)).length > 0).toBe(fires);
});

test('without a directory of their own heartbeats are in /tmp, of a container and of no other machine', async () => {
  const [found] = await inCompose('heartbeat-on-disk', 'command: gunicorn app:app');
  expect(found!.message).toContain('are in /tmp, ');
  expect(found!.numbers).toEqual({ workerTmpDir: null });
  expect(await inConf('heartbeat-on-disk', 'worker_tmp_dir = "/tmp"')).toEqual([]);
});
