import { describe, expect, test } from 'vitest';
import { exposition, numberOf } from '../../../../src/observe/prometheus/formats/exposition.js';
import { labelsOf } from '../../../../src/observe/prometheus/formats/labels.js';
import { queryRange } from '../../../../src/observe/prometheus/formats/query-range.js';
import { Collected, inOrder } from '../../../../src/observe/prometheus/reading/collected.js';

/** The sample of a line: its labels, time and value; null of a line that is none, 'nothing' of one without a wanted sample. */
function sampleOf(line: string) {
  const samples: object[] = [];
  const isLine = exposition.line(line, {
    wants: (name) => name !== 'unwanted',
    sample: (name, labels, timeMs, value) =>
      void samples.push({ name, labels: Object.fromEntries(labelsOf(labels)), timeMs, value }),
  });
  if (!isLine) return null;
  return samples[0] ?? 'nothing';
}

describe("a line of Prometheus's text format", () => {
  const up = { name: 'up', labels: {}, timeMs: Number.NaN, value: 1 };
  test.each([
    ['up 1', up],
    ['up{} 1', up],
    ['  up \t 1 ', up],
    ['up{ } 1', up],
    ['{"up"} 1', up],
    ['{ "up" } 1', up],
    ['up 1 1700000000', { ...up, timeMs: 1_700_000_000_000 }],
    ['up 1 1700000000.25', { ...up, timeMs: 1_700_000_000_250 }],
    ['up 1 1700000000000', { ...up, timeMs: 1_700_000_000_000 }],
    ['up 1 1.7e9', { ...up, timeMs: 1_700_000_000_000 }],
    ['up 1 -5', { ...up, timeMs: -5000 }],
    ['up 1 99999999999', { ...up, timeMs: 99_999_999_999_000 }],
    ['up 1 100000000000', { ...up, timeMs: 100_000_000_000 }],
    ['up 1 # {trace="7 8"} 0.5 17', up],
    ['up 1 17 # {a="b"} 2', { ...up, timeMs: 17_000 }],
    ['up +Inf', { ...up, value: Number.POSITIVE_INFINITY }],
    ['up -Inf', { ...up, value: Number.NEGATIVE_INFINITY }],
    ['up NaN', { ...up, value: Number.NaN }],
    ['a:b_c9{x="1",y="2"} 3e2', { ...up, name: 'a:b_c9', labels: { x: '1', y: '2' }, value: 300 }],
    ['up{x="a}b,c=\\"d\\"\\\\",} 1', { ...up, labels: { x: 'a}b,c="d"\\' } }],
    ['up{x="a\\nb"} 1', { ...up, labels: { x: 'a\nb' } }],
    ['up{"odd name"="1", x = "2"} 1', { ...up, labels: { 'odd name': '1', x: '2' } }],
    ['{"odd.name",x="1"} 1', { ...up, name: 'odd.name', labels: { x: '1' } }],
    ['{"odd\\"name"} 1', { ...up, name: 'odd"name' }],
    ['up{x="\u00c3\u00a4"} 1', { ...up, labels: { x: 'ä' } }],
  ])('%j', (line, sample) => {
    expect(sampleOf(line)).toEqual(sample);
  });

  test.each(['', '  ', '# HELP up Whether it is up', ' # EOF', 'unwanted x y z', 'unwanted{a="b"} x'])(
    '%j has no sample that is wanted',
    (line) => {
      expect(sampleOf(line)).toBe('nothing');
    },
  );

  test.each([
    'up',
    'up{',
    'up{x="1} 2',
    'up{x="1"',
    'up x',
    'up 1 x',
    'up 1 2 3',
    '{x="1"} 1',
    '9up 1',
    'up1',
    '{} 1',
  ])('%j is none', (line) => {
    expect(sampleOf(line)).toBeNull();
  });

  test.each([
    ['inf', Number.POSITIVE_INFINITY],
    ['+Infinity', Number.POSITIVE_INFINITY],
    ['-infinity', Number.NEGATIVE_INFINITY],
    ['nan', Number.NaN],
    ['0', 0],
    ['-1.5e-3', -0.0015],
    ['1e20', 1e20],
    ['-1e20', -1e20],
    // Nothing that was measured, and too much to reckon with.
    ['1e21', null],
    ['-1e160', null],
    ['1e309', null],
    ['', null],
    ['infx', null],
    ['xinf', null],
    ['nanx', null],
    ['1 2', null],
  ])('writes %j as %d', (text, value) => {
    expect(numberOf(text)).toEqual(value);
  });

  test.each([
    ['# HELP', true],
    ['up 1', true],
    ['up{a="b"} 1', true],
    ['{"up"} 1', true],
    ['{ "up"} 1', true],
    ['{"status":"success"', true],
    ['<html>', false],
    ['17 18', false],
    ['[1, 2]', false],
    ['up', false],
    [' up 1', false],
  ])('%j begins one: %s', (head, begins) => {
    expect(exposition.recognises(head)).toBe(begins);
  });
});

describe('samples of one file', () => {
  test('are put together by name and labels, what is no number left out', () => {
    const collected = new Collected('a', new Set(['up', 'down']));
    collected.sample('up', 'a="1"', 0, Number.POSITIVE_INFINITY);
    collected.sample('up', 'a="1"', 1, 10);
    collected.sample('up', 'a="2"', 1, 20);
    collected.sample('down', 'a="1"', 1, 30);
    collected.sample('up', 'a="1"', 2, 11);
    collected.sample('up', 'a="1"', 3, Number.NaN);
    expect([collected.wants('up'), collected.wants('other')]).toEqual([true, false]);
    expect(
      collected.all().map(({ name, labels, times, values }) => [name, labels.get('a'), times, values]),
    ).toEqual([
      ['up', '1', [1, 2], [10, 11]],
      ['up', '2', [1], [20]],
      ['down', '1', [1], [30]],
    ]);
  });

  test('are taken in order of time, of two at one time the later in the file', () => {
    const series = (times: number[], values: number[]) => ({ name: 'up', labels: new Map(), times, values });
    expect(inOrder(series([3, 1, 2, 1], [30, 10, 20, 11]))).toEqual(series([1, 2, 3], [11, 20, 30]));
    expect(inOrder(series([1, 1], [10, 11]))).toEqual(series([1], [11]));
    const ordered = series([1, 2], [1, 2]);
    expect(inOrder(ordered)).toBe(ordered);
    const histograms = [1, 2].map((sum) => ({ sum, buckets: [] }));
    expect(inOrder({ ...series([2, 1], [1, 2]), histograms }).histograms!.map(({ sum }) => sum)).toEqual([
      2, 1,
    ]);
  });
});

describe('an answer of query_range', () => {
  const read = (data: unknown) => queryRange.read(data, 'a.json');
  const result = (...all: unknown[]) => ({ status: 'success', data: { resultType: 'matrix', result: all } });
  const up = { metric: { __name__: 'up', pod: 'a' }, values: [[1, '2']] };
  const series = [{ name: 'up', labels: new Map([['pod', 'a']]), times: [1000], values: [2] }];

  test('is read whole, or its data or result alone, of a range or of one time', () => {
    expect(read(result(up))).toEqual(series);
    expect(read({ resultType: 'matrix', result: [up] })).toEqual(series);
    expect(read([up])).toEqual(series);
    expect(read([{ metric: up.metric, value: [1, 2] }])).toEqual(series);
    expect(read([{ metric: { ...up.metric, odd: 7 }, values: [[1, '2']] }])).toEqual(series);
  });

  test('has no sample where there is none, or where it is NaN', () => {
    expect(read([{ metric: { __name__: 'up' } }])).toMatchObject([{ times: [], values: [] }]);
    expect(
      read([
        {
          metric: {},
          values: [
            [1, 'NaN'],
            [2, '3'],
          ],
        },
      ]),
    ).toMatchObject([{ name: '', times: [2000], values: [3] }]);
  });

  test('of native histograms counts those about 0 as of no length', () => {
    const histogram = {
      count: '7',
      sum: '1.5',
      buckets: [
        [3, '-0.1', '0.1', '2'],
        [0, '0.1', '0.2', '5'],
      ],
    };
    const [found] = read([{ metric: { __name__: 'h' }, histograms: [[1, histogram]] }]);
    expect(found).toMatchObject({ name: 'h', times: [1000], values: [7] });
    expect(found!.histograms).toEqual([
      {
        sum: 1.5,
        buckets: [
          { low: 0, high: 0.1, count: 2 },
          { low: 0.1, high: 0.2, count: 5 },
        ],
      },
    ]);
    expect(read([{ metric: {}, histogram: [1, { sum: '0' }] }])).toMatchObject([{ values: [0] }]);
  });

  test.each<readonly [unknown, string]>([
    [{ status: 'error', error: 'bad query' }, 'is an answer that the query failed (bad query)'],
    [7, 'has no list "result"'],
    [{ data: { result: {} } }, 'has no list "result"'],
    [[{ values: [] }], 'has a result without "metric"'],
    [[7], 'has a result without "metric"'],
    [[{ metric: {}, values: {} }], 'has "values" that are no list of samples'],
    [[{ metric: {}, values: [7] }], 'has a sample that is not [time, "value"]'],
    [[{ metric: {}, values: [['1', '2']] }], 'has a sample that is not [time, "value"]'],
    [[{ metric: {}, values: [[1, null]] }], 'has a sample that is not [time, "value"]'],
    [[{ metric: {}, values: [[1, 'x']] }], 'has a sample that is not [time, "value"]'],
    [[{ metric: {}, values: [[253_402_300_800, '1']] }], 'has a sample that is not [time, "value"]'],
    [[{ metric: {}, histograms: 7 }], 'has "histograms" that are no list'],
    [[{ metric: {}, histograms: [7] }], 'has a histogram that is not [time, {…}]'],
    [[{ metric: {}, histograms: [[1, 7]] }], 'has a histogram that is not [time, {…}]'],
    [[{ metric: {}, histograms: [['1', {}]] }], 'has a histogram that is not [time, {…}]'],
    [[{ metric: {}, histograms: [[1, {}]] }], 'has a histogram without "sum" or "buckets"'],
    [
      [{ metric: {}, histograms: [[1, { sum: '+Inf', buckets: [] }]] }],
      'has a histogram without "sum" or "buckets"',
    ],
    [
      [{ metric: {}, histograms: [[1, { sum: '1', buckets: 7 }]] }],
      'has a histogram without "sum" or "buckets"',
    ],
    ...[
      7,
      [0, '1', '2'],
      [0, '2', '1', '3'],
      [0, '1', '2', '-3'],
      [0, '1', '2', '+Inf'],
      [0, 'x', '2', '3'],
    ].map(
      (bucket) =>
        [
          [{ metric: {}, histograms: [[1, { sum: '1', buckets: [bucket] }]] }],
          'has a bucket that is not [ends, "low", "high", "count"]',
        ] as const,
    ),
  ])('%j is refused', (data, sentence) => {
    expect(() => read(data)).toThrow(`a.json: ${sentence}`);
  });

  test.each([
    ['{"status":"success"', true],
    [' { "data": ', true],
    ['[{"metric"', true],
    ['{"resultType"', true],
    ['{"up"} 1', false],
    ['x {"status"', false],
  ])('%j begins one: %s', (head, begins) => {
    expect(queryRange.recognises(head)).toBe(begins);
  });
});
