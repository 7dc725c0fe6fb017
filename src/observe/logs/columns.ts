import { UsageError } from '../../host/errors.js';
import type { Field } from './log-format.js';

/** What a named column of JSON lines or CSV may tell. */
const MEANINGS = ['time', 'duration', 'cpu', 'io', 'pid', 'path', 'method', 'request', 'status'] as const;
type Meaning = (typeof MEANINGS)[number];

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3 };

/** Columns named by `--column MEANING=NAME[:UNIT]`, by name. */
export function columnsGiven(texts: readonly string[]): ReadonlyMap<string, Field> {
  return new Map(texts.map(columnGiven));
}

function columnGiven(text: string): [string, Field] {
  const parts = /^([a-z]+)=(.+?)(?::(ns|us|ms|s))?$/.exec(text);
  const meaning = MEANINGS.find((known) => known === parts?.[1]);
  if (!parts || !meaning) {
    throw new UsageError(
      `--column: "${text}" is not accepted; accepted: MEANING=NAME or MEANING=NAME:UNIT, such as duration=took:ms, with the meanings ${MEANINGS.join(', ')} and the units ns, us, ms, s`,
    );
  }
  const unit = parts[3];
  if ((meaning === 'duration' || meaning === 'cpu' || meaning === 'io') && unit === undefined) {
    const byName = fieldOfColumn(parts[2]!);
    if (!byName || !('msPerUnit' in byName))
      throw new UsageError(`--column: "${text}" needs a unit, such as ${text}:ms; accepted: ns, us, ms, s`);
    return [parts[2]!, { kind: meaning, msPerUnit: byName.msPerUnit }];
  }
  return [parts[2]!, fieldOf(meaning, UNITS[unit ?? 's']!)];
}

function fieldOf(meaning: Meaning, msPerUnit: number): Field {
  switch (meaning) {
    case 'time':
    case 'duration':
    case 'cpu':
    case 'io':
      return { kind: meaning, msPerUnit };
    default:
      return { kind: meaning };
  }
}

const UNIT_ENDING = /[._-]?(ns|us|usec|micros|microseconds|ms|msec|millis|milliseconds|s|sec|secs|seconds)$/;
const UNIT_WORDS: Readonly<Record<string, number>> = {
  ...UNITS,
  usec: 1e-3,
  micros: 1e-3,
  microseconds: 1e-3,
  msec: 1,
  millis: 1,
  milliseconds: 1,
  sec: 1e3,
  secs: 1e3,
  seconds: 1e3,
};

/** Names whose unit is fixed by the program that writes them. */
const KNOWN: Readonly<Record<string, Field>> = {
  request_time: { kind: 'duration', msPerUnit: 1e3 },
  upstream_response_time: { kind: 'duration', msPerUnit: 1e3 },
  upstream_time: { kind: 'duration', msPerUnit: 1e3 },
  d: { kind: 'duration', msPerUnit: 1e-3 },
  m: { kind: 'duration', msPerUnit: 1 },
  l: { kind: 'duration', msPerUnit: 1e3 },
  at_ms: { kind: 'time', msPerUnit: 1 },
  msec: { kind: 'time', msPerUnit: 1e3 },
  pid: { kind: 'pid' },
  process_id: { kind: 'pid' },
  p: { kind: 'pid' },
  worker: { kind: 'pid' },
  status: { kind: 'status' },
  status_code: { kind: 'status' },
  method: { kind: 'method' },
  request_method: { kind: 'method' },
  request: { kind: 'request' },
  request_line: { kind: 'request' },
};
const TIMES =
  /^(time|timestamp|@timestamp|ts|datetime|date|time_local|time_iso8601|t|start_time|end_time|at)$/;
const PATHS = /^(path|uri|url|request_uri|request_path|route|endpoint|u)$/;
const DURATIONS =
  /^(duration|elapsed|elapsed_time|latency|took|response_time|request_duration|service_time|process_time|time_taken|request_time|upstream_response_time)$/;
const CPU = /^(cpu|cpu_time)$/;
const IO = /^(io|io_time|wait)$/;

/** What a column tells, judged by its name alone; null where the name says nothing, or leaves the unit of a duration open. */
export function fieldOfColumn(name: string): Field | null {
  const plain = name.toLowerCase().trim().replace(/^.*\./, '');
  if (Object.hasOwn(KNOWN, plain)) return KNOWN[plain]!;
  if (TIMES.test(plain)) return { kind: 'time', msPerUnit: 1e3 };
  if (PATHS.test(plain)) return { kind: 'path' };
  const ending = UNIT_ENDING.exec(plain);
  if (!ending) return null;
  const stem = plain.slice(0, ending.index);
  const msPerUnit = UNIT_WORDS[ending[1]!]!;
  if (DURATIONS.test(stem)) return { kind: 'duration', msPerUnit };
  if (CPU.test(stem)) return { kind: 'cpu', msPerUnit };
  return IO.test(stem) ? { kind: 'io', msPerUnit } : null;
}

/** Whether a name means a duration but leaves its unit open. */
export const unitLeftOpen = (name: string): boolean =>
  DURATIONS.test(name.toLowerCase().replace(/^.*\./, '')) && fieldOfColumn(name) === null;
