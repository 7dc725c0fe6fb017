import type { Formats } from '../../../output/deliver.js';
import type { QueueAnswer } from '../answer.js';
import type { ClosedAnswer } from '../closed.js';

export type Answered = QueueAnswer | ClosedAnswer;

/** Formats of `wcalc queue`. */
export const QUEUE_FORMATS: Formats<Answered> = {
  table: async () => (await import('./table.js')).queueTable,
  json: async () => (await import('../../../text/json.js')).json,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).queueCsv,
  markdown: async () => (await import('./markdown.js')).queueMarkdown,
};
