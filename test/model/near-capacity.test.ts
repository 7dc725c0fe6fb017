import { describe, expect, test } from 'vitest';
import { mg1ps, mmc } from '../../src/math/queues/index.js';
import { predict } from '../../src/model/predict.js';
import { law, system, workload } from './questions.js';

/** Relative distance. */
const off = (value: number | null, wanted: number): number => Math.abs((value ?? 0) / wanted - 1);

const LOADS = [0.97, 0.99, 0.995, 0.998, 0.999, 0.9999, 1 - 1e-5, 1 - 1e-6];

/** So long that nothing is refused. */
const backlog = 1e9;

describe('exponential requests without I/O are M/M/c, however near to saturation', () => {
  test.each([
    ['sync', system({ backlog }), 1],
    ['sync on four cores', system({ workers: 4, cores: 4, backlog }), 4],
    ['gthread', system({ workerClass: 'gthread', backlog }), 1],
    ['tornado', system({ workerClass: 'tornado', backlog }), 1],
    ['gevent on two cores', system({ workerClass: 'gevent', workers: 2, cores: 2, backlog }), 2],
    ['gevent', system({ workerClass: 'gevent', backlog }), 1],
    ['uvicorn', system({ workerClass: 'uvicorn', backlog }), 1],
  ] as const)('%s', (_, server, servers) => {
    for (const load of LOADS) {
      const p = predict(server, workload(100, 0, { ratePerSecond: 10 * servers * load }));
      const exact = mmc({ arrivalRate: (load * servers) / 100, serviceTime: 100, servers }).sojourn!;
      expect(off(p.meanMs, exact.mean), `mean at ${load}`).toBeLessThan(1e-3);
      for (const [value, share] of [
        [p.p50Ms, 0.5],
        [p.p90Ms, 0.9],
        [p.p95Ms, 0.95],
        [p.p99Ms, 0.99],
      ] as const)
        expect(off(value, exact.percentile(share)), `p${100 * share} at ${load}`).toBeLessThan(0.015);
    }
  });
});

describe('near saturation every law waits as an exponential one with the mean of Pollaczek and Khinchine', () => {
  for (const cv of [0, 0.5, 2, 4])
    test(`cv ${cv}`, () => {
      for (const idle of [1e-4, 1e-6, 1e-8]) {
        const p = predict(
          system({ backlog: 1e12 }),
          workload(0, 0, { cpu: law(100, cv), ratePerSecond: 10 * (1 - idle) }),
        );
        const meanMs = (50 * (1 + cv ** 2)) / idle;
        for (const [value, share] of [
          [p.p50Ms, 0.5],
          [p.p95Ms, 0.95],
          [p.p99Ms, 0.99],
        ] as const)
          expect(off(value, -meanMs * Math.log1p(-share))).toBeLessThan(0.015);
      }
    });
});

describe('hundreds of threads that share a core without a lock are M/M/1 processor sharing', () => {
  const server = system({
    ...{
      workerClass: 'gthread',
      workers: 100,
      threads: 50,
      workerConnections: 50,
      gil: false,
      backlog: 2048,
    },
  });
  test.each([0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995])('at %d of the capacity', (load) => {
    const p = predict(server, workload(20, 0, { ratePerSecond: 50 * load }));
    const service = { kind: 'exponential', mean: 20 } as const;
    const exact = mg1ps({ arrivalRate: load / 20, service }).sojourn!;
    expect(off(p.meanMs, exact.mean)).toBeLessThan(1e-3);
    expect(off(p.p50Ms, exact.percentile(0.5))).toBeLessThan(0.05);
    for (const [value, share] of [
      [p.p90Ms, 0.9],
      [p.p95Ms, 0.95],
      [p.p99Ms, 0.99],
    ] as const)
      expect(off(value, exact.percentile(share)), `p${100 * share}`).toBeLessThan(0.025);
  });
});
