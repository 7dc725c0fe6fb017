import { describe, expect, test } from 'vitest';
import { columnsOf, traitsOf } from '../../../../src/observe/logs/columns/column-choice.js';
import {
  fieldOfColumn,
  tellsOtherTime,
  unitLeftOpen,
} from '../../../../src/observe/logs/columns/column-names.js';
import { columnsGiven } from '../../../../src/observe/logs/columns/columns-given.js';
import type { Field } from '../../../../src/observe/logs/reading/fields.js';

/** `duration 1000`: kind and unit in ms of a field; `-` of none. */
const shown = (field: Field | null) =>
  field === null || field.kind === 'skip'
    ? '-'
    : 'msPerUnit' in field
      ? `${field.kind} ${field.msPerUnit}`
      : field.kind;

describe('a name tells', () => {
  test.each([
    ['request_time', 'duration 1000'],
    ['upstream_response_time', 'duration 1000'],
    ['requestTime', 'duration 1000'],
    ['D', 'duration 0.001'],
    ['M', 'duration 1'],
    ['L', 'duration 1000'],
    ['duration_ms', 'duration 1'],
    ['durationMs', 'duration 1'],
    ['duration-ms', 'duration 1'],
    ['duration (ms)', 'duration 1'],
    ['Duration (ms)', 'duration 1'],
    [' took_us ', 'duration 0.001'],
    ['took.us', '-'],
    ['elapsed_nanos', 'duration 0.000001'],
    ['latency_seconds', 'duration 1000'],
    ['view_time_s', '-'],
    ['total_request_time_ms', 'duration 1'],
    ['event.duration', 'duration 0.000001'],
    ['http.event.duration', 'duration 0.000001'],
    ['myevent.duration', '-'],
    ['cpu_ms', 'cpu 1'],
    ['cpu_time_us', 'cpu 0.001'],
    ['io_s', 'io 1000'],
    ['wait_ms', 'io 1'],
    ['time', 'time null'],
    ['@timestamp', 'time null'],
    ['log.time', 'time null'],
    ['response.time', '-'],
    ['response.time_ms', 'duration 1'],
    ['startTime', 'time null'],
    ['at_ms', 'time 1'],
    ['msec', 'time 1000'],
    ['url.path', 'path'],
    ['request_uri', 'path'],
    ['endpoint', 'path'],
    ['http.request.method', 'method'],
    ['cs-method', 'method'],
    ['request', 'request'],
    ['http.status_code', 'status'],
    ['sc-status', 'status'],
    ['pid', 'pid'],
    ['process.id', 'pid'],
    ['request.id', '-'],
    ['user', '-'],
    ['bytes', '-'],
    ['status_text', '-'],
    ['my_pids', '-'],
  ])('of %j: %s', (name, meaning) => {
    expect(shown(fieldOfColumn(name))).toBe(meaning);
  });

  test.each([
    ['duration', true],
    ['response.time', true],
    ['process.time', true],
    ['total.time', true],
    ['render_duration', false],
    ['app_latency', true],
    ['duration_ms', false],
    ['request_time', false],
    ['durations', false],
    ['size', false],
  ])('%s leaves the unit of a duration open: %s', (name, open) => {
    expect(unitLeftOpen(name)).toBe(open);
  });

  test.each([
    ['connect_time', true],
    ['db.duration', false],
    ['dbDuration', true],
    ['queue_ms', true],
    ['timeout', true],
    ['took', false],
  ])('%s is a time of something else than the whole request: %s', (name, other) => {
    expect(tellsOtherTime(name)).toBe(other);
  });
});

describe('--column', () => {
  const given = (text: string) =>
    [...columnsGiven([text])].map(([name, field]) => `${name}: ${shown(field)}`)[0];

  test.each<readonly [string, string]>([
    ['duration=x:ms', 'x: duration 1'],
    ['duration=x:s', 'x: duration 1000'],
    ['cpu=x:us', 'x: cpu 0.001'],
    ['io=x:ns', 'x: io 0.000001'],
    ['time=x', 'x: time null'],
    ['time=x:s', 'x: time 1000'],
    ['duration=a:b:ms', 'a:b: duration 1'],
    ['duration=a=b:ms', 'a=b: duration 1'],
    // a name that tells its unit needs none
    ['cpu=duration_us', 'duration_us: cpu 0.001'],
    ['duration=request_time', 'request_time: duration 1000'],
    ['duration=request_time:ms', 'request_time: duration 1'],
    ...['pid', 'path', 'method', 'request', 'status'].map((kind) => [`${kind}=x`, `x: ${kind}`] as const),
  ])('%s is %s', (text, meaning) => {
    expect(given(text)).toBe(meaning);
  });

  test.each(['duration=x', 'cpu=path', 'io=at_ms', 'io=bytes'])('%s needs a unit', (text) => {
    expect(() => given(text)).toThrow(
      `--column: "${text}" needs a unit, such as ${text}:ms; accepted: ns, us, ms, s`,
    );
  });

  test.each(['x', 'size=x', '=x:ms', 'duration=', 'Duration=x:ms', ' duration=x:ms'])(
    '%s is refused',
    (text) => {
      expect(() => given(text)).toThrow(`--column: "${text}" is not accepted; accepted: MEANING=NAME`);
    },
  );
});

describe('the columns of a log', () => {
  const none = new Map<string, Field>();
  const choose = (
    values: Readonly<Record<string, readonly string[]>>,
    given: ReadonlyMap<string, Field> = none,
  ) => {
    const { columns, note } = columnsOf(Object.keys(values), given, (name) => values[name]!);
    return { meant: columns.map(({ name, field }) => `${name}: ${shown(field)}`), note };
  };

  test('have one of each kind: the first, one of an upstream before it, the one given before all', () => {
    const values = {
      request_time: ['0.1'],
      took_ms: ['100'],
      upstream_response_time: ['0.1'],
      path: ['/'],
      url: ['/'],
    };
    expect(choose(values).meant).toEqual([
      'request_time: -',
      'took_ms: -',
      'upstream_response_time: duration 1000',
      'path: path',
      'url: -',
    ]);
    expect(choose(values, columnsGiven(['duration=took_ms', 'path=url'])).meant).toEqual([
      'request_time: -',
      'took_ms: duration 1',
      'upstream_response_time: -',
      'path: -',
      'url: path',
    ]);
  });

  test('given by a name that is not there are refused with those that are, twenty at most', () => {
    const given = columnsGiven(['duration=x:ms']);
    expect(() => choose({ a: [], 'b\u001b': [] }, given)).toThrow(
      /there is no column "x"; the log has: a, b[^\u001b]*$/,
    );
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`c${n}`, []]));
    expect(() => choose(many, given)).toThrow(/c18, c19, …$/);
    const { c20: _, ...twenty } = many;
    expect(() => choose(twenty, given)).toThrow(/c18, c19$/);
  });

  test('that are named for a duration may tell a time of day, and the other way round', () => {
    const iso = '2026-11-30T12:00:00Z';
    expect(choose({ requestTime: [iso, iso, '-', ''] }).meant).toEqual(['requestTime: time null']);
    expect(choose({ requestTime: ['0.1', '0.2', iso] }).meant).toEqual(['requestTime: duration 1000']);
    expect(choose({ requestTime: ['soon', 'later'] }).meant).toEqual(['requestTime: -']);
    expect(choose({ requestTime: ['90000', '90000'] }).meant).toEqual(['requestTime: time null']);
    expect(choose({ time: ['12ms', '15ms'] }).meant).toEqual(['time: duration null']);
    expect(choose({ time: ['yes', 'no'] }).meant).toEqual(['time: -']);
    expect(choose({ time: [iso, '12ms'] }).meant).toEqual(['time: time null']);
    expect(choose({ time: [] }).meant).toEqual(['time: time null']);
  });

  test('without a unit are of the one that the values name, or that alone is a usual one', () => {
    expect(choose({ duration: ['12ms', '1.5s', '0.2s', '3s', '7'] })).toEqual({
      meant: ['duration: duration null'],
      note: null,
    });
    const { meant, note } = choose({ duration: ['0.25', '0.5', '-'] });
    expect(meant).toEqual(['duration: duration 1000']);
    expect(note).toMatch(
      /^the column "duration" is taken as seconds, .*--column duration=duration:ms \(or ns, us, s\)/,
    );
    expect(() => choose({ duration: ['250', '500'] })).toThrow(
      'the unit of the column "duration" is not known',
    );
    expect(() => choose({ duration: ['12ms', '250'] })).toThrow('is not known');
  });

  test('leave one without a unit alone where another tells the duration, or CPU and waiting do', () => {
    expect(choose({ duration: ['250'], took_ms: ['250'] }).meant).toEqual([
      'duration: -',
      'took_ms: duration 1',
    ]);
    expect(choose({ duration: ['250'], cpu_ms: ['5'], io_ms: ['9'] }).meant[0]).toBe('duration: -');
    for (const one of ['cpu_ms', 'io_ms'])
      expect(() => choose({ duration: ['250'], [one]: ['5'] })).toThrow('is not known');
    expect(choose({ duration: ['-', '', 'none'] }).meant).toEqual(['duration: -']);
    expect(() => choose({ duration: ['0', '0'] })).toThrow('is not known');
  });

  test('say where the duration was measured, what the stamp marks, and how fine the times are', () => {
    const traits = (...names: string[]) =>
      traitsOf(names.map((name) => ({ name, field: fieldOfColumn(name) ?? { kind: 'skip' } })));
    expect(traits('duration_ms', 'time')).toEqual({ basis: 'service', stamps: 'end', resolutionMs: 1e-3 });
    for (const name of ['request_time', 'a.requestTime', 'upstream_time', 'response_time_s', 'latency_ms'])
      expect(traits(name).basis, name).toBe('response');
    expect(traits('took_us').resolutionMs).toBeCloseTo(1e-6, 12);
    expect(traits('cpu_s', 'io_s').resolutionMs).toBe(1);
    expect(traits('path').resolutionMs).toBe(1e-3);
    for (const name of ['at', 'at_ms', 'log.at', 'startTime', 'start_utc'])
      expect(traits(name).stamps, name).toBe('arrival');
    for (const name of ['created', 'time', 'end_time']) expect(traits(name).stamps, name).toBe('end');
  });
});
