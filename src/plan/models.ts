import { MEASURED_ERRORS } from '../model/measured-errors.js';
import { METHODS, type MethodId } from '../model/methods.js';
import { SIMULATED_ERRORS } from '../model/simulated-errors.js';
import type { Configuration, ModelNote } from './types.js';

/** The models behind the predictions of some configurations, each once, with what they assume and how far off they were. */
export function modelsOf(configurations: readonly (Configuration | null)[]): readonly ModelNote[] {
  const notes = new Map<string, ModelNote>();
  for (const configuration of configurations) {
    if (!configuration) continue;
    const { workerClass, prediction } = configuration;
    const [id, method] = Object.entries(METHODS).find(([, { label }]) => label === prediction.method) ?? [];
    if (id === undefined || method === undefined) continue;
    notes.set(`${id} ${workerClass}`, {
      model: method.label,
      topic: `model-${id}`,
      workerClass,
      assumptions: method.assumptions,
      errors: { simulated: SIMULATED_ERRORS[id as MethodId], measured: MEASURED_ERRORS[workerClass] ?? null },
    });
  }
  return [...notes.values()];
}
