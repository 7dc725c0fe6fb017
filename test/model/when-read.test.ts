import { expect, test } from 'vitest';
import type { Law } from '../../src/math/laws/law.js';
import type { Facility } from '../../src/model/discipline.js';
import { predict } from '../../src/model/predict.js';
import type { Prediction } from '../../src/model/types.js';
import { facilityOf } from '../../src/servers/gunicorn/discipline.js';

const law = (mean: number): Law => ({ kind: 'gamma', mean, cv: 0.7 });
const SYSTEM = {
  gunicorn: 26,
  workers: 4,
  threads: 8,
  workerConnections: 1000,
  backlog: 2048,
  cores: 2,
  gil: true,
  timeoutMs: 30_000,
};
const WORKLOAD = { cpu: law(10), io: law(40), ioCalls: 1, overheadMs: 0, ratePerSecond: 120 };

test.each(['sync', 'gthread', 'gevent'] as const)(
  'what of a prediction of %s is worked out when read is the same however often and in what order',
  (workerClass) => {
    const facility = facilityOf({
      ...SYSTEM,
      workerClass,
      ...(workerClass === 'sync' ? { workers: 12 } : {}),
    });
    const whole = JSON.stringify(predict(facility, WORKLOAD));
    const prediction = predict(facility, WORKLOAD);
    const [p99, p50] = [prediction.p99Ms, prediction.p50Ms];
    expect(p50).toBeLessThan(p99!);
    expect(JSON.stringify(prediction)).toBe(whole);
    expect({ ...prediction }).toEqual(JSON.parse(whole));
  },
);

const cpuMs = (facility: Facility, read: (prediction: Prediction) => unknown): number => {
  const before = process.cpuUsage();
  for (let n = 0; n < 200; n++) read(predict(facility, { ...WORKLOAD, ratePerSecond: 100 + n / 10 }));
  return process.cpuUsage(before).user;
};

test('a prediction of which only the mean is read takes a fraction of the time', () => {
  const facility = facilityOf({ ...SYSTEM, workerClass: 'gthread' });
  cpuMs(facility, ({ p95Ms }) => p95Ms);
  expect(cpuMs(facility, ({ meanMs }) => meanMs)).toBeLessThan(0.8 * cpuMs(facility, ({ p95Ms }) => p95Ms));
});

test('a prediction of which only the capacity is read solves no queue', () => {
  const facility = facilityOf({ ...SYSTEM, workerClass: 'gevent' });
  cpuMs(facility, ({ meanMs }) => meanMs);
  expect(cpuMs(facility, ({ capacityPerSecond }) => capacityPerSecond)).toBeLessThan(
    0.3 * cpuMs(facility, ({ meanMs }) => meanMs),
  );
});
