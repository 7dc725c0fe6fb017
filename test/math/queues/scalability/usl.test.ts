import { describe, expect, test } from 'vitest';
import { fitAmdahl, fitUsl } from '../../../../src/math/queues/scalability/fit-usl.js';
import { amdahlSpeedup, uslLandmarks, uslThroughput } from '../../../../src/math/queues/scalability/usl.js';
import { expectClose, fixture } from '../../support.js';

interface Case {
  readonly id: string;
  readonly workers: readonly number[];
  readonly throughput: readonly number[];
  readonly expected: Readonly<Record<string, number>>;
}

const measured = (workers: readonly number[], throughput: readonly number[]) =>
  workers.map((n, i) => ({ workers: n, throughput: throughput[i]! }));

test.each(fixture<Case>('usl-fits'))('fits $id as published', ({ workers, throughput, expected }) => {
  const fit = fitUsl(measured(workers, throughput));
  const landmarks = uslLandmarks(fit);
  expectClose(fit.rate, expected.rate!, 1e-5);
  expectClose(fit.contention, expected.contention!, 1e-5);
  expectClose(fit.coherency, expected.coherency!, 1e-5);
  expectClose(fit.squares, expected.squares!, 1e-9);
  expectClose(landmarks.peakWorkers, expected.peakWorkers!, 1e-5);
  expectClose(landmarks.peakThroughput, expected.peakThroughput!, 1e-5);
  expectClose(landmarks.amdahlLimit, expected.amdahlLimit!, 1e-5);
  expectClose(landmarks.kneeWorkers, expected.kneeWorkers!, 1e-5);
});

describe('fits', () => {
  const workers = [1, 2, 4, 8, 16, 32];

  test('find the law behind exact data, with no error left', () => {
    const model = { rate: 100, contention: 0.05, coherency: 0.0004 };
    const fit = fitUsl(
      measured(
        workers,
        workers.map((n) => uslThroughput(model, n)),
      ),
    );
    expectClose(fit.contention, 0.05, 1e-8);
    expectClose(fit.coherency, 0.0004, 1e-8);
    expectClose(fit.rate, 100, 1e-10);
    expect(fit.standardErrors.rate!).toBeLessThan(1e-6);
  });

  test('keep coefficients at 0 that the data would make negative', () => {
    const superlinear = fitUsl(
      measured(
        workers,
        workers.map((n) => 10 * n ** 1.1),
      ),
    );
    expect([superlinear.contention, superlinear.coherency]).toEqual([0, 0]);
    expect(superlinear.standardErrors.contention).toBeNull();
    expect(superlinear.standardErrors.rate).toBeGreaterThan(0);
    const quadratic = fitUsl(
      measured(
        workers,
        workers.map((n) => n / (1 + 0.001 * n * (n - 1) - 0.005 * (n - 1))),
      ),
    );
    expect(quadratic.contention).toBe(0);
    expect(quadratic.coherency).toBeGreaterThan(0);
    const amdahl = fitUsl(
      measured(
        workers,
        workers.map((n) => n / (1 + 0.1 * (n - 1) - 1e-5 * n * (n - 1))),
      ),
    );
    expect(amdahl.coherency).toBe(0);
    expectClose(amdahl.contention, 0.1, 0.01);
  });

  test('standard errors are those of the linear model where only the rate is free', () => {
    // Throughput per worker is 10 and 12 at one worker each way: mean 11, deviation √2 over √2 points.
    const fit = fitAmdahl([
      { workers: 1, throughput: 10 },
      { workers: 1, throughput: 12 },
      { workers: 2, throughput: 30 },
    ]);
    expect(fit.contention).toBe(0);
    expectClose(fit.rate, (10 + 12 + 60) / 6, 1e-12);
    const squares = [10, 12].reduce((sum, x) => sum + (x - fit.rate) ** 2, (30 - 2 * fit.rate) ** 2);
    expectClose(fit.squares, squares, 1e-12);
    expectClose(fit.residualDeviation, Math.sqrt(squares / 2), 1e-12);
    expectClose(fit.standardErrors.rate, Math.sqrt(squares / 2 / 6), 1e-12);
  });

  test('Amdahl is fitted to two points exactly, without an error to state', () => {
    const fit = fitAmdahl([
      { workers: 1, throughput: 10 },
      { workers: 4, throughput: 20 },
    ]);
    expectClose(fit.contention, 1 / 3, 1e-9);
    expect(fit.coherency).toBe(0);
    expect(fit.residualDeviation).toBeNull();
    expect(fit.standardErrors.contention).toBeNull();
  });

  test.each([
    [() => fitUsl(measured([1, 2, 2], [1, 2, 2])), /3 different numbers of workers, got 2/],
    [() => fitAmdahl(measured([4, 4], [1, 2])), /2 different numbers of workers, got 1/],
    [() => fitUsl(measured([1, 2, 0], [1, 2, 3])), /workers must be greater than 0/],
    [() => fitUsl(measured([1, 2, 3], [1, -2, 3])), /throughput must be greater than 0/],
  ])('too little or wrong data is refused (%#)', (call, message) => {
    expect(call).toThrow(message);
  });
});

describe('evaluation', () => {
  test('agrees with published values', () => {
    const model = { rate: 40, contention: 0.06, coherency: 0.06 }; // usl4j
    expectClose(uslThroughput(model, 1), 40, 1e-14);
    expectClose(uslThroughput(model, 2), 67.79661016949153, 1e-14);
    expectClose(uslThroughput(model, 64), 10.37697608431293, 1e-14);
  });

  test('without coherency it is Amdahl, without either it is linear', () => {
    expectClose(uslThroughput({ rate: 1, contention: 0.2, coherency: 0 }, 9), amdahlSpeedup(0.2, 9), 1e-15);
    expectClose(amdahlSpeedup(0.1, 10), 1 / (0.1 + 0.9 / 10), 1e-14);
    expect(uslThroughput({ rate: 3, contention: 0, coherency: 0 }, 7)).toBe(21);
    expect(amdahlSpeedup(1, 100)).toBe(1);
  });

  test('landmarks that do not exist are null', () => {
    expect(uslLandmarks({ rate: 1, contention: 0, coherency: 0 })).toEqual({
      peakWorkers: null,
      peakThroughput: null,
      amdahlLimit: null,
      kneeWorkers: null,
    });
    expect(uslLandmarks({ rate: 1, contention: 2, coherency: 1 }).peakWorkers).toBe(1);
    const { peakWorkers, peakThroughput } = uslLandmarks({ rate: 1, contention: 0.1, coherency: 0.001 });
    expectClose(peakWorkers, 30, 1e-14);
    expectClose(peakThroughput, 30 / (1 + 2.9 + 0.87), 1e-14);
  });

  test.each([
    [() => uslThroughput({ rate: 0, contention: 0, coherency: 0 }, 1), /rate/],
    [() => uslThroughput({ rate: 1, contention: -1, coherency: 0 }, 1), /contention/],
    [() => uslThroughput({ rate: 1, contention: 0, coherency: -1 }, 1), /coherency/],
    [() => uslThroughput({ rate: 1, contention: 0, coherency: 0 }, 0), /workers/],
    [() => amdahlSpeedup(1.1, 2), /serial must lie from 0 to 1, got 1.1/],
    [() => amdahlSpeedup(-0.1, 2), /serial/],
    [() => amdahlSpeedup(0.5, 0), /workers/],
  ])('wrong inputs are refused (%#)', (call, message) => {
    expect(call).toThrow(message);
  });
});
