import { significant } from '../../text/numbers.js';
import { wrap } from '../../text/wrap.js';
import { cellNumber, type HeatScale, heatScale, keepsLimit } from './heat-scale.js';
import { legendMargin, type TextChartOptions } from './line-text.js';
import type { HeatMap } from './types.js';

/** Shades from little to much; a reader tells them apart without colour. */
const SHADES = { unicode: [' ', '░', '▒', '▓', '█'], ascii: [' ', '.', ':', '#', '@'] } as const;

/** Room for a number between two marks, and the contour beside it. */
const NUMBER_CELL = 8;
const WIDEST_SHADE = 6;

/**
 * A heat map in characters: darker is more, `!` misses the objective, `·` has no value. Where there is room every cell
 * has its number, and a line runs around those that keep the objective.
 */
export function heatText(
  map: HeatMap,
  { width, unicode }: Pick<TextChartOptions, 'width' | 'unicode'>,
): string {
  const gutter = Math.max(map.y.label.length, ...map.y.values.map((value) => value.length));
  const room = Math.max(1, Math.floor((width - gutter - 2) / map.x.values.length));
  const hasNumbers = room >= NUMBER_CELL;
  const cell = hasNumbers ? NUMBER_CELL : Math.min(WIDEST_SHADE, room);
  const every = Math.max(1, Math.ceil((map.x.values.length * cell) / Math.max(1, width - gutter - 2)));
  const shown = map.x.values.map((_, n) => n).filter((n) => n % every === 0);
  const scale = heatScale(map);
  const shades = unicode ? SHADES.unicode : SHADES.ascii;
  const gap = unicode ? '·' : '-';
  const wall = unicode ? '│' : '|';

  const rows = map.cells
    .flatMap((row, y) => {
      const cells = shown.map((x) => {
        const value = row[x] ?? null;
        const body = value === null ? gap : shades[shadeOf(value, scale, shades.length)]!;
        const isBest = map.best?.x === x && map.best.y === y;
        const misses = value !== null && map.limit !== null && value > map.limit;
        if (!hasNumbers) return decorated(body, cell, isBest, misses);
        const number = (value === null ? gap : cellNumber(value)).padStart(cell - 3);
        const marked = isBest
          ? `[${number}]`
          : `${value === null ? ' ' : body}${number}${misses ? '!' : ' '}`;
        return `${marked}${edge(map, [x, y], [x + 1, y]) ? (unicode ? '┃' : '|') : ' '}`;
      });
      const line = `${map.y.values[y]!.padStart(gutter)} ${wall}${cells.join('')}`.trimEnd();
      const below = shown.map((x) =>
        (edge(map, [x, y], [x, y - 1]) ? (unicode ? '━' : '=') : ' ').repeat(cell - 1),
      );
      const contour = `${' '.repeat(gutter + 1)}${wall}${below.join(' ')}`.trimEnd();
      return hasNumbers && below.some((part) => part.trim() !== '') ? [contour, line] : [line];
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
    `${margin}${wrap(scaleLegend(map, scale, shades, gap), width, margin)}`,
  ].join('\n');
}

type Place = readonly [x: number, y: number];

/** Whether the contour of the objective runs between two neighbours. */
function edge(map: HeatMap, [x, y]: Place, [x2, y2]: Place): boolean {
  const isThere = x2 < map.x.values.length && y2 >= 0 && y2 < map.cells.length;
  return map.limit !== null && isThere && keepsLimit(map, x, y) !== keepsLimit(map, x2, y2);
}

const shadeOf = (value: number, scale: HeatScale, count: number): number =>
  scale.most <= scale.least ? 1 : Math.min(count - 1, Math.floor(scale.share(value) * count));

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

function scaleLegend(map: HeatMap, scale: HeatScale, shades: readonly string[], gap: string): string {
  const more = scale.isCapped ? ' or more' : '';
  const parts = scale.isEmpty
    ? []
    : [
        `"${shades[0]}" ${significant(scale.least)} to "${shades.at(-1)}" ${significant(scale.most)} ${map.unit}${more}`,
      ];
  parts.push(`${gap} none`);
  if (map.best) parts.push('[ ] best');
  if (map.limit !== null) parts.push(`! above ${significant(map.limit)} ${map.unit}`);
  return parts.join(', ');
}
