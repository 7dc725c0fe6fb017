import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import type { Prediction } from '../../../src/model/types.js';
import type { Evaluated, Planning } from '../../../src/plan/search/candidate.js';
import type { Choice } from '../../../src/plan/search/choose.js';
import { NO_ROOM } from '../../../src/plan/search/room.js';
import { objectiveText, reachedText, shortfall, whyWithRate } from '../../../src/plan/why/met.js';
import { slo } from '../../support/slo.js';
import { candidateOf, planningOf, prediction } from '../made-up.js';

const ASKED: Values = { cores: 4, mem: 4000, perWorker: 100, cpuTime: 10, ioTime: 90, rate: 50 };
const objectiveOf = (values: Values) => planningOf({ ...ASKED, ...values }).profile.objective;

const choiceOf = (best: Evaluated, more: Partial<Choice> = {}): Choice => ({
  kind: best.candidate.kind,
  best,
  met: true,
  below: null,
  wanted: null,
  limitedBy: null,
  room: NO_ROOM,
  oneWouldDo: null,
  ...more,
});

describe('an objective in words', () => {
  test('lists its limits and its ceiling', () => {
    expect(objectiveText(objectiveOf({ slo: slo('p95<100ms', 'wait<5%'), maxUtilization: 0.5 }))).toBe(
      'p95<100ms, wait<5% and utilisation ≤ 50%',
    );
    expect(objectiveText(objectiveOf({ slo: slo('p95<100ms') }))).toBe('p95<100ms');
  });

  test('is answered by each value that it speaks of, once, with its published error', () => {
    const planning = planningOf({
      ...ASKED,
      slo: slo('p95<100ms', 'p95<1s', 'wait<5%', 'mean<1s'),
      maxUtilization: 0.5,
    });
    const errors = { meanMs: 0.02, p95Ms: 0.1 } as Evaluated['errors'];
    const told = (one: Partial<Prediction>, its: Evaluated['errors'] = null) =>
      reachedText({ prediction: prediction(one), errors: its }, planning.profile);
    expect(told({ waitProbability: 0.25 }, errors)).toBe(
      'p95 90 ms ± 10%, wait 25%, mean 50 ms ± 2% and utilisation 50%',
    );
    expect(told({ waitProbability: null })).toBe('p95 90 ms, mean 50 ms and utilisation 50%');
    const bare = { objective: { limits: [], maxUtilization: null }, workload: { ratePerSecond: 50 } };
    expect(reachedText({ prediction: prediction(), errors }, bare)).toBe('stable');
  });
});

describe('what one step less would do', () => {
  /** What the step below does, by a limit on the p95 and a ceiling that it keeps or not. */
  const below = (
    answer: Partial<Prediction>,
    missed: readonly string[],
    uncertain: readonly string[] = [],
  ) => {
    const planning = planningOf({ ...ASKED, slo: slo('p95<80ms', 'p99<1s'), maxUtilization: 0.5 }, answer);
    const evaluated = planning.evaluate(candidateOf('gthread', 2, 3));
    return { planning, evaluated: { ...evaluated, verdict: { ...evaluated.verdict!, missed, uncertain } } };
  };
  const short = (made: { planning: Planning; evaluated: Evaluated }, margin = false) =>
    shortfall(made.evaluated, made.planning, margin);

  test('is told by the limits that it misses, and only those', () => {
    expect(short(below({}, ['p95<80ms']))).toBe('would give p95 90 ms');
    expect(short(below({}, ['utilization']))).toBe('would give utilisation 50%');
    expect(short(below({}, ['p99<1s', 'utilization']))).toBe('would give p99 120 ms and utilisation 50%');
    expect(short(below({ capacityPerSecond: 7 }, ['stable']))).toBe('could serve only 7 req/s');
  });

  test('by those that it meets by less than the error only where room for that is kept, and nothing is missed', () => {
    const near = below({}, [], ['p95<80ms']);
    expect(short(near, true)).toBe('would give p95 90 ms, nearer to the limit than the model is sure');
    expect(short(near)).toBe('would give stable');
    expect(short(below({}, ['p99<1s'], ['p95<80ms']), true)).toBe('would give p99 120 ms');
  });
});

describe('what binds a configuration that meets the objective', () => {
  const binding = (
    answer: Partial<Prediction>,
    { missed = ['utilization'], uncertain = [] as string[], margin = false, values = {} as Values } = {},
  ) => {
    const planning = planningOf({ ...ASKED, slo: slo('p95<80ms'), maxUtilization: 0.5, ...values }, answer);
    const best = planning.evaluate(candidateOf('gthread', 3, 3));
    const less = planning.evaluate(candidateOf('gthread', 3, 2));
    const verdict = { ...less.verdict!, missed, uncertain };
    return whyWithRate(
      planning,
      choiceOf(best, { below: { ...less, verdict }, room: { ...NO_ROOM, margin } }),
    );
  };
  const busiest = (cpu: number, gil: number, slots: number | null, connections?: number) =>
    binding({ utilization: { cpu, gil, slots, ...(connections !== undefined && { connections }) } })[0];

  test('is the resource that is busiest in the step below; of equals the one that more processes cannot cure', () => {
    expect([busiest(0.9, 0.8, 0.7), busiest(0.7, 0.9, 0.8), busiest(0.7, 0.8, 0.9)]).toEqual([
      'cpu',
      'gil',
      'slots',
    ]);
    expect([busiest(0.8, 0.8, 0.7), busiest(0.8, 0.7, 0.8), busiest(0.7, 0.8, 0.8)]).toEqual([
      'cpu',
      'cpu',
      'slots',
    ]);
    expect([busiest(0.7, 0.8, null), busiest(0.8, 0.7, null)]).toEqual(['gil', 'cpu']);
    expect([busiest(0.7, 0.8, 0.8, 0.9), busiest(0.7, 0.8, 0.6, 0.8), busiest(0.1, 0.1, null, 0.2)]).toEqual([
      'connections',
      'gil',
      'connections',
    ]);
  });

  test('is the objective where the step below misses it, by a limit or by the error that it is to keep', () => {
    expect(binding({}, { missed: ['p95<80ms'] })[0]).toBe('slo');
    expect(binding({}, { missed: [], uncertain: ['p95<80ms'], margin: true })[0]).toBe('slo');
    expect(binding({}, { missed: [], uncertain: ['p95<80ms'] })[0]).toBe('cpu');
    expect(binding({ utilization: { cpu: 1, gil: 1, slots: 1 } }, { missed: ['stable'] })[0]).toBe('slots');
  });

  test('is the slots where the objective was only assumed', () => {
    const planning = planningOf(ASKED);
    const { text } = planning.profile.objective.limits[0]!;
    const best = planning.evaluate(candidateOf('gthread', 3, 3));
    const less = { ...best, verdict: { ...best.verdict!, missed: [text] } };
    expect(whyWithRate(planning, choiceOf(best, { below: less }))[0]).toBe('slots');
  });

  test('says the step below by its threads, or by its workers where those are fewer', () => {
    const planning = planningOf({ ...ASKED, slo: slo('p95<100ms'), replicas: 2 });
    const best = planning.evaluate(candidateOf('gthread', 3, 4));
    const why = (workers: number, threads: number, room = NO_ROOM) => {
      const less = planning.evaluate(candidateOf('gthread', workers, threads));
      const verdict = { ...less.verdict!, missed: ['p95<100ms'] };
      return whyWithRate(planning, choiceOf(best, { below: { ...less, verdict }, room }))[1];
    };
    expect(why(3, 3)).toBe(
      '3 workers × 4 threads: the least memory that gives p95<100ms at 25 req/s for each replica (p95 90 ms); 3 threads would give p95 90 ms.',
    );
    expect(why(2, 6)).toContain('; 2 workers × 6 threads would give');
    expect(why(2, 6, { ...NO_ROOM, margin: true })).toContain("replica with room for the model's error (p95");
    expect(why(2, 6, { ...NO_ROOM, ceiling: true })).toMatch(
      / with room for bursts \(p95 90 ms and utilisation 25%\)/,
    );
    expect(why(2, 6, { ...NO_ROOM, margin: true, ceiling: true })).toContain(
      "with room for the model's error and bursts (",
    );
  });

  test('where there is no step below, what binds its capacity', () => {
    const planning = planningOf({ ...ASKED, slo: slo('p95<100ms') });
    const least = (workers: number, threads: number) =>
      whyWithRate(planning, choiceOf(planning.evaluate(candidateOf('gthread', workers, threads))));
    expect(least(1, 1)).toEqual([
      'slots',
      '1 worker: one request at a time is enough for p95<100ms at 50 req/s (p95 90 ms).',
    ]);
    expect(least(1, 40)[0]).toBe('gil');
    expect(least(4, 40)[0]).toBe('cpu');
    expect(least(2, 1)[1]).toContain('2 workers: the least that can be run for p95<100ms');
  });

  test('of two workers of which one would do, that one may restart', () => {
    const planning = planningOf({ ...ASKED, slo: slo('p95<100ms') });
    const best = planning.evaluate(candidateOf('gthread', 2, 3));
    expect(whyWithRate(planning, choiceOf(best, { oneWouldDo: candidateOf('gthread', 1, 5) }))).toEqual([
      'availability',
      '2 workers × 3 threads: the least memory with more than one process that gives p95<100ms at 50 req/s (p95 90 ms); 1 worker × 5 threads would do it too, but leave nobody to serve while it restarts.',
    ]);
  });
});
