import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangC } from '../../../src/math/queues/erlang/erlang-c.js';
import { gimc } from '../../../src/math/queues/multi-server/gimc.js';
import { behindBalancer } from '../../../src/model/balancers/behind-balancer.js';
import { leastConnectionsRatio, powerOfTwoRatio } from '../../../src/model/balancers/known-queues.js';
import {
  equivalentUtilization,
  serviceCorrection,
  stagesOf,
} from '../../../src/model/balancers/smooth-arrivals.js';
import { predict } from '../../../src/model/predict.js';
import { shortestLine } from '../../../src/model/threads/shortest-line.js';
import { system } from '../questions.js';

const plain = system({ timeoutMs: 0 });
const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;
const workload = (ratePerSecond: number) => ({
  ratePerSecond,
  cpu: exponential(20),
  io: exponential(1),
  ioCalls: 0,
  overheadMs: 0,
});

describe('one balancer that takes turns', () => {
  test.each([
    [2, 0.5],
    [4, 0.8],
    [16, 0.9],
  ])(
    'gives each of %i replicas with one slot the queue E_n/M/1, at %d of their capacity',
    (replicas, load) => {
      const exact = gimc({
        servers: 1,
        arrival: { kind: 'erlang', mean: 20 / load, stages: replicas },
        serviceTime: 20,
      });
      const found = behindBalancer(predict, { balancer: 'round-robin', balancers: 1, replicas })(
        plain,
        workload(load * 50),
      );
      // The server holds a slot for 0.1 ms after an answer, which the textbook queue does not know.
      expect(found.meanMs! / exact.sojourn!.mean).toBeGreaterThan(0.985);
      expect(found.meanMs! / exact.sojourn!.mean).toBeLessThan(1.03);
    },
  );

  test('is a random choice where there are many', () => {
    expect(stagesOf(8, 1, 0.7)).toBeCloseTo(8, 12);
    expect(stagesOf(8, 1e9, 0.7)).toBeCloseTo(1, 6);
  });
});

test('a random choice is the prediction of a Poisson share, to the last digit', () => {
  const asked = behindBalancer(predict, { balancer: 'random', balancers: 3, replicas: 7 });
  expect(asked(plain, workload(30))).toEqual(predict(plain, workload(30)));
});

describe('knowing the queues', () => {
  test.each([0.5, 0.7, 0.9])('joins the shorter of two as its Markov chain has it, at %d', (load) => {
    const wait = 1 / (1 - load) - 1;
    const response = 1 + wait * leastConnectionsRatio(2, 1, load);
    expect(Math.abs(response / shorterOfTwo(load) - 1)).toBeLessThan(0.025);
  });

  // The mean response where two of very many are looked at: Σ λ^(2^i − 2), i ≥ 1 (Mitzenmacher 2001, with d = 2).
  test.each([0.5, 0.7, 0.9, 0.99])(
    'chooses the shorter of two among many as their limit has it, at %d',
    (load) => {
      const limit = Array.from({ length: 20 }, (_, i) => load ** (2 ** (i + 1) - 2)).reduce((a, b) => a + b);
      expect(1 + (1 / (1 - load) - 1) * powerOfTwoRatio(1_000_000, 1, load)).toBeCloseTo(limit, 4);
    },
  );

  test('carries on beyond the replicas whose chain is solved as the chain does, in a moment', () => {
    const waits = [0.9, 0.95, 0.97].map((load) => {
      const alone = load / (1 - load);
      const exact = mmcWait(256, load) * shortestLine(256, 256 * load);
      return (leastConnectionsRatio(256, 1, load) * alone) / exact;
    });
    for (const share of waits) expect(Math.abs(share - 1)).toBeLessThan(0.02);
    const started = performance.now();
    expect(leastConnectionsRatio(50_000, 20, 0.9)).toBeLessThan(1e-6);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('never waits longer than a random choice, nor less with two known queues than with all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 24 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0.05, max: 0.97, noNaN: true }),
        (replicas, servers, utilization) => {
          const all = leastConnectionsRatio(replicas, servers, utilization);
          const two = powerOfTwoRatio(replicas, servers, utilization);
          expect(all).toBeGreaterThanOrEqual(0);
          expect(two).toBeGreaterThanOrEqual(all - 1e-12);
          expect(two).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});

const mmcWait = (servers: number, load: number): number =>
  erlangC(servers, servers * load) / (servers * (1 - load));

/** Mean response of two queues with exponential service of 1, the shorter joined, by iteration over their states. */
function shorterOfTwo(load: number): number {
  const most = 80;
  const at = (long: number, short: number): number => long * (most + 1) + short;
  const share = new Float64Array((most + 1) ** 2);
  share[0] = 1;
  const arrivals = 2 * load;
  for (let round = 0; round < 4000; round++) {
    let change = 0;
    for (let long = 0; long <= most; long++)
      for (let short = 0; short <= long; short++) {
        if (long === 0) continue;
        const full = long + short === 2 * most;
        const out = (full ? 0 : arrivals) + (long > 0 ? 1 : 0) + (short > 0 ? 1 : 0);
        let into = 0;
        if (short > 0) into += arrivals * share[at(long, short - 1)]!;
        if (short === long - 1) into += arrivals * share[at(short, short)]!;
        if (long < most) into += share[at(long + 1, short)]!;
        if (short < long) into += (short + 1 === long ? 2 : 1) * share[at(long, short + 1)]!;
        const next = into / out;
        change = Math.max(change, Math.abs(next - share[at(long, short)]!));
        share[at(long, short)] = next;
      }
    const total = share.reduce((sum, p) => sum + p, 0);
    for (let n = 0; n < share.length; n++) share[n]! /= total;
    if (change < 1e-13) break;
  }
  let present = 0;
  for (let long = 0; long <= most; long++)
    for (let short = 0; short <= long; short++) present += (long + short) * share[at(long, short)]!;
  return present / arrivals;
}

test('smoother arrivals shorten waits, and constant service gains more by them', () => {
  expect(equivalentUtilization(1, 0.7)).toBe(0.7);
  expect(equivalentUtilization(4, 0.7)).toBeLessThan(0.7);
  expect(serviceCorrection(1, 0.3, 0.7)).toBeCloseTo(1, 12);
  expect(serviceCorrection(0.25, 1, 0.7)).toBeCloseTo(1, 12);
  expect(serviceCorrection(0.25, 0, 0.7)).toBeLessThan(1);
});
