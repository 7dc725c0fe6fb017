import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import type { Choice } from '../../../src/plan/search/choose.js';
import { NO_ROOM, raisedOf } from '../../../src/plan/search/room.js';
import { canMeet } from '../../../src/plan/search/with-rate.js';
import { cureOf, cureText, memoryNeeded } from '../../../src/plan/why/cure.js';
import { whyMissed } from '../../../src/plan/why/missed.js';
import { slo } from '../../support/slo.js';
import { type Answer, candidateOf, planningOf } from '../made-up.js';
import { planned } from '../simple-model.js';

const ASKED: Values = {
  cores: 4,
  mem: 4000,
  perWorker: 100,
  cpuTime: 10,
  ioTime: 90,
  rate: 50,
  slo: slo('p95<400ms'),
};

/** A model in which a request alone is quick and any rate makes it too slow. */
const crowded =
  (answer: object = {}): Answer =>
  (_, { ratePerSecond }) =>
    ratePerSecond! < 1 ? { p95Ms: 100 } : { p95Ms: 500, ...answer };

describe('why the objective is missed', () => {
  const why = (values: Values, answer: Answer, thorough = true) => {
    const planning = planningOf({ ...ASKED, ...values }, answer);
    const best = planning.evaluate(candidateOf('gthread', values.workers ?? 2, 3));
    return whyMissed(planning, raisedOf(planning), { best, kind: best.candidate.kind } as Choice, thorough);
  };

  test('nothing that was tried helps, which is only looked for where the answer is the recommendation', () => {
    expect(why({}, crowded())).toEqual([
      'slo',
      '2 workers × 3 threads come closest but would give p95 500 ms at 50 req/s, and no number of workers or cores that was tried would meet p95<400ms: a request must take less time.',
    ]);
    expect(why({ workers: 1, replicas: 2 }, crowded(), false)).toEqual([
      'slo',
      '1 worker × 3 threads comes closest but would give p95 500 ms at 25 req/s for each replica.',
    ]);
  });

  test('without a further search, cores that are busy for more than seven tenths of the time', () => {
    const bound = (answer: object) => why({}, crowded(answer), false)[0];
    expect(bound({ utilization: { cpu: 0.71, gil: 0, slots: null } })).toBe('cpu');
    expect(bound({ utilization: { cpu: 0.7, gil: 0.9, slots: null } })).toBe('slo');
    expect(bound({ utilization: null })).toBe('slo');
    expect(bound({ stable: false, utilization: null })).toBe('cpu');
  });

  test('more requests than one server is planned for, or more computing than cores are tried', () => {
    // The load is 25,000 requests at once; then 2,500 cores are busy.
    expect(why({ rate: 250_000 }, { stable: false, capacityPerSecond: 30 })).toEqual([
      'slots',
      '2 workers × 3 threads can serve only 30 req/s of the 250000 req/s that arrive: 250000 req/s keep 25000 requests in service, more than the 20000 that wcalc plans for one server: split them over several servers.',
    ]);
    const computing = { rate: 250_000, ioTime: 0 };
    expect(why(computing, { stable: false })).toEqual([
      'cpu',
      expect.stringMatching(/ that arrive: its CPU time alone keeps 2500 cores busy\.$/),
    ]);
    expect(why({ ...computing, rate: 200_000 }, { stable: false })[1]).not.toContain('alone keeps');
    expect(why({ rate: 200_000 }, { stable: false })[0]).toBe('slots');
    expect(why({ rate: 199_999 }, { stable: false })[0]).toBe('slo');
  });
});

describe('what would meet it', () => {
  const asked = { ...ASKED, slo: slo('p95<500ms'), workerClass: 'gthread' } as const;

  test('is the limit that stands in the way: cores before memory before connections', () => {
    const bound = (values: Values) => planned({ ...asked, ...values }).recommendation!;
    const [memory, connections, cores] = [
      bound({ mem: 101, rate: 150 }),
      bound({ dbMaxConnections: 3 }),
      bound({ cores: 1, rate: 200 }),
    ];
    expect([memory, connections, cores].map(({ boundBy }) => boundBy)).toEqual([
      'memory',
      'connections',
      'cpu',
    ]);
    expect(memory.why).toMatch(/: \d+ workers?( × \d+ threads)? in \d+ MiB would meet p95<500ms\./);
    expect(connections.why).toMatch(/ with \d+ database connections would meet p95<500ms\./);
    expect(cores.why).toMatch(/ on \d+ cores would meet p95<500ms\./);
    const all = bound({ cores: 1, rate: 200, mem: 101, dbMaxConnections: 3 });
    expect(all.why).toMatch(/ on \d+ cores in \d+ MiB with \d+ database connections would meet/);
    expect(all.boundBy).toBe('cpu');
  });

  test.each([1, 3, 12, 40])(
    'on %d cores: the cores that are named are enough, and a tenth fewer are not',
    (cores) => {
      const values = { ...asked, cores, rate: 130 * cores, mem: 1e6 };
      const { why } = planned(values).recommendation!;
      const enough = Number(/ on (\d+) cores would meet/.exec(why)![1]);
      const meets = (n: number) => planned({ ...values, cores: n }).recommendation!.meetsObjective;
      expect(meets(enough)).toBe(true);
      expect(meets(Math.min(enough - 1, Math.floor(0.9 * enough)))).toBe(false);
    },
  );

  test('is nothing where a request alone is slower than the mean may be, or the ceiling asks for more cores than are tried', () => {
    const cure = (values: Values) => {
      const planning = planningOf({ ...ASKED, ...values }, { stable: false });
      return cureOf(planning, raisedOf(planning), candidateOf('gthread', 1).kind, NO_ROOM);
    };
    expect(cure({ slo: slo('mean<100ms') })).toBeNull();
    expect(cure({ slo: slo('mean<101ms') })).toBeNull();
  });

  test('is searched on other cores only where that is asked for', () => {
    // Seven cores do.
    const planning = planningOf({ ...ASKED, rate: 300 }, ({ cores }, { ratePerSecond }) => ({
      p95Ms: cores >= 7 || ratePerSecond! < 1 ? 10 : 1000,
      capacityPerSecond: 1e6,
    }));
    const { kind } = candidateOf('gthread', 1);
    expect(canMeet(planning, kind)).toBe(false);
    const cure = cureOf(planning, raisedOf(planning), kind, NO_ROOM)!;
    expect(cure.cores).toBe(7);
    expect(cure.memoryMiB).toBeNull();
    expect(cureOf(planning, raisedOf(planning), kind, NO_ROOM, false)).toBeNull();
  });
});

describe('a cure in words', () => {
  const nothing = {
    candidate: candidateOf('gthread', 3, 8),
    cores: null,
    memoryMiB: null,
    connections: null,
  };
  test('says what is to be raised, memory up to the next MiB', () => {
    expect(cureText({ ...nothing, cores: 4, memoryMiB: 2303.2, connections: 24 })).toBe(
      '3 workers × 8 threads on 4 cores in 2304 MiB with 24 database connections',
    );
    expect(cureText({ ...nothing, cores: 1, connections: 1 })).toBe(
      '3 workers × 8 threads on 1 core with 1 database connection',
    );
    expect(cureText({ ...nothing, memoryMiB: 500 })).toBe('3 workers × 8 threads in 500 MiB');
  });
});

describe('the memory that a configuration needs', () => {
  const need = (values: Values, freeMemory: boolean) =>
    memoryNeeded(planningOf({ ...ASKED, ...values }), candidateOf('sync', 9), { freeMemory });

  test('is what it uses, and a tenth of the whole that stays free', () => {
    expect(need({}, false)).toBe(900);
    expect(need({}, true)).toBeCloseTo(1000, 9);
    expect(need({ reserve: { kind: 'memory', memoryMiB: 90 } }, true)).toBeCloseTo(1100, 9);
  });

  test('with a reserve that is a share of it grows with itself, so that no memory is enough for a share of all', () => {
    const share = (of: number) => ({ reserve: { kind: 'share', share: of } }) as const;
    expect(need(share(0.25), false)).toBeCloseTo(1200, 9);
    expect(need(share(0.15), true)).toBeCloseTo(1200, 9);
    expect(need(share(0.9), true)).toBe(Number.POSITIVE_INFINITY);
    expect(need(share(0.95), true)).toBe(Number.POSITIVE_INFINITY);
  });
});
