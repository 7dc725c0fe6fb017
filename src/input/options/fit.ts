import type { Option } from '../option.js';
import { flag, text } from '../types.js';

/** Options of `wcalc fit` alone. */
export const fitOptions = {
  logFormat: {
    type: text,
    group: 'Input',
    help: "the log's format string, as Gunicorn, nginx, Apache or uWSGI write it; a unit behind a name makes it a duration, $took:ms",
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
  merge: {
    type: flag,
    group: 'Input',
    help: 'put profiles of fit --format profile together, as if their logs had been read at once',
    flagOnly: true,
  },
  loadTest: {
    type: text,
    group: 'Input',
    help: 'results of a load test in place of logs: k6, wrk, vegeta, Locust, hey, oha, JMeter or ab; several are its steps',
    repeatable: true,
    power: 'reads',
  },
  compare: {
    type: flag,
    group: 'Output',
    help: "set the model's prediction beside what the log or the load test shows",
    flagOnly: true,
  },
} as const satisfies Record<string, Option<unknown>>;
