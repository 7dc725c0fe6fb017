import { significant } from '../../text/numbers.js';
import { wrap } from '../../text/wrap.js';
import { legendMargin, type TextChartOptions } from './line-text.js';
import type { HeatMap } from './types.js';

/** Shades from little to much; a reader tells them apart without colour. */
const SHADES = { unicode: [' ', '░', '▒', '▓', '█'], ascii: [' ', '.', ':', '#', '@'] } as const;

/** A heat map in characters: one cell a pair, darker is more, `!` misses the objective, `·` has no value. */
export function heatText(
  map: HeatMap,
  { width, unicode }: Pick<TextChartOptions, 'width' | 'unicode'>,
): string {
  const gutter = Math.max(map.y.label.length, ...map.y.values.map((value) => value.length));
  const room = Math.max(1, Math.floor((width - gutter - 2) / map.x.values.length));
  const cell = Math.min(6, Math.max(1, room));
  const every = Math.max(1, Math.ceil((map.x.values.length * cell) / Math.max(1, width - gutter - 2)));
  const shown = map.x.values.map((_, n) => n).filter((n) => n % every === 0);
  const values = map.cells.flat().filter((value) => value !== null);
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const shades = unicode ? SHADES.unicode : SHADES.ascii;
  const gap = unicode ? '·' : '-';

  const rows = map.cells
    .map((row, y) => {
      const cells = shown.map((x) => {
        const value = row[x] ?? null;
        const body = value === null ? gap : shades[shadeOf(value, least, most, shades.length)]!;
        return decorated(
          body,
          cell,
          map.best?.x === x && map.best.y === y,
          value !== null && map.limit !== null && value > map.limit,
        );
      });
      return `${map.y.values[y]!.padStart(gutter)} ${unicode ? '│' : '|'}${cells.join('')}`.trimEnd();
    })
    .reverse();
  const margin = legendMargin(gutter, width);
  return [
    wrap(map.title, width),
    map.y.label,
    ...rows,
    `${' '.repeat(gutter + 1)}${unicode ? '└' : '+'}${(unicode ? '─' : '-').repeat(shown.length * cell)}`,
    `${' '.repeat(gutter + 2)}${ticks(map, shown, cell)}`,
    `${' '.repeat(gutter + 2)}${map.x.label}`,
    `${margin}${wrap(scaleLegend(map, least, most, shades, gap, values.length), width, margin)}`,
  ].join('\n');
}

function shadeOf(value: number, least: number, most: number, count: number): number {
  if (most <= least) return 1;
  // Latencies grow without bound near saturation: equal steps of the logarithm keep the low end readable.
  const share =
    least > 0 ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
  return Math.min(count - 1, Math.floor(share * count));
}

function decorated(body: string, width: number, isBest: boolean, misses: boolean): string {
  if (isBest) return width >= 3 ? `[${body.repeat(width - 2)}]` : '*'.repeat(width);
  return misses && width >= 2 ? `${body.repeat(width - 1)}!` : body.repeat(width);
}

function ticks(map: HeatMap, shown: readonly number[], cell: number): string {
  let line = '';
  shown.forEach((x, n) => {
    if (line.length <= n * cell) line = `${line.padEnd(n * cell)}${map.x.values[x]!} `;
  });
  return line.trimEnd();
}

function scaleLegend(
  map: HeatMap,
  least: number,
  most: number,
  shades: readonly string[],
  gap: string,
  count: number,
): string {
  const parts =
    count === 0
      ? []
      : [`"${shades[0]}" ${significant(least)} to "${shades.at(-1)}" ${significant(most)} ${map.unit}`];
  parts.push(`${gap} none`);
  if (map.best) parts.push('[ ] best');
  if (map.limit !== null) parts.push(`! above ${significant(map.limit)} ${map.unit}`);
  return parts.join(', ');
}
