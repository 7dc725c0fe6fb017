import type { Option } from '../option.js';
import { flag, text } from '../types.js';

/** Options of `wcalc fit` alone. */
export const fitOptions = {
  logFormat: {
    type: text,
    group: 'Input',
    help: "the log's format string, as Gunicorn, nginx or Apache write it",
    fallback: 'recognised',
    flagOnly: true,
  },
  column: {
    type: text,
    group: 'Input',
    help: 'what a column of JSON lines or CSV means, duration=took:ms',
    repeatable: true,
    flagOnly: true,
  },
  compare: {
    type: flag,
    group: 'Output',
    help: "set the model's prediction beside what the log shows",
    flagOnly: true,
  },
} as const satisfies Record<string, Option<unknown>>;
