import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Values } from '../../src/input/options.js';
import { predict } from '../../src/model/predict.js';
import { plan } from '../../src/plan/plan.js';
import { resolveProfile } from '../../src/profile/resolve.js';

const given = (values: Values) =>
  plan(resolveProfile({ cores: 8, cpuTime: 20, ioTime: 60, ...values }, {}), predict);
const configured = (values: Values) => given(values).given!;

test.each(['uvicorn', 'hypercorn', 'uwsgi', 'mod_wsgi', 'gunicorn'])(
  'while a worker of %s restarts, the others serve as if they were all, in the same memory',
  (name) => {
    const server = { name, version: null };
    const three = configured({ server, workers: 3, mem: 2048, perWorker: 200 });
    const two = configured({ server, workers: 2, mem: 2048, perWorker: 200 });
    expect(three.restart.capacityPerSecond).toBeCloseTo(two.prediction.capacityPerSecond, 6);
    expect(three.restart.memoryMiB).toBe(three.memoryMiB);
  },
);

test.each(['daphne', 'waitress', 'uwsgi'])('a single worker of %s leaves nobody to serve', (name) => {
  const one = configured({ server: { name, version: null }, workers: 1 });
  expect(one.restart.capacityPerSecond).toBe(0);
});

test('Granian starts the successor first: its capacity stays, and memory holds one worker more', () => {
  const granian = { server: { name: 'granian', version: null }, workers: 3, perWorker: 200 };
  const { given: three, warnings } = given({ ...granian, mem: 700 });
  expect(three!.restart.capacityPerSecond).toBe(three!.prediction.capacityPerSecond);
  expect(three!.memoryMiB).toBe(600);
  expect(three!.restart.memoryMiB).toBe(800);
  expect(warnings.find(({ code }) => code === 'successor-memory')?.message).toMatch(
    /granian configuration needs 800 MiB while a worker is replaced and there are 700 MiB: Granian starts the new one before it ends the old one, at a reload or for the age or memory of a worker; leave these off, or leave room for one more$/,
  );
  expect(given({ ...granian, mem: 4000 }).warnings.map(({ code }) => code)).not.toContain('successor-memory');
});

test('fewer workers never carry more', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('gunicorn', 'uvicorn', 'granian', 'uwsgi', 'mod_wsgi'),
      fc.integer({ min: 2, max: 12 }),
      fc.double({ min: 0.5, max: 16, noNaN: true }),
      (name, workers, cores) => {
        const { restart, prediction } = configured({ server: { name, version: null }, workers, cores });
        expect(restart.capacityPerSecond).toBeGreaterThan(0);
        expect(restart.capacityPerSecond).toBeLessThanOrEqual(prediction.capacityPerSecond * (1 + 1e-9));
      },
    ),
    { numRuns: 60 },
  );
});
