import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Law } from '../../src/math/laws/law.js';
import { mdc, mmc, mmck } from '../../src/math/queues/index.js';
import { Random } from '../../src/math/random/random.js';
import type { Facility } from '../../src/model/discipline.js';
import { evenly } from '../../src/model/predict.js';
import type { Prediction, Workload } from '../../src/model/types.js';
import { DrawnRequests, POISSON } from '../../src/simulation/engine/arrivals.js';
import { Engine } from '../../src/simulation/engine/engine.js';
import { serveFcfs } from '../../src/simulation/engine/fcfs.js';
import { type Physics, policyOf } from '../../src/simulation/engine/policy.js';
import { simulate } from '../../src/simulation/index.js';
import { Tally } from '../../src/simulation/run/run-totals.js';
import { system, workload } from './systems.js';

const NO_HOLD: Physics = { holdMs: 0 };

/**
 * Of intervals that cover the truth 95 times in 100, the number of `runs` that do is binomial: within four standard
 * deviations in all but one of fifteen thousand tests.
 */
function expectCoverage(covered: number, runs: number): void {
  const deviation = Math.sqrt(runs * 0.95 * 0.05);
  expect(covered).toBeGreaterThan(0.95 * runs - 4 * deviation - 0.5);
  expect(covered).toBeLessThanOrEqual(Math.min(runs, 0.95 * runs + 4 * deviation));
}

interface Covered {
  readonly value: (result: Prediction) => number;
  readonly halfWidth: (result: Prediction) => number;
  readonly truth: number;
}

function coverage(
  given: Facility,
  work: Workload,
  physics: Physics,
  seeds: number,
  requests: number,
  quantities: readonly Covered[],
): void {
  const hits = quantities.map(() => 0);
  for (let seed = 1; seed <= seeds; seed++) {
    const { prediction } = simulate(given, work, { seed, requests, warmup: requests / 50, physics });
    quantities.forEach(({ value, halfWidth, truth }, n) => {
      if (Math.abs(value(prediction) - truth) <= halfWidth(prediction)) hits[n]!++;
    });
  }
  for (const hit of hits) expectCoverage(hit, seeds);
}

const meanIs = (truth: number): Covered => ({
  value: (p) => p.meanMs!,
  halfWidth: (p) => p.ci95!.meanMs!,
  truth,
});
const p95Is = (truth: number): Covered => ({
  value: (p) => p.p95Ms!,
  halfWidth: (p) => p.ci95!.p95Ms!,
  truth,
});
const waitIs = (truth: number): Covered => ({
  value: (p) => p.waitProbability!,
  halfWidth: (p) => p.ci95!.waitProbability!,
  truth,
});

describe('95 % intervals cover exact results at their rate, over many seeds', () => {
  it('M/M/4', () => {
    const exact = mmc({ arrivalRate: 0.32, serviceTime: 10, servers: 4 });
    const given = system({ workerClass: 'sync', workers: 4, cores: 4 });
    coverage(given, workload({ ratePerSecond: 320 }), NO_HOLD, 100, 60_000, [
      meanIs(exact.sojourn!.mean),
      p95Is(exact.sojourn!.percentile(0.95)),
      waitIs(exact.waitProbability!),
    ]);
  });

  it('M/D/3', () => {
    const exact = mdc({ arrivalRate: 0.24, serviceTime: 10, servers: 3 });
    const given = system({ workerClass: 'sync', workers: 3, cores: 3 });
    const work = workload({ ratePerSecond: 240, cpu: { kind: 'deterministic', mean: 10 } });
    coverage(given, work, NO_HOLD, 100, 60_000, [
      meanIs(exact.sojourn!.mean),
      p95Is(exact.sojourn!.percentile(0.95)),
    ]);
  });

  it('M/M/2/5', () => {
    const given = system({ workerClass: 'sync', workers: 2, cores: 2, backlog: 3 });
    const reject = {
      value: (p: Prediction) => p.rejectProbability!,
      halfWidth: (p: Prediction) => p.ci95!.rejectProbability!,
    };
    const exact = mmck({ arrivalRate: 0.18, serviceTime: 10, servers: 2, capacity: 5 });
    coverage(given, workload({ ratePerSecond: 180 }), NO_HOLD, 100, 60_000, [
      { ...reject, truth: exact.blockingProbability },
      meanIs(exact.sojourn!.mean),
    ]);
  });

  it('M/G/1-PS: whatever the law, the mean is service / (1 − load); many processes share one core', () => {
    const given = system({ workerClass: 'sync', workers: 400, cores: 1 });
    const laws: readonly Law[] = [
      { kind: 'hyperexponential', mean: 10, cv: 2 },
      { kind: 'deterministic', mean: 10 },
    ];
    for (const cpu of laws) {
      const physics = { ...NO_HOLD, sliceMs: 0.25 };
      coverage(given, workload({ ratePerSecond: 60, cpu }), physics, 30, 20_000, [meanIs(10 / (1 - 0.6))]);
    }
  });

  it('M/M/1 by threads that share the lock, and by an event loop', () => {
    const threads = system({ workerClass: 'gthread', threads: 200, cores: 1 });
    coverage(threads, workload({ ratePerSecond: 70 }), {}, 40, 30_000, [meanIs(10 / 0.3)]);
    const loop = system({ workerClass: 'uvicorn', cores: 1 });
    coverage(loop, workload({ ratePerSecond: 70 }), {}, 40, 30_000, [
      meanIs(10 / 0.3),
      p95Is((-10 / 0.3) * Math.log(0.05)),
    ]);
  });
});

describe('limits that hold exactly', () => {
  const work = workload({ ratePerSecond: 70, cpu: { kind: 'lognormal', mean: 10, cv: 1.5 } });
  const meanFor = (given: Facility, physics: Physics = NO_HOLD) =>
    simulate(given, work, { requests: 50_000, warmup: 0, physics }).prediction.meanMs!;

  it('one gthread process with one thread, and one tornado, are M/G/1', () => {
    const sync = meanFor(system({ workerClass: 'sync' }));
    expect(meanFor(system({ workerClass: 'gthread' }))).toBeCloseTo(sync, 6);
    expect(meanFor(system({ workerClass: 'tornado' }))).toBeCloseTo(sync, 6);
    expect(meanFor(system({ workerClass: 'uvicorn' }))).toBeCloseTo(sync, 6);
  });

  it('the recursion and the event list give the same course', () => {
    for (const workers of [1, 3, 20]) {
      const given = system({ workerClass: 'sync', workers, cores: workers, backlog: 4, timeoutMs: 40 });
      const policy = policyOf(
        given,
        { overheadMs: 0.5, burstMs: 0, load: 0.5, cpuOrder: 'even' },
        { holdMs: 0.2 },
      );
      const load = { ...work, io: { kind: 'exponential', mean: 5 } as const, ratePerSecond: 60 * workers };
      const [events, recursion] = [new Tally(workers), new Tally(workers)];
      const length = { warmup: 100, requests: 20_000 };
      const source = () => new DrawnRequests(load, 60 * workers, POISSON, 9, 0);
      new Engine(policy, source(), 1, new Random(1), events).run(length);
      serveFcfs(policy, source(), 1, length, recursion);
      expect(recursion.sumMs).toBeCloseTo(events.sumMs, 4);
      expect(recursion.waited).toBe(events.waited);
      expect(recursion.rejected).toBe(events.rejected);
      expect(recursion.killed).toBe(events.killed);
      expect(recursion.slotBusyMs).toBeCloseTo(events.slotBusyMs, 4);
    }
  });

  it('threads gain nothing under the lock without I/O, and all of the cores without it', () => {
    const run = (gil: boolean) => {
      const given = system({ workerClass: 'gthread', threads: 4, cores: 4, gil });
      return simulate(given, workload({ ratePerSecond: 90 }), { requests: 20_000 }).prediction;
    };
    expect(run(true).utilization!.gil).toBeGreaterThan(0.8);
    expect(run(true).meanMs!).toBeGreaterThan(5 * run(false).meanMs!);
  });

  it('loads are those of a steady state, however long the requests stay', () => {
    const given = system({ workerClass: 'uvicorn', cores: 1 });
    const io: Law = { kind: 'exponential', mean: 60_000 };
    const { prediction } = simulate(given, workload({ ratePerSecond: 50, io }), { requests: 40_000 });
    expect(prediction.utilization!.cpu).toBeCloseTo(0.5, 1);
    const sync = system({ workerClass: 'sync', workers: 4, cores: 4 });
    const busy = simulate(sync, workload({ ratePerSecond: 200 }), { requests: 40_000, physics: NO_HOLD });
    expect(busy.prediction.utilization!.cpu).toBeCloseTo(0.5, 1);
    expect(busy.prediction.utilization!.slots).toBeCloseTo(0.5, 1);
  });

  it('the mean rises with the rate, request by request the same', () => {
    for (const workerClass of ['sync', 'gthread', 'gevent', 'tornado', 'asgi'] as const) {
      const given = system({ workerClass, workers: 2, threads: 4, cores: 2 });
      const io: Law = { kind: 'exponential', mean: 10 };
      const means = [20, 40, 60, 80].map(
        (rate) =>
          simulate(given, workload({ ratePerSecond: rate, io }), { requests: 20_000 }).prediction.meanMs!,
      );
      expect([...means].sort((a, b) => a - b)).toEqual(means);
    }
  });

  it('says nothing of times without a rate or in overload', () => {
    const given = system({ workerClass: 'sync' });
    for (const ratePerSecond of [null, 100, 200]) {
      const { prediction } = simulate(given, workload({ ratePerSecond }));
      expect(prediction.meanMs).toBeNull();
      expect(prediction.capacityPerSecond).toBeCloseTo(100, 0);
    }
  });
});

describe('runs', () => {
  const given = system({ workerClass: 'gthread', workers: 2, threads: 2, cores: 1 });
  const work = workload({ ratePerSecond: 60, io: { kind: 'exponential', mean: 20 } });

  it('are the same for the same seed and others for another', () => {
    const mean = (seed: number) => simulate(given, work, { seed, requests: 5000 }).prediction.meanMs;
    expect(mean(1)).toBe(mean(1));
    expect(mean(1)).not.toBe(mean(2));
  });

  it('go on until the wanted precision is reached', () => {
    const loose = simulate(given, work, { precision: 0.05 });
    const tight = simulate(given, work, { precision: 0.01 });
    const { meanMs, p95Ms, ci95 } = tight.prediction;
    expect(ci95!.meanMs! / meanMs!).toBeLessThanOrEqual(0.01);
    expect(ci95!.p95Ms! / p95Ms!).toBeLessThanOrEqual(0.01);
    expect(tight.requests).toBeGreaterThan(loose.requests);
    const spent = simulate(given, work, { precision: 1e-6, requests: 100_000 });
    expect(spent.requests).toBeLessThanOrEqual(100_000);
  });

  it('bursty arrivals wait longer, regular ones shorter, at the same rate', () => {
    const mean = (options: Parameters<typeof simulate>[2]) =>
      simulate(given, work, { requests: 50_000, ...options }).prediction.meanMs!;
    const poisson = mean({});
    expect(mean({ arrivals: { kind: 'batch', size: 4 } })).toBeGreaterThan(poisson);
    expect(
      mean({ arrivals: { kind: 'renewal', gap: { kind: 'hyperexponential', mean: 1, cv: 3 } } }),
    ).toBeGreaterThan(poisson);
    expect(mean({ arrivals: { kind: 'renewal', gap: { kind: 'deterministic', mean: 1 } } })).toBeLessThan(
      poisson,
    );
  });
});

interface LayeredCase {
  readonly id: string;
  readonly inputs: Readonly<Record<string, number>> & {
    readonly accept: string;
    readonly cpu_law: string;
    readonly io_law: string;
  };
  readonly expected: { readonly T: number; readonly T_ci95: number; readonly T_p95: number };
}

describe('processes × threads on shared cores, against an independent simulation', () => {
  const cases: LayeredCase[] = JSON.parse(readFileSync('fixtures/simulation/layered.json', 'utf8'));
  // One part of CPU, or equal exponential ones summed: only then both simulate the same totals.
  const alike = cases.filter(
    ({ inputs }) =>
      inputs.cpu_law === 'exponential' && inputs.io_law === 'exponential' && inputs.io_waits! <= 1,
  );

  it.each(alike.filter((_, n) => n % 4 === 0).map((c) => [c.id, c] as const))(
    '%s',
    (_, { inputs: i, expected }) => {
      const slices = i.io_waits! + 1;
      const given = evenly(
        system({
          workerClass: 'gthread',
          workers: i.processes!,
          threads: i.threads!,
          cores: i.cores!,
          workerConnections: i.accept.startsWith('eager') ? 1000 : i.threads!,
          backlog: 1_000_000,
        }),
      );
      const cpu: Law = { kind: 'erlang', mean: i.cpu_per_request! * 1000, stages: slices };
      const io: Law = { kind: 'exponential', mean: i.io_per_request! * 1000 };
      const work = workload({ ratePerSecond: i.lambda!, cpu, io, ioCalls: i.io_waits! });
      // That simulation shares cores and lock ideally: slices far below a burst come near it.
      const fine = (i.cpu_per_request! * 1000) / slices / 8;
      const physics = { sliceMs: fine, switchIntervalMs: fine };
      const { prediction } = simulate(given, work, { requests: 60_000, physics });
      const slack = 3 * (expected.T_ci95 * 1000 + prediction.ci95!.meanMs!) + 0.02 * expected.T * 1000;
      expect(Math.abs(prediction.meanMs! - expected.T * 1000)).toBeLessThan(slack);
    },
  );
});
