import { expect, test } from 'vitest';
import type { Values } from '../../src/input/options.js';
import { configurationOf } from '../../src/plan/configuration.js';
import { byDemandOnApplication } from '../../src/plan/kinds.js';
import { startPlanning } from '../../src/plan/search/candidate.js';
import { settled } from '../../src/plan/settled.js';
import { headline } from '../../src/plan/types.js';
import { resolveProfile } from '../../src/profile/resolve.js';
import { slo } from '../support/slo.js';
import { candidateOf, planningOf } from './made-up.js';
import { planned, simpleModel } from './simple-model.js';

const MACHINE: Values = { cores: 4, mem: 2048, perWorker: 256, ioRatio: 0.9 };

test.each<Values>([
  {},
  { rate: 100, slo: slo('p95<500ms') },
  { workerClass: 'gevent' },
  { websockets: true },
  { app: 'asgi' },
  { workers: 3 },
  { workers: 3, threads: 4 },
  { workers: 3, workerClass: 'sync' },
  { threads: 4, rate: 100 },
  { threads: 4, workerClass: 'gthread' },
  { mem: 10 },
])(
  '%j: what is answered without reasons is the given configuration of the whole answer, else the recommended one',
  (more) => {
    const values = { ...MACHINE, ...more };
    const { given, recommendation } = planned(values);
    const found = settled(startPlanning(resolveProfile(values, {}), simpleModel));
    const { kind, workers, threads } = found?.candidate ?? {};
    const whole = given ?? recommendation;
    expect(found && [kind!.workerClass, workers, threads]).toEqual(
      whole && [whole.workerClass, whole.workers, whole.threads],
    );
  },
);

test('classes are tried by what they ask of the application, least first, and only those that are wanted', () => {
  const tiers = (values: Values) =>
    byDemandOnApplication(planningOf({ ...MACHINE, ...values }).profile).map((tier) =>
      tier.map(({ name }) => name),
    );
  expect(tiers({})).toEqual(
    [
      ['sync', 'gthread'],
      ['gevent', 'tornado'],
      ['asgi', 'uvicorn'],
    ].map((tier) => expect.arrayContaining(tier)),
  );
  expect(tiers({ workerClass: 'gevent' })).toEqual([['gevent']]);
});

test('an answer tells whether the objective is met, met within the error, or missed, and the rate and error behind it', () => {
  const told = (p95Ms: number) => {
    const planning = planningOf(
      { ...MACHINE, rate: 50, replicas: 2, slo: slo('p95<100ms') },
      { p95Ms, ci95: undefined },
    );
    const evaluated = planning.evaluate(candidateOf('sync', 4));
    const { objective, meetsObjective, prediction } = configurationOf(planning, evaluated, 'slots', '');
    expect(prediction).toMatchObject({ ratePerReplica: 25, errorShare: evaluated.errors, p95Ms });
    return [objective, meetsObjective];
  };
  expect([told(50), told(99.9), told(100)]).toEqual([
    ['met', true],
    ['within-error', true],
    ['missed', false],
  ]);
});

test('a prediction that says nothing of times has no error', () => {
  const planning = planningOf(MACHINE, { meanMs: null, ci95: undefined });
  const { prediction } = configurationOf(planning, planning.evaluate(candidateOf('sync', 4)), 'slots', '');
  expect([prediction.ratePerReplica, prediction.errorShare]).toEqual([null, null]);
});

test('a configuration in a few words', () => {
  const gunicorn = { server: 'gunicorn', workerClass: 'gthread' };
  expect(headline({ ...gunicorn, workers: 2, threads: 4 })).toBe('2 gthread workers × 4 threads');
  expect(headline({ ...gunicorn, workers: 1, threads: 1 })).toBe('1 gthread worker');
  expect(headline({ server: 'uvicorn', workerClass: null, workers: 2, threads: 1 })).toBe(
    '2 uvicorn workers',
  );
});
