import { significant } from '../../text/numbers.js';
import { wrap } from '../../text/wrap.js';
import { Canvas, DOTS } from './canvas.js';
import { type Scale, scaleFor } from './scale.js';
import type { LineChart } from './types.js';

export interface TextChartOptions {
  readonly width: number;
  readonly height: number;
  readonly unicode: boolean;
}

/** Columns that a legend takes at the least; the margin before it is narrower where there are no more. */
const LEAST_LEGEND = 24;

/** Signs of marks, in order; the legend says which is which. */
const MARKS = { unicode: ['●', '◆', '▲', '■'], ascii: ['O', 'X', '#', '@'] } as const;

/** A line chart in characters, readable without colour. */
export function lineText(chart: LineChart, { width, height, unicode }: TextChartOptions): string {
  const xs = [...chart.series.flatMap((s) => s.points.map((p) => p.x)), ...chart.marks.map((m) => m.x)];
  const ys = [
    ...chart.series.flatMap((s) => s.points.flatMap((p) => (p.y === null ? [] : [p.y]))),
    ...chart.marks.map((m) => m.y),
    ...chart.horizontals.map((h) => h.y),
  ];
  const yScale = scaleFor(chart.y, ys, Math.max(2, Math.floor(height / 3)));
  const labels = new Map(
    yScale.ticks.map((tick) => [rowOf(yScale, tick, height, unicode), significant(tick, 4)]),
  );
  const gutter = Math.max(...[...labels.values()].map((label) => label.length));
  const columns = Math.max(10, width - gutter - 2);
  const xScale = scaleFor(chart.x, xs, Math.max(2, Math.floor(columns / 12)));

  const canvas = new Canvas(columns, height, unicode);
  for (const { x } of chart.verticals) vertical(canvas, columnOf(xScale, x, columns, unicode), unicode);
  for (const { y } of chart.horizontals) horizontal(canvas, rowOf(yScale, y, height, unicode), unicode);
  for (const series of chart.series) curve(canvas, series.points, xScale, yScale);
  const signs = unicode ? MARKS.unicode : MARKS.ascii;
  chart.marks.forEach((mark, n) => {
    const column = columnOf(xScale, mark.x, columns, unicode);
    canvas.letter(column, rowOf(yScale, mark.y, height, unicode), signs[n % signs.length]!);
  });

  const margin = legendMargin(gutter, width);
  const wall = unicode ? '┤' : '|';
  const plain = unicode ? '│' : '|';
  const body = canvas.toLines().map((line, row) => {
    const label = labels.get(row);
    return `${(label ?? '').padStart(gutter)} ${label === undefined ? plain : wall}${line}`.trimEnd();
  });
  return [
    wrap(chart.title, width),
    `${' '.repeat(gutter + 1)}${chart.y.label}`,
    ...body,
    `${' '.repeat(gutter + 1)}${(unicode ? '└' : '+') + (unicode ? '─' : '-').repeat(columns)}`,
    `${' '.repeat(gutter + 2)}${tickLine(xScale, columns, unicode)}`,
    `${' '.repeat(gutter + 2)}${chart.x.label.padStart(Math.floor((columns + chart.x.label.length) / 2))}`,
    ...legend(chart, signs, unicode).map((line) => `${margin}${wrap(line, width, `${margin}  `)}`),
  ].join('\n');
}

/** What stands before the lines of a legend, under the axis where there is room. */
export const legendMargin = (gutter: number, width: number): string =>
  ' '.repeat(Math.min(gutter + 2, Math.max(0, width - LEAST_LEGEND)));

/** The character of `cells` in which a curve, drawn in `dots` a character, is at this value. */
const cellOf = (scale: Scale, value: number, cells: number, dots: number): number =>
  Math.floor(Math.round(scale.position(value) * (cells * dots - 1)) / dots);

const columnOf = (scale: Scale, x: number, columns: number, unicode: boolean): number =>
  cellOf(scale, x, columns, unicode ? DOTS.across : 1);

const rowOf = (scale: Scale, y: number, rows: number, unicode: boolean): number =>
  rows - 1 - cellOf(scale, y, rows, unicode ? DOTS.down : 1);

function curve(
  canvas: Canvas,
  points: LineChart['series'][number]['points'],
  xScale: Scale,
  yScale: Scale,
): void {
  let before: readonly [number, number] | null = null;
  for (const { x, y } of points) {
    if (y === null) {
      before = null;
      continue;
    }
    const at = [
      Math.round(xScale.position(x) * (canvas.dotsWide - 1)),
      Math.round(yScale.position(y) * (canvas.dotsHigh - 1)),
    ] as const;
    if (before) canvas.line(before[0], before[1], at[0], at[1]);
    else canvas.dot(at[0], at[1]);
    before = at;
  }
}

function vertical(canvas: Canvas, column: number, unicode: boolean): void {
  for (let row = 0; row < canvas.rows; row += 1) canvas.letter(column, row, unicode ? '┊' : ':');
}

function horizontal(canvas: Canvas, row: number, unicode: boolean): void {
  for (let column = 0; column < canvas.columns; column += 2) canvas.letter(column, row, unicode ? '╌' : '-');
}

function tickLine(scale: Scale, columns: number, unicode: boolean): string {
  const line = new Array<string>(columns).fill(' ');
  let free = 0;
  for (const tick of scale.ticks) {
    const text = significant(tick, 4);
    const start = Math.max(
      0,
      Math.min(columns - text.length, columnOf(scale, tick, columns, unicode) - Math.floor(text.length / 2)),
    );
    if (start < free) continue;
    line.splice(start, text.length, ...text);
    free = start + text.length + 1;
  }
  return line.join('').trimEnd();
}

function legend(chart: LineChart, signs: readonly string[], unicode: boolean): string[] {
  return [
    ...chart.marks.map((mark, n) => `${signs[n % signs.length]} ${mark.label}`),
    ...chart.horizontals.map((h) => `${unicode ? '╌╌' : '--'} ${h.label}`),
    ...chart.verticals.map((v) => `${unicode ? '┊' : ':'} ${v.label}`),
  ];
}
