import { expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { predict } from '../../../src/model/predict.js';
import { plan } from '../../../src/plan/plan.js';
import { resolveProfile } from '../../../src/profile/resolve.js';

const MOD_WSGI = { name: 'mod_wsgi', version: null } as const;

const planned = (values: Values) =>
  plan(
    resolveProfile({ cores: 2, mem: 4000, perWorker: 100, cpuTime: 20, ioTime: 200, ...values }, {}),
    predict,
  );

test('the time is a setting of the daemons, in seconds', () => {
  expect(planned({ server: MOD_WSGI, queueTimeout: 2000 }).recommendation!.settings.queue_timeout).toBe(2);
  expect(planned({ server: MOD_WSGI }).recommendation!.settings).not.toHaveProperty('queue_timeout');
  expect(planned({ server: MOD_WSGI, queueTimeout: 0 }).recommendation!.settings).not.toHaveProperty(
    'queue_timeout',
  );
});

test('who waits longer is rejected, and the rest waits less', () => {
  const busy = { server: MOD_WSGI, workers: 2, threads: 15, rate: 94 };
  const patient = planned(busy).given!.prediction;
  const shedding = planned({ ...busy, queueTimeout: 1000 }).given!.prediction;
  expect(patient.rejectProbability).toBeLessThan(shedding.rejectProbability!);
  expect(shedding.p95Ms).toBeLessThan(patient.p95Ms!);
});

test('an overload gives errors, not waits without end', () => {
  const { warnings } = planned({ server: MOD_WSGI, workers: 1, threads: 5, rate: 94, queueTimeout: 1000 });
  expect(warnings.find(({ code }) => code === 'unstable')?.message).toMatch(
    /the rest waits for 1000 ms and gets an error$/,
  );
});

test('servers without such a setting refuse it by name', () => {
  expect(() => planned({ server: { name: 'uwsgi', version: null }, queueTimeout: 1000 })).toThrow(
    '--queue-timeout: uWSGI ends no request for its time in the queue; leave it out, or give --server mod_wsgi',
  );
});
