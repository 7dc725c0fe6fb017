import { expect, test } from 'vitest';
import type { Facility } from '../../src/model/discipline.js';
import { problemOf } from '../../src/model/problem.js';
import { commonShare, evenCapacityOf } from '../../src/model/solve.js';

const facility = (connections: number): Facility => ({
  processes: 4,
  slots: 2,
  connections,
  backlog: 64,
  accepts: 'eagerly',
  acceptsAtOnce: 1,
  sharing: 'evenly',
  front: { by: 'service' },
  computes: 'under-lock',
  holdMs: 0,
  killAfterMs: Number.POSITIVE_INFINITY,
  cores: 4,
});
const workload = {
  ratePerSecond: null,
  cpu: { kind: 'exponential', mean: 10 },
  io: { kind: 'exponential', mean: 30 },
  ioCalls: 1,
  overheadMs: 0,
} as const;

test.each([
  [2, 0.5, 1],
  [3, 0.5, 0.5],
  [4, 0.5, 0.25],
  [6, 0.5, 0.0625],
  [4, 0.9, 0.81],
  // Queues are long from 95 % on, and have no more in common then.
  [4, 0.99, 0.9025],
])(
  'of a process of %d connections and 2 threads at a load of %d, %d find its own queue full',
  (connections, load, share) => {
    const problem = problemOf(facility(connections), workload);
    expect(commonShare(problem, (load * evenCapacityOf(problem)) / 1000)).toBeCloseTo(share, 9);
  },
);

test('processes that take connections only when they are free have one queue, and so do those in turns', () => {
  for (const accepts of ['when-free', 'between-turns'] as const)
    expect(commonShare(problemOf({ ...facility(4), accepts }, workload), 0.1)).toBe(0);
});
