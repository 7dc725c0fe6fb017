import type { FitResult } from '../../../observe/logs/types.js';
import type { ObservedValue } from '../../../observe/values.js';
import type { Formats } from '../../../output/deliver.js';

/** What `wcalc fit` learnt, and the same as values of options. */
export interface FitReport {
  readonly result: FitResult;
  readonly observed: readonly ObservedValue[];
}

export const FIT_FORMATS: Formats<FitReport> = {
  table: async () => (await import('./table.js')).fitTable,
  json: async () => (await import('./json.js')).fitJson,
  yaml: async () => (await import('./profile.js')).fitProfile,
};
