import type { Formats } from '../../../output/deliver.js';
import type { SimulateResult } from '../result.js';

/** Formats of `wcalc simulate`. */
export const SIMULATE_FORMATS: Formats<SimulateResult> = {
  table: async () => (await import('./table.js')).simulateTable,
  json: async () => (await import('../../../text/json.js')).json,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
};
