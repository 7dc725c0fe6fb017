import { describe, expect, test } from 'vitest';
import { METHODS } from '../../src/model/methods.js';
import { predict } from '../../src/model/predict.js';
import { SIMULATED_ERRORS } from '../../src/model/simulated-errors.js';
import { modelsOf } from '../../src/plan/models.js';
import { plan } from '../../src/plan/plan.js';
import type { Configuration } from '../../src/plan/types.js';
import { resolveProfile } from '../../src/profile/resolve.js';
import { MEASURED_ERRORS } from '../../src/servers/gunicorn/measured-errors.js';
import { WORKER_CLASSES } from '../../src/servers/gunicorn/worker-class.js';
import { everything } from '../commands/plan/formats/fixture.js';

const profile = resolveProfile({ cores: 2, mem: 1024, perWorker: 100, rate: 20, gunicorn: 25 }, {});
const base = everything.recommendation!;
const running = (change: Partial<Configuration>): Configuration => ({ ...base, ...change });
const shared = running({ workerClass: 'gthread', workers: 2, threads: 6, workerConnections: 6 });
const split = running({ workerClass: 'gthread', workers: 2, threads: 6, workerConnections: 1000 });

describe('the models behind predictions', () => {
  test('come with their assumptions and their errors, against simulation and against the worker class', () => {
    const { label, assumptions } = METHODS['shared-queue'];
    expect(modelsOf(profile, [shared])).toEqual([
      {
        model: label,
        topic: 'model-shared-queue',
        workerClass: 'gthread',
        assumptions,
        errors: { simulated: SIMULATED_ERRORS['shared-queue'], measured: MEASURED_ERRORS.gthread },
      },
    ]);
  });

  test('are named once each', () => {
    expect(modelsOf(profile, [shared, null, shared])).toHaveLength(1);
    expect(modelsOf(profile, [shared, split])).toHaveLength(2);
  });

  test('have no measured error where the class was not measured', () => {
    const [note] = modelsOf(profile, [running({ workerClass: 'eventlet', threads: 1 })]);
    expect(note!.errors.measured).toBe(MEASURED_ERRORS.eventlet ?? null);
  });

  test.each(WORKER_CLASSES)('are those that the predictions of %s name as their method', (workerClass) => {
    for (const workers of [1, 2, 3]) {
      for (const threads of workerClass === 'gthread' ? [1, 4] : [1]) {
        const values = { cores: 2, mem: 1024, perWorker: 100, rate: 20, gunicorn: 25 } as const;
        const { given, models } = plan(
          resolveProfile({ ...values, workerClass, workers, threads }, {}),
          predict,
        );
        expect(models.map(({ model }) => model)).toContain(given!.prediction.method);
      }
    }
  });
});
