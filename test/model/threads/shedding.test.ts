import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { erlangB } from '../../../src/math/queues/erlang/erlang-b.js';
import type { Facility } from '../../../src/model/discipline.js';
import { predict } from '../../../src/model/predict.js';
import type { Workload } from '../../../src/model/types.js';
import { modWsgi } from '../../../src/servers/mod_wsgi/index.js';
import { simulate } from '../../../src/simulation/index.js';

const EXPONENTIAL = (mean: number): Law => ({ kind: 'exponential', mean });

/** Daemon processes that answer at once what has waited for so long. */
const daemons = (
  workers: number,
  threads: number,
  shedAfterMs: number,
  cores = workers * threads,
): Facility => ({
  ...modWsgi.discipline(
    { kind: modWsgi.kinds[0]!, workers, threads, workerConnections: null },
    { version: 60, gil: true, backlog: 100_000, timeoutMs: 0, loop: null, queueTimeoutMs: shedAfterMs },
  ),
  cores,
});

const computing = (ratePerSecond: number, meanMs: number): Workload => ({
  ratePerSecond,
  cpu: EXPONENTIAL(meanMs),
  io: EXPONENTIAL(0),
  ioCalls: 0,
  overheadMs: 0,
});

/**
 * M/M/c+D by summation, without the closed forms of the model: π(n) as in M/M/c up to c − 1, and what is ahead of an arrival
 * with density λ·π(c−1)·e^(−(cμ−λ)x) below τ and λ·π(c−1)·e^(λτ−cμx) beyond (Baccelli & Hebuterne 1981).
 */
function mmcd(
  servers: number,
  load: number,
  shedAfter: number,
): { lost: number; waits: number; wait: number } {
  let state = 1;
  let below = 1;
  for (let n = 1; n < servers; n++) below += state *= load / n;
  const density = (x: number): number => load * state * Math.exp(load * Math.min(x, shedAfter) - servers * x);
  const integral = (from: number, to: number, of: (x: number) => number): number => {
    const steps = 20_000;
    const h = (to - from) / steps;
    let sum = 0;
    for (let n = 0; n < steps; n++) sum += of(from + (n + 0.5) * h);
    return sum * h;
  };
  const waits = integral(0, shedAfter, density);
  const lost = integral(shedAfter, shedAfter + 60 / servers, density);
  const total = below + waits + lost;
  const wait = integral(0, shedAfter, (x) => x * density(x));
  return { lost: lost / total, waits: (waits + lost) / total, wait: wait / (below + waits) };
}

test('single threads on cores of their own are M/M/c with deterministic patience, exactly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.double({ min: 0.3, max: 0.98, noNaN: true }),
      fc.double({ min: 0.05, max: 6, noNaN: true }),
      (servers, utilization, patience) => {
        const exact = mmcd(servers, utilization * servers, patience);
        fc.pre(exact.lost > 2e-3);
        const p = predict(daemons(servers, 1, 100 * patience), computing(10 * utilization * servers, 100));
        expect(p.rejectProbability! / exact.lost).toBeCloseTo(1, 3);
        expect(p.waitProbability! / exact.waits).toBeCloseTo(1, 3);
        expect(p.meanMs! / (100 + 100 * exact.wait)).toBeCloseTo(1, 3);
      },
    ),
    { numRuns: 60 },
  );
});

test('a patience of next to nothing loses as much as Erlang says of servers without a queue', () => {
  const { rejectProbability } = predict(daemons(4, 1, 1e-6), computing(32, 100));
  expect(rejectProbability).toBeCloseTo(erlangB(4, 3.2), 6);
});

test.each([
  [1, 1],
  [2, 15],
  [3, 5],
])('a patience that is never tried changes nothing: %i × %i', (workers, threads) => {
  const work = { ...computing(4 * workers * Math.min(3, threads), 50), io: EXPONENTIAL(100), ioCalls: 1 };
  const { rejectProbability: refused, ...without } = predict(
    daemons(workers, threads, Number.POSITIVE_INFINITY, 4),
    work,
  );
  const { rejectProbability, ...patient } = predict(daemons(workers, threads, 1e7, 4), work);
  expect(refused).toBeLessThan(1e-12);
  expect(rejectProbability).toBeLessThan(1e-12);
  for (const [name, value] of Object.entries(without))
    if (typeof value === 'number') expect(patient[name as keyof typeof patient]).toBeCloseTo(value, 6);
});

test('the longer the patience, the fewer are shed and the longer the rest waits', () => {
  const work = { ...computing(13, 50), io: EXPONENTIAL(150), ioCalls: 2 };
  const at = (shedAfterMs: number) => predict(daemons(1, 4, shedAfterMs), work);
  const answers = [1, 50, 200, 500, 1000, 3000].map(at);
  for (const [n, more] of answers.slice(1).entries()) {
    const less = answers[n]!;
    expect(more.rejectProbability).toBeLessThanOrEqual(less.rejectProbability!);
    expect(more.meanMs).toBeGreaterThanOrEqual(less.meanMs!);
  }
});

test.each([
  [1, 1, 0.9, 150],
  [4, 1, 0.9, 60],
  [2, 15, 0.95, 150],
  [1, 5, 0.85, 200],
])(
  'the simulator sheds as the formulas say: %i × %i at %f, after %i ms',
  (workers, threads, load, shedAfterMs) => {
    const given = daemons(workers, threads, shedAfterMs, workers);
    const request = { ...computing(1, 40), io: EXPONENTIAL(80), ioCalls: 1 };
    const { capacityPerSecond } = predict(given, request);
    const work = { ...request, ratePerSecond: load * capacityPerSecond };
    const formula = predict(given, work);
    const { prediction } = simulate(given, work, { seed: 7, requests: 200_000, warmup: 4000 });
    expect(prediction.rejectProbability).toBeGreaterThan(0.005);
    expect(Math.abs(formula.rejectProbability! - prediction.rejectProbability!)).toBeLessThan(0.015);
    expect(formula.meanMs! / prediction.meanMs!).toBeGreaterThan(0.93);
    expect(formula.meanMs! / prediction.meanMs!).toBeLessThan(1.07);
    expect(Math.abs(formula.p95Ms! / prediction.p95Ms! - 1)).toBeLessThan(0.1);
  },
);

test('two engines shed alike: with and without an event list', () => {
  const work = computing(36, 100);
  const plain = simulate(daemons(4, 1, 60), work, { seed: 3, requests: 200_000, warmup: 4000 }).prediction;
  // A core more or less is nothing to four threads that have one each; a quota needs the event list.
  const listed = simulate(daemons(4, 1, 60, 3.999), work, {
    seed: 4,
    requests: 200_000,
    warmup: 4000,
  }).prediction;
  expect(listed.rejectProbability! / plain.rejectProbability!).toBeCloseTo(1, 1);
  expect(listed.meanMs! / plain.meanMs!).toBeCloseTo(1, 1);
});
