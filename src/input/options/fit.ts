import type { Option } from '../option.js';
import { choice, flag, path, text, timespan } from '../types.js';

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
  generator: {
    type: choice('open', 'closed'),
    group: 'Input',
    help: 'how k6 sent the load of --load-test: open at an arrival rate, closed by users who wait for answers',
    fallback: 'recognised',
    flagOnly: true,
  },
  prometheus: {
    type: text,
    group: 'Input',
    help: 'a Prometheus to ask in place of logs, by its address (http://prometheus:9090), or files of /metrics or of query_range as JSON',
    repeatable: true,
    power: 'reaches',
  },
  query: {
    type: text,
    group: 'Input',
    help: 'with --prometheus what to ask for where the usual names do not fit: requests, durations, cpu, memory or select=PROMQL, such as select={job="web"}',
    repeatable: true,
    flagOnly: true,
  },
  since: {
    type: timespan,
    group: 'Input',
    help: 'with --prometheus how far back from now to ask',
    fallback: '1d',
    flagOnly: true,
  },
  step: {
    type: timespan,
    group: 'Input',
    help: 'with --prometheus the time between samples that are asked for',
    fallback: '1min',
    flagOnly: true,
  },
  tokenFile: {
    type: path,
    group: 'Input',
    help: 'file with the bearer token for --prometheus; without it WCALC_PROMETHEUS_TOKEN of the environment',
    flagOnly: true,
  },
  compare: {
    type: flag,
    group: 'Output',
    help: "set the model's prediction beside what the log or the load test shows",
    flagOnly: true,
  },
} as const satisfies Record<string, Option<unknown>>;
