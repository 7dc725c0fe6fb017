import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import type { Candidate } from '../../../src/plan/search/candidate.js';
import type { Choice } from '../../../src/plan/search/choose.js';
import { type Room, raisedOf } from '../../../src/plan/search/room.js';
import { whatGaveWay } from '../../../src/plan/why/room.js';
import { slo } from '../../support/slo.js';
import { type Answer, candidateOf, planningOf } from '../made-up.js';

const ASKED: Values = {
  cores: 4,
  mem: 1000,
  perWorker: 100,
  cpuTime: 10,
  ioTime: 90,
  rate: 90,
  slo: slo('p95<400ms'),
};
const ALL: Room = { margin: true, ceiling: true, twoWorkers: true, freeMemory: true };

interface Lost {
  readonly values?: Values;
  readonly candidate?: Candidate;
  readonly answer?: Answer;
  readonly met?: boolean | null;
}

/** What is said where a configuration keeps all room but this. */
function said(
  lost: keyof Room,
  { values = {}, candidate, answer = {}, met = true }: Lost = {},
): readonly string[] {
  const planning = planningOf({ ...ASKED, ...values }, answer);
  const best = planning.evaluate(candidate ?? candidateOf('gthread', 2, 3));
  const choice = { kind: best.candidate.kind, best, met, room: { ...ALL, [lost]: false } } as Choice;
  return whatGaveWay(planning, raisedOf(planning), choice);
}

test('what is kept, or was not asked for, is not spoken of', () => {
  const planning = planningOf(ASKED);
  const best = planning.evaluate(candidateOf('gthread', 2, 3));
  const choice = { kind: best.candidate.kind, best, met: true, room: ALL } as Choice;
  expect(whatGaveWay(planning, raisedOf(planning), choice)).toEqual([]);
  expect(said('margin', { values: { slo: slo('wait<50%') } })).toEqual([]);
  expect(said('ceiling', { values: { maxUtilization: 0.95 } })).toEqual([]);
  expect(said('twoWorkers', { values: { replicas: 2 }, candidate: candidateOf('gthread', 1, 3) })).toEqual(
    [],
  );
});

describe('room for the error of the model', () => {
  /** Four workers keep it; the errors are published ones. */
  const enough =
    (workers: number): Answer =>
    ({ processes }, { ratePerSecond }) => ({
      p95Ms: processes >= workers || ratePerSecond! < 1 ? 10 : 395,
      ci95: undefined,
      capacityPerSecond: 1e6,
    });

  test('is lost with the size of the error and what would keep it', () => {
    const [sentence] = said('margin', { answer: enough(12) });
    expect(sentence).toMatch(
      /^It is nearer to the limit than the model's error \(up to [\d.]+%\): 12 workers( × \d+ threads)? in 1200 MiB would keep that margin\.$/,
    );
  });

  test('is lost for good where nothing that was tried keeps it', () => {
    expect(said('margin', { answer: enough(1e9) })[0]).toMatch(
      /: no number of workers or cores that was tried would keep that margin\.$/,
    );
    expect(
      said('margin', { answer: (_, { ratePerSecond }) => ({ p95Ms: ratePerSecond! < 1 ? 10 : 500 }) }),
    ).toEqual([
      "It is nearer to the limit than the model's error: no number of workers or cores that was tried would keep that margin.",
    ]);
  });

  test('is not spoken of where the objective itself is missed, or there is no rate', () => {
    expect(said('margin', { met: false })).toEqual([]);
    expect(said('ceiling', { met: false })).toEqual([]);
    expect(said('ceiling', { met: null })).toEqual([]);
  });
});

test('room for bursts is lost with the share of the capacity that the rate takes, and what would leave it', () => {
  const roomy: Answer = ({ processes }) => ({ capacityPerSecond: processes >= 12 ? 200 : 100 });
  expect(said('ceiling', { answer: roomy })[0]).toMatch(
    /^The rate takes 90% of the capacity, more than the 80% that leave room for bursts: 12 workers( × \d+ threads)? in 1200 MiB would leave it\.$/,
  );
  expect(said('ceiling')).toEqual([
    'The rate takes 90% of the capacity, more than the 80% that leave room for bursts.',
  ]);
});

describe('a second worker', () => {
  const single = candidateOf('gthread', 1, 3);
  test('needs memory that is not there, to the MiB', () => {
    expect(said('twoWorkers', { candidate: single, values: { mem: 199 } })).toEqual([
      'A single worker leaves nobody to serve while it restarts: 2 workers × 3 threads need 200 MiB.',
    ]);
  });

  test('or breaks something else', () => {
    expect(said('twoWorkers', { candidate: single, values: { mem: 200, dbMaxConnections: 3 } })).toEqual([
      'A single worker leaves nobody to serve while it restarts: a second would break another limit.',
    ]);
  });

  test('that is there after all is not missed', () => {
    expect(said('twoWorkers')).toEqual([]);
  });
});

describe('a tenth of the memory', () => {
  const free = (mem: number) => said('freeMemory', { values: { mem }, candidate: candidateOf('sync', 9) });
  test('is said with what is left and how much would leave it', () => {
    expect(free(950)).toEqual([
      'Only 5.26% of the memory stays free, less than the tenth that workers should have to grow: 1000 MiB would leave it.',
    ]);
    expect(free(900)).toEqual([
      'None of the memory stays free, less than the tenth that workers should have to grow: 1000 MiB would leave it.',
    ]);
  });

  test('is no matter where it is there, or no memory would leave it', () => {
    expect(free(1000)).toEqual([]);
    expect(free(1001)).toEqual([]);
    const reserve = { kind: 'share', share: 0.9 } as const;
    expect(
      said('freeMemory', { values: { mem: 20_000, reserve }, candidate: candidateOf('sync', 9) }),
    ).toEqual([]);
  });
});
