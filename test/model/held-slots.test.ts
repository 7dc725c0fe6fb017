import fc from 'fast-check';
import { expect, test } from 'vitest';
import { predict } from '../../src/model/predict.js';
import { facilityOf } from '../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../src/simulation/index.js';

/** A sync worker waits until the client has closed, ms: the next request waits for that as well. */
const HOLD_MS = 0.1;

const sync = (workers: number, cores: number) =>
  facilityOf({
    workerClass: 'sync',
    gunicorn: 26,
    workers,
    threads: 1,
    workerConnections: 1000,
    backlog: 2048,
    cores,
    gil: true,
    timeoutMs: 0,
  });
const load = (ratePerSecond: number, overheadMs: number, ioMs = 0) => ({
  cpu: { kind: 'exponential', mean: 4 } as const,
  io: { kind: 'exponential', mean: ioMs } as const,
  ioCalls: ioMs > 0 ? 1 : 0,
  ratePerSecond,
  overheadMs,
});

test('a worker that is held after its answer is M/G/1 with the service and the hold, of which the answer is spared the last', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 10, max: 180, noNaN: true }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (rate, overheadMs) => {
        const heldMs = 4 + overheadMs + HOLD_MS;
        const utilization = (rate * heldMs) / 1000;
        fc.pre(utilization < 0.95);
        // Pollaczek–Khinchine, the variance being that of the exponential part.
        const waitMs = ((rate / 1000) * (4 ** 2 + heldMs ** 2)) / (2 * (1 - utilization));
        const { meanMs, utilization: used } = predict(sync(1, 1), load(rate, overheadMs));
        expect(meanMs! / (waitMs + 4 + overheadMs)).toBeCloseTo(1, 6);
        expect(used!.slots).toBeCloseTo(utilization, 9);
      },
    ),
  );
});

test('without the CPU of a real server nothing is held', () => {
  expect(predict(sync(1, 1), load(150, 0)).meanMs).toBeCloseTo(4 / (1 - 0.6), 9);
});

test('several workers that wait for longer are held as much as those of the simulator', () => {
  const workload = load(80, 0.8, 36);
  const facility = sync(4, 4);
  const simulated = (holdMs: number): number =>
    simulate(facility, workload, { requests: 200_000, physics: { holdMs } }).prediction.meanMs!;
  const grows = simulated(1) / simulated(0);
  const found = (holdMs: number): number => predict({ ...facility, holdMs }, workload).meanMs!;
  expect(grows).toBeGreaterThan(1.05);
  expect(Math.abs(found(1) / found(0) / grows - 1)).toBeLessThan(0.03);
});
