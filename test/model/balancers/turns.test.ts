import { expect, test } from 'vitest';
import { regularityLeft } from '../../../src/model/balancers/regularity.js';
import { timeScaleMs } from '../../../src/model/balancers/time-scale.js';
import { countDeficit } from '../../../src/model/balancers/turns.js';

/** Variance of the number of arrivals of mean x at one of n that get a Poisson stream in turns, summed over that stream. */
function varianceInTurns(n: number, x: number): number {
  const mean = n * x;
  let [probability, first, second] = [Math.exp(-mean), 0, 0];
  for (let all = 0; all < mean + 12 * Math.sqrt(mean) + 60; all++) {
    const more = (all % n) / n;
    const whole = Math.floor(all / n);
    first += probability * (whole + more);
    second += probability * (whole ** 2 + more * (2 * whole + 1));
    probability *= mean / (all + 1);
  }
  return second - first ** 2;
}

test.each([
  [2, 0.3],
  [2, 4],
  [5, 1],
  [32, 0.5],
  [32, 3],
])('turns over %i replicas leave the variance of counts that they do, at %d arrivals', (n, x) => {
  expect(x + 2 * countDeficit(n, x)).toBeCloseTo(varianceInTurns(n, x), 3);
});

test('a replica alone gets all, and over a long time turns over n leave an n-th of the variance', () => {
  expect(countDeficit(1, 7)).toBe(0);
  expect(1 + (2 * countDeficit(8, 1e6)) / 1e6).toBeCloseTo(1 / 8, 5);
});

test('a queue grows for ρ·E[S²]/(2E[S](1 − ρ)²) where its input is that of M/G/1, to its mean workload', () => {
  const [rate, workMs, scv, utilization] = [0.008, 100, 2, 0.8];
  const perMs = rate * workMs ** 2 * (1 + scv);
  const t = timeScaleMs({ inputMs2: (time) => perMs * time, utilization, workMs });
  expect(t / (perMs / (2 * (1 - utilization) ** 2))).toBeGreaterThan(0.9);
  expect(t / (perMs / (2 * (1 - utilization) ** 2))).toBeLessThan(1.1);
  const workload = Math.sqrt(2 * perMs * t) - (1 - utilization) * t;
  expect(workload / (perMs / (2 * (1 - utilization)))).toBeCloseTo(1, 2);
});

const work = { ratePerMs: 0.01, utilization: 0.8, scv: 1, parts: 2, gapsMs: 100, gapsScv: 1 };

test('work that comes at once keeps all of the regularity of turns', () => {
  expect(regularityLeft({ ...work, parts: 1 }, 16)).toBe(1);
  expect(regularityLeft({ ...work, gapsMs: 0 }, 16)).toBe(1);
});

test('waits blur what is regular for less long than they are, less the longer the queue remembers', () => {
  const at = (utilization: number, gapsMs: number) => regularityLeft({ ...work, utilization, gapsMs }, 16);
  expect(at(0.5, 10)).toBeGreaterThan(at(0.5, 100));
  expect(at(0.5, 100)).toBeGreaterThan(at(0.5, 3000));
  expect(at(0.95, 100)).toBeGreaterThan(at(0.5, 100));
  expect(at(0.95, 100)).toBeGreaterThan(0.9);
  // The first parts still come in turns.
  expect(at(0.5, 1e6)).toBeCloseTo(0.25, 1);
});
