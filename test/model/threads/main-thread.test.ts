import { describe, expect, it } from 'vitest';
import { predict } from '../../../src/model/predict.js';
import type { Workload } from '../../../src/model/types.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../../src/simulation/index.js';

const gthread = (workers: number, threads: number, cores: number, connections = 1000) =>
  facilityOf({
    workerClass: 'gthread',
    gunicorn: 26,
    workers,
    threads,
    workerConnections: connections,
    backlog: 2048,
    cores,
    gil: true,
    timeoutMs: 0,
  });
const workload = (ratePerSecond: number, more: Partial<Workload> = {}): Workload => ({
  ratePerSecond,
  cpu: { kind: 'exponential', mean: 5 },
  io: { kind: 'exponential', mean: 30 },
  ioCalls: 1,
  overheadMs: 0.9,
  ...more,
});

const NONE = { kind: 'deterministic', mean: 0 } as const;
const ONLY_CPU: Partial<Workload> = { io: NONE, ioCalls: 0 };

describe('threads behind a main thread', () => {
  it.each([
    ['few threads', gthread(1, 4, 1), workload(80)],
    ['few threads, most of them busy', gthread(1, 4, 1), workload(90)],
    ['many threads', gthread(1, 16, 1), workload(130)],
    ['a spare core', gthread(1, 8, 2), workload(120)],
    ['CPU spread around the waits', gthread(1, 8, 2), workload(110, { ioCalls: 2, cpuOrder: 'even' })],
    ['CPU that varies', gthread(1, 16, 1), workload(110, { cpu: { kind: 'lognormal', mean: 5, cv: 1.5 } })],
    ['requests that only compute', gthread(1, 4, 1), workload(120, ONLY_CPU)],
    ['two processes on two cores', gthread(2, 8, 2, 8), workload(220)],
    ['four processes on two cores', gthread(4, 4, 2, 4), workload(220)],
  ])('take as long as simulated: %s', (_, facility, asked) => {
    const { prediction } = simulate(facility, asked, { requests: 60_000, seed: 3 });
    expect(predict(facility, asked).meanMs! / prediction.meanMs!).toBeGreaterThan(0.94);
    expect(predict(facility, asked).meanMs! / prediction.meanMs!).toBeLessThan(1.06);
  });

  it('take as long for requests without a wait as for those with next to none', () => {
    const facility = gthread(2, 2, 2);
    const { meanMs } = predict(facility, workload(200, ONLY_CPU));
    const near = predict(facility, workload(200, { io: { kind: 'deterministic', mean: 0.05 } }));
    expect(meanMs! / near.meanMs!).toBeCloseTo(1, 1);
  });

  it('lose cores to each other only where they are not kept to one each', () => {
    const facility = gthread(2, 8, 2, 8);
    const kept = { ...facility, keptToCores: true };
    expect(predict(kept, workload(220)).meanMs).toBeLessThan(predict(facility, workload(220)).meanMs! * 0.95);
    expect(predict(kept, workload(220)).capacityPerSecond).toBeGreaterThan(
      predict(facility, workload(220)).capacityPerSecond,
    );
  });

  it('have a capacity that what is lost at it leaves room for', () => {
    const facility = gthread(2, 8, 2, 8);
    const { capacityPerSecond } = predict(facility, workload(1));
    expect(predict(facility, workload(0.99 * capacityPerSecond)).stable).toBe(true);
    expect(predict(facility, workload(1.01 * capacityPerSecond)).stable).toBe(false);
  });
});
