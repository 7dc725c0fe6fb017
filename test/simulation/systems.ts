import type { Facility } from '../../src/model/discipline.js';
import type { Workload } from '../../src/model/types.js';
import { facilityOf, type System } from '../../src/servers/gunicorn/discipline.js';

/** A server with Gunicorn's defaults but for what a test says; the worker timeout is off. */
export const system = (given: Partial<System> & Pick<System, 'workerClass'>): Facility =>
  facilityOf({
    gunicorn: 26,
    workers: 1,
    threads: 1,
    workerConnections: 1000,
    backlog: 2048,
    cores: 1,
    gil: true,
    timeoutMs: 0,
    ...given,
  });

/** Exponential times of which a test changes what it is about. */
export const workload = (given: Partial<Workload>): Workload => ({
  ratePerSecond: null,
  cpu: { kind: 'exponential', mean: 10 },
  io: { kind: 'deterministic', mean: 0 },
  ioCalls: 1,
  overheadMs: 0,
  ...given,
});
