import type { Missing } from '../values.js';
import type { Current, Processes } from './fit-result.js';
import type { ReadLogs } from './reading/read-logs.js';
import { GUNICORN_FORMAT, remedyFor } from './refusals.js';
import type { Timeline } from './timeline.js';

interface Known {
  readonly cpu: boolean;
  readonly timeline: Timeline | null;
  readonly processes: Processes | null;
  readonly current: Current | null;
}

const SET_FORMAT = `--access-logformat '${GUNICORN_FORMAT}'`;

/** What the log leaves open, each with what to set or give. */
export function unknownsOf({ format, tally }: ReadLogs, known: Known): Missing[] {
  const unknowns: Missing[] = [];
  if (!format.tellsDurations)
    unknowns.push({ what: 'how long requests took, and so what serves them', remedy: remedyFor(format) });
  const coarse = format.resolutionMs >= 100 && tally.durations.moments.mean < 100 * format.resolutionMs;
  if (coarse) {
    unknowns.push({
      what: `service times, because durations are told only to ${format.resolutionMs} ms`,
      remedy: `run Gunicorn with ${SET_FORMAT}`,
    });
  }
  if (format.tellsDurations && format.basis === 'response') {
    unknowns.push({
      what: "the service time alone: a proxy's times include waiting for a free worker",
      remedy: `fit Gunicorn's own log: run it with ${SET_FORMAT}`,
    });
  } else if (format.tellsDurations) {
    unknowns.push({
      what: 'the time that requests waited for a worker: durations begin when a request is read',
      remedy: "compare with nginx's $upstream_response_time, or let wcalc predict it with --compare",
    });
  }
  if (!known.cpu && format.tellsDurations) {
    unknowns.push({
      what: 'the share of I/O',
      remedy:
        'wcalc fit --detect while the workers run, wcalc detect --watch 60s, a CPU column (--column cpu=NAME:ms), or --io-ratio',
    });
  }
  if (!known.processes) {
    unknowns.push({
      what: 'how evenly the workers share the load',
      remedy: `run Gunicorn with ${SET_FORMAT}`,
    });
  }
  if (!known.timeline) {
    unknowns.push({ what: 'rate, burstiness and concurrency', remedy: 'log a time stamp with each request' });
  }
  if (known.timeline && known.timeline.arrivals.meanPerSecond === null) {
    unknowns.push({ what: 'the rate, of which one request says nothing', remedy: 'a log of more requests' });
  }
  if (!known.current && known.timeline?.concurrency) {
    unknowns.push({
      what: 'how full the running configuration is',
      remedy: 'give it with --worker-class, --workers and --threads',
    });
  }
  return unknowns;
}
