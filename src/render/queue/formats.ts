import type { QueueAnswer } from '../../queueing-command/answer.js';
import type { ClosedAnswer } from '../../queueing-command/closed.js';
import type { Formats } from '../deliver.js';

export type Answered = QueueAnswer | ClosedAnswer;

/** Formats of `wcalc queue`. */
export const QUEUE_FORMATS: Formats<Answered> = {
  table: async () => (await import('./table.js')).queueTable,
  json: async () => (await import('../json.js')).json,
  yaml: async () => (await import('../yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).queueCsv,
  markdown: async () => (await import('./markdown.js')).queueMarkdown,
};
