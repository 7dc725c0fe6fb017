import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedNetwork } from '../../../src/math/queues/closed/closed-network.js';
import type { Facility } from '../../../src/model/discipline.js';
import { closedLoop } from '../../../src/observe/load-tests/explaining/closed-loop.js';
import { explainedWorkload } from './samples.js';

const facility = (cores: number, slots: number): Facility => ({
  processes: 1,
  slots,
  connections: Number.POSITIVE_INFINITY,
  backlog: 2048,
  accepts: 'when-free',
  acceptsAtOnce: 1,
  sharing: 'evenly',
  front: { by: 'service' },
  computes: 'in-parallel',
  holdMs: 0,
  killAfterMs: Number.POSITIVE_INFINITY,
  cores,
});

test('with a thread for each user it is the closed network of cores, waits and thinking', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 1, max: 50, noNaN: true }),
      fc.double({ min: 1, max: 100, noNaN: true }),
      fc.double({ min: 1e-3, max: 500, noNaN: true }),
      (cores, users, cpuMs, ioMs, thinkMs) => {
        const exact = closedNetwork({
          stations: [{ servers: cores, demand: cpuMs }],
          thinkTime: ioMs + thinkMs,
          population: users,
        });
        const found = closedLoop(facility(cores, 64), explainedWorkload(cpuMs, ioMs), users, thinkMs);
        expect(found.throughputPerSecond / 1000 / exact.throughput).toBeCloseTo(1, 6);
        expect(found.meanMs).toBeCloseTo((1000 * users) / found.throughputPerSecond - thinkMs, 6);
      },
    ),
    { numRuns: 100 },
  );
});

test('users beyond the slots wait, and throughput stays', () => {
  const at = (users: number) =>
    closedLoop(facility(2, 8), explainedWorkload(10, 90), users, 0).throughputPerSecond;
  expect(at(8)).toBeCloseTo(at(200), 9);
  expect(at(8)).toBeLessThan(80);
});
