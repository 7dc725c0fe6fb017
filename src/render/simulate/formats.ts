import type { SimulateResult } from '../../simulate/result.js';
import type { Formats } from '../deliver.js';

/** Formats of `wcalc simulate`. */
export const SIMULATE_FORMATS: Formats<SimulateResult> = {
  table: async () => (await import('./table.js')).simulateTable,
  json: async () => (await import('../json.js')).json,
  yaml: async () => (await import('../yaml.js')).yaml,
};
