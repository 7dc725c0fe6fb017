import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barText } from '../../../src/output/chart/bar-text.js';
import { heatScale } from '../../../src/output/chart/heat-scale.js';
import { heatSvg } from '../../../src/output/chart/heat-svg.js';
import { heatText } from '../../../src/output/chart/heat-text.js';
import { lineText } from '../../../src/output/chart/line-text.js';
import { scaleFor } from '../../../src/output/chart/scale.js';
import { lineSvg } from '../../../src/output/chart/svg.js';
import type { HeatMap, LineChart } from '../../../src/output/chart/types.js';

const curve: LineChart = {
  title: 'p95 against rate',
  x: { label: 'rate, req/s', scale: 'linear' },
  y: { label: 'p95, ms', scale: 'log' },
  series: [
    {
      name: 'p95',
      points: Array.from({ length: 50 }, (_, n) => ({
        x: 2 * n + 1,
        y: n > 47 ? null : 100 / (1 - (2 * n + 1) / 100),
      })),
    },
  ],
  horizontals: [{ y: 250, label: 'objective 250 ms' }],
  verticals: [{ x: 95, label: 'saturation 95/s' }],
  marks: [{ x: 40, y: 166, label: 'now: 40/s' }],
};

const map: HeatMap = {
  title: 'p95',
  x: { label: 'workers', values: ['1', '2', '3', '4'] },
  y: { label: 'threads', values: ['1', '2'] },
  cells: [
    [null, 900, 500, 300],
    [800, 400, 250, 150],
  ],
  unit: 'ms',
  best: { x: 3, y: 1 },
  limit: 250,
};

test('a scale has round, rising ticks around all values, whatever they are', () => {
  const value = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 20 }),
      fc.constantFrom('linear' as const, 'log' as const),
      (values, kind) => {
        const scale = scaleFor({ label: '', scale: kind }, values, 6);
        const slack = (scale.high - scale.low) * 1e-9;
        expect(scale.low).toBeLessThanOrEqual(Math.min(...values) + slack);
        expect(scale.high).toBeGreaterThanOrEqual(Math.max(...values) - slack);
        for (const v of values) expect(Math.abs(scale.position(v) - 0.5)).toBeLessThanOrEqual(0.5 + 1e-6);
        expect(scale.ticks.length).toBeGreaterThan(0);
        expect(scale.ticks.every((tick, n) => n === 0 || tick > scale.ticks[n - 1]!)).toBe(true);
      },
    ),
    { seed: 5, numRuns: 500 },
  );
});

test.each([true, false])('a line chart fits its width and names what it marks (unicode: %s)', (unicode) => {
  const text = lineText(curve, { width: 78, height: 14, unicode });
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  expect(text).toMatch(/now: 40\/s/);
  expect(text).toMatch(/objective 250 ms/);
  expect(text).toMatch(/saturation 95\/s/);
  if (!unicode) expect(text).toMatch(/^[\u0000-\u007f]*$/);
  expect(text).toMatchSnapshot();
});

test('a mark stands on the curve that it marks, whatever its value and the size of the chart', () => {
  const value = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(value, fc.integer({ min: 4, max: 30 }), fc.boolean(), (share, height, unicode) => {
      const level = { points: [0, 100].map((x) => ({ x, y: 100 * share })), name: 'level' };
      const chart = {
        ...curve,
        y: { label: 'ms', scale: 'linear' as const },
        horizontals: [],
        verticals: [],
      };
      const ends = { points: [0, 100].map((x) => ({ x, y: x })), name: 'ends' };
      const marks = [{ x: 50, y: 100 * share, label: 'here' }];
      const text = lineText({ ...chart, series: [level, ends], marks }, { width: 60, height, unicode });
      const row = text.split('\n').find((line) => /[│┤|].*[●O]/.test(line))!;
      expect(row.match(/[\u2800-\u28ff*]/g)?.length ?? 0).toBeGreaterThan(20);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test.each([true, false])(
  'a heat map marks the best cell and what misses the objective (unicode: %s)',
  (unicode) => {
    expect(heatText(map, { width: 60, unicode })).toMatchSnapshot();
  },
);

test('a heat map writes its numbers, and a line between what keeps the objective and what does not', () => {
  const text = heatText(map, { width: 60, unicode: true });
  for (const value of map.cells.flat()) if (value !== null) expect(text).toContain(` ${value}`);
  expect(text).toContain('┃');
  expect(text).toContain('━');
  const svg = heatSvg(map);
  for (const value of map.cells.flat()) if (value !== null) expect(svg).toContain(`>${value}</text>`);
  expect(svg).toMatch(/class="contour" d="M/);
  const free = heatSvg({ ...map, limit: null });
  expect(free).not.toContain('class="contour"');
});

test('one cell near saturation leaves the others their shades', () => {
  const scale = heatScale({ cells: [[50, 100, 200, 250_000, null]], limit: 250 });
  expect(scale).toMatchObject({ least: 50, most: 1000, isCapped: true });
  expect(scale.share(200)).toBeGreaterThan(0.4);
  expect(scale.share(250_000)).toBe(1);
  expect(heatScale({ cells: [[50, 100]], limit: null })).toMatchObject({ most: 100, isCapped: false });
  expect(heatScale({ cells: [[null]], limit: null }).isEmpty).toBe(true);
});

test('a heat map of many columns keeps to its width', () => {
  const values = Array.from({ length: 200 }, (_, n) => String(n));
  const wide = heatText(
    { ...map, x: { label: 'x', values }, cells: [values.map(Number)], y: { label: 'y', values: ['1'] } },
    { width: 60, unicode: true },
  );
  expect(
    Math.max(
      ...wide
        .split('\n')
        .slice(0, -1)
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(62);
});

test('a stacked bar shows what is free, and what is too much', () => {
  const parts = [
    { label: 'workers', value: 800 },
    { label: 'master', value: 100 },
  ];
  expect(barText({ title: 'memory', total: 1000, unit: 'MiB', parts }, { width: 42, unicode: false })).toBe(
    [
      'memory',
      '[################################====    ]',
      '# workers 800 MiB   = master 100 MiB',
      'free 100 MiB',
    ].join('\n'),
  );
  expect(
    barText({ title: 'memory', total: 850, unit: 'MiB', parts }, { width: 42, unicode: false }),
  ).toContain('50 MiB too much');
});

test('the SVG is well-formed XML, also with hostile labels', () => {
  const hostile: LineChart = { ...curve, title: '<script>alert("x")</script> & \u0000 ]]>' };
  const svg = lineSvg(hostile);
  expect(svg).not.toContain('<script>');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  execFileSync('python3', ['-c', 'import sys,xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())'], {
    input: svg,
  });
});
