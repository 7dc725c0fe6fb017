import { describe, expect, test } from 'vitest';
import { WORKER_CLASSES } from '../../../src/servers/gunicorn/worker-class.js';
import { basic, planned } from '../../plan/simple-model.js';

describe('settings', () => {
  test('of the basic plan run it, in printed order', () => {
    const { settings, settingReasons } = planned(basic).recommendation!;
    expect(settings).toEqual({
      workers: 4,
      worker_class: 'sync',
      backlog: 2048,
      timeout: 30,
      graceful_timeout: 30,
      max_requests: 10_000,
      max_requests_jitter: 1000,
      preload_app: false,
      worker_tmp_dir: '/dev/shm',
    });
    expect(Object.keys(settings)[0]).toBe('workers');
    expect(Object.keys(settingReasons!)).toEqual(Object.keys(settings));
    for (const reason of Object.values(settingReasons!)) expect(reason).not.toMatch(/\n|undefined/);
  });

  test.each(WORKER_CLASSES)('of %s leave out what the class ignores', (workerClass) => {
    const { settings } = planned({ ...basic, gunicorn: 25, workerClass }).recommendation!;
    expect('threads' in settings).toBe(workerClass === 'gthread');
    expect('worker_connections' in settings).toBe(['gthread', 'gevent', 'eventlet'].includes(workerClass));
    expect('backlog' in settings).toBe(workerClass !== 'asgi');
    expect('keepalive' in settings).toBe(!['sync', 'gthread'].includes(workerClass));
  });

  test('name uvicorn by its package', () => {
    expect(planned({ ...basic, workerClass: 'uvicorn' }).recommendation!.settings.worker_class).toBe(
      'uvicorn_worker.UvicornWorker',
    );
  });

  test('keep connections alive where one process has one queue anyway', () => {
    const { settings } = planned({ ...basic, cores: 1, ioRatio: 0.9, workers: 1, threads: 10 }).given!;
    expect(settings).toMatchObject({ workers: 1, threads: 10, worker_connections: 1000, keepalive: 2 });
  });

  test('recycle a worker no more than hourly', () => {
    const { settings } = planned({ ...basic, workers: 2, threads: 20, ioRatio: 0.99, rate: 123 }).given!;
    expect(settings).toMatchObject({ max_requests: 222_000, max_requests_jitter: 22_200 });
  });

  test('follow what was typed', () => {
    const { settings } = planned({
      ...basic,
      workerClass: 'gthread',
      timeout: 90_500,
      keepalive: 5000,
      backlog: 100,
      preload: true,
      workerConnections: 50,
    }).recommendation!;
    expect(settings).toMatchObject({
      timeout: 91,
      keepalive: 5,
      backlog: 100,
      preload_app: true,
      worker_connections: 50,
    });
  });
});
