import { describe, expect, test } from 'vitest';
import { uslThroughput } from '../../../src/math/queues/scalability/usl.js';
import { scalabilityOf } from '../../../src/observe/load-tests/scalability.js';
import { type LoadStep, NO_TIMES } from '../../../src/observe/load-tests/step.js';

const stepsOf = (users: readonly number[], throughput: (users: number) => number): LoadStep[] =>
  users.map((n) => ({
    source: `${n}`,
    tool: 'k6',
    loop: 'closed',
    users: n,
    offeredPerSecond: null,
    seconds: 60,
    requests: null,
    throughputPerSecond: throughput(n),
    errorShare: null,
    times: NO_TIMES,
    notes: [],
  }));

describe('the Universal Scalability Law', () => {
  test.each([
    [40, 0.05, 0.001],
    [100, 0.02, 0.0003],
    [12, 0.2, 0.0001],
  ])('γ = %d, σ = %d, κ = %d are found within 2 %% from noiseless steps', (rate, contention, coherency) => {
    const model = { rate, contention, coherency };
    const found = scalabilityOf(stepsOf([1, 2, 4, 8, 16, 32, 64], (n) => uslThroughput(model, n)));
    if (typeof found === 'string') throw new Error(found);
    expect(found.ratePerSecond.value / rate).toBeCloseTo(1, 2);
    expect(found.contention.value / contention).toBeCloseTo(1, 2);
    expect(found.coherency.value / coherency).toBeCloseTo(1, 2);
    expect(found.peak.peakWorkers! / Math.sqrt((1 - contention) / coherency)).toBeCloseTo(1, 2);
    expect(found.peakWasTested).toBe(Math.sqrt((1 - contention) / coherency) <= 64);
  });

  test('its 95 % intervals hold the truth in about 95 % of noisy tests', () => {
    const model = { rate: 40, contention: 0.05, coherency: 0.001 };
    let state = 1;
    const uniform = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const RUNS = 1000;
    let [asked, held] = [0, 0];
    for (let run = 0; run < RUNS; run++) {
      const found = scalabilityOf(
        stepsOf([1, 2, 4, 8, 12, 16, 24, 32, 48, 64], (n) => uslThroughput(model, n) + 2 * normal()),
      );
      if (typeof found === 'string') throw new Error(found);
      const { low95, high95 } = found.contention;
      if (low95 === null || high95 === null) continue;
      asked++;
      if (low95 <= 0.05 && high95 >= 0.05) held++;
    }
    expect(asked).toBeGreaterThan(0.95 * RUNS);
    expect(held / asked).toBeGreaterThan(0.93);
    expect(held / asked).toBeLessThan(0.97);
  });

  test('is refused with the reason where the steps do not carry it', () => {
    expect(scalabilityOf(stepsOf([1, 2, 2], (n) => n))).toContain(
      '3 different numbers of users, and there are 2',
    );
    const open = stepsOf([1, 2, 4], (n) => n).map((step) => ({ ...step, loop: 'open' as const }));
    expect(scalabilityOf(open)).toContain('none of these tells one');
  });

  test('three steps through which three coefficients pass exactly leave no interval', () => {
    const model = { rate: 40, contention: 0.05, coherency: 0.001 };
    const found = scalabilityOf(stepsOf([1, 8, 32], (n) => uslThroughput(model, n)));
    if (typeof found === 'string') throw new Error(found);
    expect(found.contention).toEqual({ value: expect.closeTo(0.05, 3), low95: null, high95: null });
  });

  test('open steps are points at their requests in flight, by Little; one without any is no point', () => {
    const inFlight = [1, 2, 4, 8, 0];
    const open = stepsOf(inFlight, (n) => Math.max(1, n) * 10).map((step, k) => ({
      ...step,
      loop: 'open' as const,
      users: null,
      times: { ...NO_TIMES, meanMs: (1000 * inFlight[k]!) / step.throughputPerSecond },
    }));
    expect(scalabilityOf(open)).toMatchObject({ by: 'requests in flight', points: 4 });
  });
});
