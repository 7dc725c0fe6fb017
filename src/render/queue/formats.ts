import type { QueueAnswer } from '../../queueing-command/answer.js';
import type { ClosedAnswer } from '../../queueing-command/closed.js';
import type { Formats } from '../deliver.js';

export type Answered = QueueAnswer | ClosedAnswer;

/** Formats of `wcalc queue`. */
export const QUEUE_FORMATS: Formats<Answered> = {
  table: async () => {
    const [{ queueTable }, { closedTable }] = [await import('./table.js'), await import('./closed-table.js')];
    return (answer, context) =>
      'stations' in answer ? closedTable(answer, context) : queueTable(answer, context);
  },
  json: async () => (await import('../json.js')).json,
  yaml: async () => (await import('../yaml.js')).yaml,
};
