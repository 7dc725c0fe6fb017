import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/input/options.js';
import { slo } from '../support/slo.js';
import { basic, planned } from './simple-model.js';

const strategies = (values: Values, formulas = {}) =>
  Object.fromEntries(planned({ ...basic, ...values }, formulas).strategies.map((s) => [s.id, s]));

describe('strategies', () => {
  test('stand in a fixed order with their formulas, whatever memory says', () => {
    const { strategies: list } = planned(basic);
    expect(list.map((s) => [s.id, s.formula, s.workers, s.memoryMiB, s.fitsMemory])).toEqual([
      ['cpu-heuristic', '(2 × cores) + 1', 9, 2304, false],
      [
        'memory-bound',
        '⌊(mem − master − shared − reserve) / (per-worker + threads × per-thread)⌋',
        4,
        1024,
        true,
      ],
      ['io-ratio', 'cores × (1 + wait/compute)', 8, 2048, false],
      ['little', 'rate × service time', null, null, null],
      ['square-root', 'load + β√load', null, null, null],
      ['queueing', 'fewest workers that meet the objective', null, null, null],
    ]);
    expect(list.map((s) => s.label)).toEqual([
      'CPU heuristic',
      'Memory bound',
      'Waiting and computing',
      "Little's law",
      'Square-root staffing',
      'Queueing model',
    ]);
    expect(list.filter((s) => s.workers === null).map((s) => s.note)).toEqual(Array(3).fill('needs --rate'));
  });

  test.each([
    [4, 9],
    [1, 3],
    [0.5, 2],
    [0.75, 2],
    [0.1, 1],
    [1.5, 4],
    [64, 129],
  ])('the CPU heuristic gives %d cores %i workers', (cores, workers) => {
    expect(strategies({ cores })['cpu-heuristic']!.workers).toBe(workers);
  });

  test.each([
    [4, 0.5, 8],
    [4, 0.9, 40],
    [0.5, 0.9, 5],
    [2, 0, 2],
    [0.3, 0, 1],
    [1.5, 0.75, 6],
    [1, 0.95, 20],
    [3, 2 / 3, 9],
  ])('waiting and computing give %d cores with %d of waiting %i slots', (cores, ioRatio, slots) => {
    expect(strategies({ cores, ioRatio })['io-ratio']!.workers).toBe(slots);
  });

  test('the memory bound counts everything that takes memory', () => {
    expect(
      strategies({ master: 20, shared: 100, perThread: 6, reserve: { kind: 'share', share: 0.1 } })[
        'memory-bound'
      ]!.workers,
    ).toBe(Math.floor((1024 - 20 - 100 - 102.4) / (256 + 6)));
    expect(strategies({ mem: 100 })['memory-bound']).toMatchObject({
      workers: null,
      note: 'not even one worker fits',
    });
  });

  test("Little's law counts the requests in service, square-root staffing adds a margin", () => {
    const { little, 'square-root': root } = strategies({ rate: 100, serviceTime: 100, slo: slo('p95<1s') });
    expect(little!.workers).toBe(10);
    expect(root!.workers).toBe(Math.ceil(10 + Math.sqrt(10)));
    // β = 0.5061 gives P(wait) = 0.5 (Halfin and Whitt 1981).
    const half = strategies({ rate: 1000, serviceTime: 100, slo: slo('wait<50%') })['square-root']!;
    expect(half.workers).toBe(Math.ceil(100 + 0.5061 * 10));
    expect(strategies({ rate: 100, slo: slo('wait<100%') })['square-root']!.workers).toBe(14);
    expect(strategies({ rate: 0.01 }).little!.workers).toBe(1);
  });

  test('the queueing model gives the fewest workers that meet the objective, memory or not', () => {
    const asked = { cores: 16, mem: 512, rate: 100, serviceTime: 100, slo: slo('p95<600ms') };
    const { queueing } = strategies(asked);
    expect(queueing).toMatchObject({ fitsMemory: false });
    expect(queueing!.prediction!.p95Ms!).toBeLessThan(600);
    const fewer = planned({
      ...basic,
      ...asked,
      workerClass: 'sync',
      threads: 1,
      workers: queueing!.workers! - 1,
    });
    // One fewer misses it, or meets it only within the model's own error.
    expect(fewer.given!.objective).not.toBe('met');
    expect(strategies({ ...asked, slo: slo('p95<1ms') }).queueing).toMatchObject({ workers: null });
  });

  test('count workers of the threads that were fixed', () => {
    const asked = { cores: 16, mem: 65_536, rate: 100, serviceTime: 100, threads: 4, slo: slo('p95<600ms') };
    const all = strategies(asked);
    expect(all.little).toMatchObject({ workers: 3, threads: 4 });
    // Fewer processes than cores could not use them under the interpreter lock.
    expect(all['io-ratio']).toMatchObject({ workers: 16, threads: 4 });
    expect(strategies({ ...asked, gil: false })['io-ratio']!.workers).toBe(8);
    expect(strategies({ ...asked, ioRatio: 0.9 })['io-ratio']!.workers).toBe(40);
    expect(all['memory-bound']).toMatchObject({ workers: 256, threads: 4 });
    expect(all.queueing!.threads).toBe(4);
    expect(all.queueing!.prediction!.p95Ms!).toBeLessThan(600);
    expect(strategies({ ...asked, slo: slo('p95<1ms') }).queueing!.workers).toBeNull();
  });

  test('are counted but not predicted where no single server is so large', () => {
    const huge = strategies({ cores: 10_000, rate: 1 })['cpu-heuristic']!;
    expect(huge).toMatchObject({
      workers: 20_001,
      memoryMiB: 20_001 * 256,
      fitsMemory: false,
      prediction: null,
    });
    expect(huge.note).toBe('more than the 20000 slots that are predicted');
    const largest = strategies({ cores: 10_000, ioRatio: 0.5, rate: 1 })['io-ratio']!;
    expect(largest.workers).toBe(20_000);
    expect(largest.prediction).not.toBeNull();
    const threaded = strategies({ cores: 2000, threads: 8 })['cpu-heuristic']!;
    expect(threaded).toMatchObject({ workers: 4001, prediction: null });
  });

  test('of a class that serves one request at a time are shown with it, others with sync', () => {
    // gevent would hold a thousand requests in each worker.
    const capacity = (values: Values) => strategies(values)['cpu-heuristic']!.prediction!.capacityPerSecond;
    expect(capacity({ workerClass: 'gevent' })).toBe(capacity({ workerClass: 'sync' }));
    expect(capacity({ workerClass: 'tornado', threads: 1 })).toBe(capacity({}));
    expect(strategies({ threads: 1 }).little!.threads).toBeNull();
    expect(strategies({ threads: 1, rate: 1 }).little!.threads).toBe(1);
  });

  test('say why they have no answer', () => {
    expect(strategies({ ioRatio: 1 })['io-ratio']!.note).toBe(
      'a request that never computes keeps no core busy, whatever the slots',
    );
    expect(strategies({ rate: 1, slo: slo('p95<1ms') }).queueing!.note).toBe(
      'no number of workers meets the objective on these cores',
    );
  });

  test("of the user's own stand beside wcalc's", () => {
    const formulas = [{ name: 'house', expression: '2 * cores', workers: 8 }];
    expect(strategies({}, { formulas })['formula:house']).toMatchObject({
      label: 'house',
      formula: '2 * cores',
      workers: 8,
      threads: 1,
      fitsMemory: false,
    });
  });
});
