import { describe, expect, test } from 'vitest';
import { MEASURED_ERRORS } from '../../src/model/measured-errors.js';
import { METHODS } from '../../src/model/methods.js';
import { SIMULATED_ERRORS } from '../../src/model/simulated-errors.js';
import { modelsOf } from '../../src/plan/models.js';
import type { Configuration } from '../../src/plan/types.js';
import { everything } from '../render/plan/fixture.js';

const base = everything.recommendation!;
const predictedBy = (
  method: string,
  workerClass: Configuration['workerClass'] = 'gthread',
): Configuration => ({
  ...base,
  workerClass,
  prediction: { ...base.prediction, method },
});

describe('the models behind predictions', () => {
  const { label, assumptions } = METHODS['shared-queue'];

  test('come with their assumptions and their errors, against simulation and against the worker class', () => {
    expect(modelsOf([predictedBy(label)])).toEqual([
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
    expect(modelsOf([predictedBy(label), predictedBy(label)])).toHaveLength(1);
    expect(modelsOf([predictedBy(label), predictedBy(METHODS['split-queues'].label)])).toHaveLength(2);
  });

  test('are none of what no model predicts', () => {
    expect(modelsOf([null, predictedBy('discrete-event simulation')])).toEqual([]);
  });

  test('have no measured error where the class was not measured', () => {
    const [note] = modelsOf([predictedBy(METHODS['event-loops'].label, 'eventlet')]);
    expect(note!.errors.measured).toBe(MEASURED_ERRORS.eventlet ?? null);
  });
});
