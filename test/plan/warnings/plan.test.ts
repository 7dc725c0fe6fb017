import { expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { predict } from '../../../src/model/predict.js';
import { plan } from '../../../src/plan/plan.js';
import { resolveProfile } from '../../../src/profile/resolve.js';
import { basic, planned } from '../simple-model.js';

const messageOf = (result: ReturnType<typeof planned>, code: string): string | undefined =>
  result.warnings.find((warning) => warning.code === code)?.message;

test.each<[string, Values, string, string | undefined]>([
  [
    'memory that is full to the last MiB',
    { cores: 1, mem: 512, perWorker: 256, workers: 2, workerClass: 'sync' },
    'memory-full',
    '2 workers fill all of the 512 MiB: one that grows gets the server killed; leave room with --reserve',
  ],
  [
    'a single worker that fills it',
    { cores: 1, mem: 256, perWorker: 256, workers: 1, workerClass: 'sync' },
    'memory-full',
    '1 worker fills all of the 256 MiB: one that grows gets the server killed; leave room with --reserve',
  ],
  [
    'memory with a worker to spare',
    { cores: 1, mem: 1024, perWorker: 256, workers: 2, workerClass: 'sync' },
    'memory-full',
    undefined,
  ],
  ['the oldest version that is known', { ...basic, gunicorn: 20 }, 'unknown-gunicorn', undefined],
  [
    'a version before it',
    { ...basic, gunicorn: 19 },
    'unknown-gunicorn',
    'wcalc knows Gunicorn 20 to 26: 19 is taken to behave like the nearest of them',
  ],
  ['the interpreter lock', basic, 'free-threading', undefined],
  [
    'no interpreter lock',
    { ...basic, gil: false },
    'free-threading',
    'an extension that is not marked safe for free threading turns the interpreter lock on again: check sys._is_gil_enabled() in a worker',
  ],
  [
    'shared memory without preloading',
    { ...basic, shared: 100, preload: false },
    'shared-without-preload',
    'workers share memory only where the application is loaded before the fork: set --preload',
  ],
  [
    'shared memory with preloading',
    { ...basic, shared: 100, preload: true },
    'shared-without-preload',
    undefined,
  ],
])('%s', (_, values, code, message) => {
  expect(messageOf(planned(values), code)).toBe(message);
});

const threads = (rate: number): Values => ({
  cores: 4,
  mem: 8192,
  perWorker: 100,
  workerClass: 'gthread',
  workers: 2,
  threads: 8,
  cpuTime: 10,
  ioTime: 1,
  rate,
});

test('fewer processes than cores are named where their interpreter locks are busy, not before', () => {
  const given = (rate: number) => messageOf(plan(resolveProfile(threads(rate), {}), predict), 'gil-bound');
  // Locks are busy for a rate × 10 ms in two processes: 70 % at 140/s.
  expect(given(150)).toMatch(
    /processes run Python on one core each: 2 processes cannot use 4 cores, whatever the threads$/,
  );
  expect(given(130)).toBeUndefined();
});

test('another server is named where ASGI is spoken and none was asked for, and is one that speaks it', () => {
  const asked: Values = {
    cores: 2,
    mem: 4096,
    perWorker: 100,
    app: 'asgi',
    cpuTime: 5,
    ioTime: 50,
    rate: 50,
  };
  const message = messageOf(plan(resolveProfile(asked, {}), predict), 'other-server');
  expect(message).toMatch(
    /^Uvicorn by itself \(--server uvicorn\) would take \d+ workers? in \d+ MiB: [\d.]+ req\/s at most, p95 [\d.]+ m?s$/,
  );
});

test('without a rate that server has a capacity, and no p95', () => {
  const asked: Values = { cores: 2, mem: 4096, perWorker: 100, app: 'asgi', cpuTime: 5, ioTime: 50 };
  expect(messageOf(planned(asked), 'other-server')).toMatch(/ MiB: [\d.]+ req\/s at most$/);
  expect(messageOf(planned({ ...asked, app: 'wsgi' }), 'other-server')).toBeUndefined();
});

test('what is impossible is so by a MiB or a connection', () => {
  const codes = (values: Values) => planned({ ...basic, ...values }).warnings.map(({ code }) => code);
  expect(codes({ mem: 255 })).toContain('memory-impossible');
  expect(codes({ mem: 256 })).not.toContain('memory-impossible');
  expect(codes({ replicas: 3, dbMaxConnections: 2 })).toContain('connections-impossible');
  expect(codes({ replicas: 3, dbMaxConnections: 3 })).not.toContain('connections-impossible');
  expect(codes({ replicas: 3, dbPool: 2, dbMaxConnections: 5 })).toContain('connections-impossible');
});

test('a number without a unit may have been meant in GiB up to 64, where those would hold a worker', () => {
  const asked = (mem: number, perWorker: number) =>
    / was --mem (\d+)GiB meant/.exec(
      messageOf(planned({ cores: 1, mem, perWorker }), 'memory-impossible') ?? '',
    )?.[1];
  expect([asked(64, 65), asked(65, 66), asked(1, 1024), asked(1, 1025)]).toEqual([
    '64',
    undefined,
    '1',
    undefined,
  ]);
});
