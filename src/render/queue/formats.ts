import type { QueueAnswer } from '../../queueing-command/answer.js';
import type { Formats } from '../deliver.js';

/** Formats of `wcalc queue`. */
export const QUEUE_FORMATS: Formats<QueueAnswer> = {
  table: async () => (await import('./table.js')).queueTable,
  json: async () => (await import('../json.js')).json,
  yaml: async () => (await import('../yaml.js')).yaml,
};
