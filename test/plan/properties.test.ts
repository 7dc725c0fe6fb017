import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/host/errors.js';
import { plan } from '../../src/index.js';
import type { Values } from '../../src/input/options.js';
import type { PlanResult } from '../../src/plan/types.js';
import { WORKER_CLASSES } from '../../src/servers/gunicorn/worker-class.js';
import { slo } from '../support/slo.js';
import { basic, planned } from './simple-model.js';

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('src/commands/plan/formats/plan-1.schema.json', 'utf8')),
);

function expectValid(result: unknown): void {
  const text = JSON.stringify(result);
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  // What JSON would silently turn into null must not be there either.
  for (const value of numbersOf(result)) expect(Number.isFinite(value)).toBe(true);
  const valid = validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
  expect(valid).toBe(true);
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersOf) : [];
}

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Questions of every kind, sensible and not. */
const questions: fc.Arbitrary<Values> = fc
  .record({
    cores: fc.oneof(real(0.05, 64), fc.constantFrom(1, 2, 4, 1e-3, 1000)),
    mem: real(1, 65_536),
    perWorker: real(0.5, 2000),
    shared: some(real(0, 500)),
    perThread: some(real(0, 50)),
    master: some(real(0, 50)),
    reserve: some(fc.record({ kind: fc.constant('share' as const), share: real(0, 1) })),
    ioRatio: some(fc.oneof(real(0, 1), fc.constantFrom(0, 1))),
    serviceTime: some(real(0.01, 1e5)),
    overhead: some(real(0.1, 10)),
    ioCalls: some(fc.integer({ min: 1, max: 5 })),
    rate: some(fc.oneof(real(0.001, 1000), real(0.001, 1e6))),
    slo: some(
      fc.array(fc.constantFrom(...slo('p95<250ms', 'mean<1s', 'wait<5%', 'p99<10s', 'p50<1ms')), {
        maxLength: 2,
      }),
    ),
    maxUtilization: some(real(0.01, 1)),
    workerClass: some(fc.constantFrom(...WORKER_CLASSES.filter((c) => c !== 'eventlet' && c !== 'asgi'))),
    workers: some(fc.integer({ min: 1, max: 200 })),
    threads: some(fc.integer({ min: 1, max: 64 })),
    workerConnections: some(fc.integer({ min: 1, max: 2000 })),
    gunicorn: some(fc.integer({ min: 19, max: 27 })),
    gil: some(fc.boolean()),
    replicas: some(fc.integer({ min: 1, max: 5 })),
    dbPool: some(fc.integer({ min: 0, max: 20 })),
    dbMaxConnections: some(fc.integer({ min: 1, max: 500 })),
    websockets: some(fc.boolean()),
    proxy: some(fc.boolean()),
  })
  .map((values) => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as Values);

function answered(values: Values): PlanResult | null {
  try {
    return planned(values);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

describe('every plan', () => {
  test('is valid, finite, and keeps memory and database whatever is asked', () => {
    fc.assert(
      fc.property(questions, (values) => {
        const result = answered(values);
        if (!result) return;
        expectValid(result);
        const { recommendation: best } = result;
        for (const chosen of [...result.classes, ...(best ? [best] : [])]) {
          expect(chosen.fitsMemory).toBe(true);
          expect(chosen.memoryMiB!).toBeLessThanOrEqual(values.mem! * (1 + 1e-9));
        }
        if (best && values.dbMaxConnections !== undefined && values.dbPool !== undefined)
          expect(best.workers * values.dbPool * (values.replicas ?? 1)).toBeLessThanOrEqual(
            values.dbMaxConnections,
          );
        if (
          best &&
          values.dbMaxConnections !== undefined &&
          values.dbPool === undefined &&
          best.workerClass === 'gthread'
        )
          expect(best.workers * best.threads * (values.replicas ?? 1)).toBeLessThanOrEqual(
            values.dbMaxConnections,
          );
        if (best?.meetsObjective) expect(best.prediction.stable).toBe(true);
        if (values.workers !== undefined) expect(result.given!.workers).toBe(values.workers);
        expect(result.recommendation === null).toBe(
          result.classes.length === 0 || !isPlannable(result, values),
        );
      }),
      { seed: 4, numRuns: 300 },
    );
  }, 60_000);

  const isPlannable = (result: PlanResult, { workerClass }: Values) =>
    result.classes.some((c) => workerClass === undefined || c.workerClass === workerClass);

  test('gets no worse with more memory', () => {
    const rated = fc.option(real(1, 400), { nil: undefined });
    fc.assert(
      fc.property(real(100, 4000), real(1, 4), rated, some(real(0, 1)), (mem, factor, rate, ioRatio) => {
        const asked: Values = {
          ...basic,
          perWorker: 100,
          ...(rate !== undefined && { rate, slo: slo('p95<400ms') }),
          ...(ioRatio !== undefined && { ioRatio }),
        };
        const less = planned({ ...asked, mem }).recommendation!;
        const more = planned({ ...asked, mem: mem * factor }).recommendation!;
        if (rate === undefined) {
          expect(more.prediction.capacityPerSecond).toBeGreaterThanOrEqual(
            less.prediction.capacityPerSecond * (1 - 1e-9),
          );
        } else if (less.meetsObjective) {
          expect(more.meetsObjective).toBe(true);
          // With more memory only what gave way to it may come back.
          const { workers, threads } = less;
          if (!Object.values(less.room!).includes(false)) expect(more).toMatchObject({ workers, threads });
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('the library', () => {
  test('answers the basic question without I/O', () => {
    const result = plan({ cores: 4, mem: 1024, perWorker: 256 });
    expect(result.recommendation).toMatchObject({ workerClass: 'sync', workers: 4, boundBy: 'memory' });
    expectValid(result);
  });

  test('takes strategies of its user and refuses what is incomplete', () => {
    const result = plan({ ...basic, strategies: [{ name: 'two', expression: '2', workers: 2 }] });
    expect(result.strategies.at(-1)).toMatchObject({ id: 'formula:two', workers: 2 });
    expect(() => plan({ cores: 4 })).toThrow(UsageError);
  });

  test('takes objectives as texts', () => {
    const asked = { ...basic, mem: 8192, rate: 20 };
    const { inputs, recommendation } = plan({ ...asked, slo: ['p95 < 1s', 'wait<0.05'] });
    expect(inputs.slo).toEqual(['p95<1s', 'wait<5%']);
    expect(recommendation!.meetsObjective).toBe(true);
    expect(() => plan({ ...asked, slo: ['fast'] })).toThrow(/^slo: "fast" is not a measure/);
  });
});
