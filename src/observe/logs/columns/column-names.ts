import { MS_PER_UNIT } from '../reading/durations.js';
import type { Field } from '../reading/fields.js';

/** Names whose meaning is fixed by the programs that write them. */
const KNOWN: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['request_time', { kind: 'duration', msPerUnit: 1e3 }],
  ['upstream_response_time', { kind: 'duration', msPerUnit: 1e3 }],
  ['upstream_time', { kind: 'duration', msPerUnit: 1e3 }],
  ['d', { kind: 'duration', msPerUnit: 1e-3 }],
  ['m', { kind: 'duration', msPerUnit: 1 }],
  ['l', { kind: 'duration', msPerUnit: 1e3 }],
  ['at_ms', { kind: 'time', msPerUnit: 1 }],
  ['msec', { kind: 'time', msPerUnit: 1e3 }],
  ['r', { kind: 'request' }],
  ['s', { kind: 'status' }],
  ['request', { kind: 'request' }],
  ['request_line', { kind: 'request' }],
  ['method', { kind: 'method' }],
  ['request_method', { kind: 'method' }],
  ['http_method', { kind: 'method' }],
  ['cs_method', { kind: 'method' }],
]);

const TIMES =
  /^(time|timestamp|@timestamp|ts|datetime|date|time_local|local_time|time_iso8601|t|start_time|end_time|at|created|asctime|@t|start_local|start_utc)$/;
const PATHS =
  /^(path|uri|url|request_uri|request_path|request_url|http_path|http_url|cs_uri_stem|route|endpoint|u)$/;
const STATUSES =
  /^(status|status_code|http_status|http_status_code|response_code|response_status|sc_status|downstream_status)$/;
const PIDS = /^(pid|process_id|worker_pid|p|worker)$/;
const DURATIONS =
  /^(duration|elapsed|elapsed_time|latency|took|response_time|request_duration|service_time|process_time|processing_time|time_taken|total_time|resp_time|request_time|upstream_response_time)$/;
const CPU = /^(cpu|cpu_time)$/;
const IO = /^(io|io_time|wait)$/;
/** Words of names that tell a duration, and those of other times than a request's. */
const LIKELY = /(^|_)(time|duration|latency|elapsed|took)(_|$)/;
const OTHER_TIMES =
  /timeout|stamp|zone|uptime|connect|header|queue|db|sql|render|view|cache|first_byte|ttfb|start|end|begin|create|local|date|wall|cpu/;

const UNIT_ENDING =
  /_?(ns|nanos|nanoseconds|us|usecs?|micros|microseconds|ms|msecs?|millis|milliseconds|s|secs?|seconds)$/;

/** The words of a name, the last of names joined by dots: `requestMethod`, `request-method` and `Request (method)` become alike. */
function plainName(name: string): string {
  const parts = name.split('.');
  const last = parts.at(-1)!;
  const parent = parts.at(-2)?.toLowerCase() ?? '';
  // The time of a response is no time of day, and the id of a process no id of a request.
  const joined =
    (/^(request|response|process|total)$/.test(parent) && last.toLowerCase() === 'time') ||
    (parent === 'process' && last.toLowerCase() === 'id')
      ? `${parent}_${last}`
      : last;
  return joined
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[-\s()]+/g, '_')
    .replace(/_$/, '');
}

/** What a column tells, judged by its name alone; null where the name says nothing, or leaves the unit of a duration open. */
export function fieldOfColumn(name: string): Field | null {
  const plain = plainName(name);
  const known = KNOWN.get(plain);
  if (known) return known;
  if (/(^|\.)event\.duration$/i.test(name)) return { kind: 'duration', msPerUnit: 1e-6 };
  if (TIMES.test(plain)) return { kind: 'time', msPerUnit: null };
  if (PATHS.test(plain)) return { kind: 'path' };
  if (STATUSES.test(plain)) return { kind: 'status' };
  if (PIDS.test(plain)) return { kind: 'pid' };
  const ending = UNIT_ENDING.exec(plain);
  if (!ending) return null;
  const stem = plain.slice(0, ending.index);
  const msPerUnit = MS_PER_UNIT[ending[1]!]!;
  if (DURATIONS.test(stem)) return { kind: 'duration', msPerUnit };
  if (CPU.test(stem)) return { kind: 'cpu', msPerUnit };
  if (IO.test(stem)) return { kind: 'io', msPerUnit };
  return isLikely(stem) ? { kind: 'duration', msPerUnit } : null;
}

const isLikely = (plain: string): boolean => LIKELY.test(plain) && !OTHER_TIMES.test(plain);

/** Whether a name means a time other than that of the whole request, such as of connecting or of the database. */
export const tellsOtherTime = (name: string): boolean => OTHER_TIMES.test(plainName(name));

/** Whether a name means a duration but leaves its unit open. */
export function unitLeftOpen(name: string): boolean {
  const plain = plainName(name);
  return (DURATIONS.test(plain) || isLikely(plain)) && fieldOfColumn(name) === null;
}
