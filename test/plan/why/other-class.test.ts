import { describe, expect, test } from 'vitest';
import type { Prediction } from '../../../src/model/types.js';
import type { Candidate, Planning } from '../../../src/plan/search/candidate.js';
import type { Choice } from '../../../src/plan/search/choose.js';
import { otherClass } from '../../../src/plan/why/other-class.js';
import { candidateOf, prediction } from '../made-up.js';

const withRate = { demand: { load: 5 } } as Planning;
const withoutRate = { demand: { load: null } } as Planning;

/** What is compared of the best of a class. */
function choice(
  candidate: Candidate,
  memoryMiB: number,
  its: Partial<Prediction>,
  more: Partial<Choice> = {},
): Choice {
  const best = { candidate, memoryMiB, prediction: prediction(its) };
  return { kind: candidate.kind, best, met: true, limitedBy: null, ...more } as Choice;
}

const [sync, gthread, gevent, asgi] = [
  candidateOf('sync', 4),
  candidateOf('gthread', 2, 8),
  candidateOf('gevent', 2),
  candidateOf('asgi', 2),
];

describe('another class, without a rate', () => {
  const limited = choice(sync, 400, { capacityPerSecond: 100 }, { limitedBy: 'memory' });
  const other = (candidate: Candidate, memoryMiB: number, capacityPerSecond: number) =>
    otherClass(withoutRate, limited, [limited, choice(candidate, memoryMiB, { capacityPerSecond })])[0];

  test('is named where memory keeps from capacity, and it gives a tenth more in no more memory', () => {
    expect(other(gthread, 400, 110.1)).toBe(
      'In the same memory gthread with 2 workers × 8 threads gives 110 req/s instead of 100 req/s, if the application is thread-safe.',
    );
    expect(other(gthread, 200, 300)).toMatch(/^In 200 MiB gthread .* 300 req\/s instead/);
    expect(other(gthread, 400, 110)).toBeUndefined();
    expect(other(gthread, 401, 300)).toBeUndefined();
  });

  test('is named with what it asks of the application', () => {
    expect(other(gevent, 400, 300)).toMatch(/, if every library that waits cooperates\.$/);
    expect(other(asgi, 400, 300)).toMatch(/, if the application speaks ASGI\.$/);
  });

  test('is none that serves one request at a time, nor any where nothing limits', () => {
    expect(other(sync, 400, 300)).toBeUndefined();
    expect(
      otherClass(withoutRate, choice(gthread, 400, {}, { limitedBy: 'memory' }), [
        choice(sync, 200, { capacityPerSecond: 900 }),
      ]),
    ).toEqual([]);
    const free = choice(sync, 400, { capacityPerSecond: 100 });
    expect(otherClass(withoutRate, free, [choice(gthread, 400, { capacityPerSecond: 900 })])).toEqual([]);
  });
});

describe('another class, with a rate', () => {
  const met = choice(gthread, 440, { p95Ms: 100 });
  const other = (
    candidate: Candidate,
    memoryMiB: number,
    p95Ms: number,
    more: Partial<Choice> = {},
    of = met,
  ) => otherClass(withRate, of, [of, choice(candidate, memoryMiB, { p95Ms }, more)]);

  test('is named where it meets the objective sooner in a tenth less memory', () => {
    expect(other(gevent, 399, 99)).toEqual([
      'gevent with 2 workers would take 399 MiB for a p95 of 99 ms, if every library that waits cooperates.',
    ]);
    expect(other(gevent, 400, 99)).toEqual([]);
    expect(other(gevent, 300, 100)).toEqual([]);
    expect(other(gevent, 300, 99, { met: false })).toEqual([]);
  });

  test('is not looked for where the objective is missed, or a time is not known', () => {
    expect(other(gevent, 300, 50, {}, { ...met, met: false })).toEqual([]);
    expect(other(gevent, 300, 50, {}, choice(gthread, 440, { p95Ms: null }))).toEqual([]);
    expect(other(gevent, 300, 50, {}, choice(gthread, null as never, { p95Ms: 100 }))).toEqual([]);
  });
});
