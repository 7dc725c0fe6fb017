import { significant } from '../../text/numbers.js';
import { cellNumber, type HeatScale, heatScale, keepsLimit } from './heat-scale.js';
import { escapeXml } from './svg.js';
import type { HeatMap } from './types.js';

const SIZE = { width: 720, height: 440, left: 80, right: 24, top: 48, bottom: 80 } as const;

/** Numbers that would be smaller are left to the titles. */
const SMALLEST_FONT = 7;

/**
 * A heat map as a stand-alone SVG document: every cell has its value as a title, and written in it where there is room;
 * cells that miss the objective are hatched, and a line runs around those that keep it.
 */
export function heatSvg(map: HeatMap): string {
  const columns = map.x.values.length;
  const rows = map.y.values.length;
  const wide = (SIZE.width - SIZE.left - SIZE.right) / columns;
  const high = (SIZE.height - SIZE.top - SIZE.bottom) / rows;
  const scale = heatScale(map);
  const font = Math.min(12, wide / 4.2, high * 0.6);
  const left = (x: number) => r(SIZE.left + x * wide);
  const top = (y: number) => r(SIZE.top + (rows - 1 - y) * high);
  const number = (value: number, share: number, x: number, y: number) =>
    font < SMALLEST_FONT
      ? ''
      : `<text class="${share > 0.5 ? 'light' : 'dark'}" font-size="${r(font)}" x="${r(SIZE.left + (x + 0.5) * wide)}" y="${r(top(y) + high / 2 + font * 0.35)}" text-anchor="middle">${cellNumber(value)}</text>`;
  const cells = map.cells.flatMap((row, y) =>
    row.map((value, x) => {
      const at = `x="${left(x)}" y="${top(y)}" width="${r(wide)}" height="${r(high)}"`;
      const label = `${map.x.label} ${map.x.values[x]}, ${map.y.label} ${map.y.values[y]}: ${value === null ? 'none' : `${significant(value)} ${map.unit}`}`;
      const title = `<title>${escapeXml(label)}</title>`;
      if (value === null) return `<rect class="none" ${at}>${title}</rect>`;
      const share = scale.share(value);
      const misses = map.limit !== null && value > map.limit ? `<rect fill="url(#misses)" ${at}/>` : '';
      return `<rect fill="hsl(212 70% ${r(94 - share * 64)}%)" ${at}>${title}</rect>${misses}${number(value, share, x, y)}`;
    }),
  );
  const everyX = Math.ceil(columns / 16);
  const everyY = Math.ceil(rows / 16);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(map.title)}</title>`,
    `<desc id="description">${escapeXml(describe(map, scale))}</desc>`,
    '<style>svg{background:#fff;color:#1a1a1a;font:12px system-ui,sans-serif}text{fill:currentColor}.t{font-weight:600;font-size:14px}.none{fill:#888;opacity:.25}.best{fill:none;stroke:#b00020;stroke-width:3}.contour{fill:none;stroke:#1a1a1a;stroke-width:2.5;stroke-linecap:square}.light{fill:#fff}.dark{fill:#1a1a1a}@media(prefers-color-scheme:dark){svg{background:#14171a;color:#e6e6e6}.best{stroke:#ff8a80}.contour{stroke:#ffd54f}}</style>',
    '<defs><pattern id="misses" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#b00020" stroke-opacity=".45" stroke-width="1"/></pattern></defs>',
    `<text class="t" x="${SIZE.left}" y="24">${escapeXml(map.title)}</text>`,
    ...cells,
    contour(map, wide, high),
    frame(map, wide, high),
    ...map.x.values.flatMap((value, x) =>
      x % everyX === 0
        ? [
            `<text x="${r(SIZE.left + (x + 0.5) * wide)}" y="${SIZE.height - SIZE.bottom + 18}" text-anchor="middle">${escapeXml(value)}</text>`,
          ]
        : [],
    ),
    ...map.y.values.flatMap((value, y) =>
      y % everyY === 0
        ? [
            `<text x="${SIZE.left - 8}" y="${r(SIZE.top + (rows - y - 0.5) * high + 4)}" text-anchor="end">${escapeXml(value)}</text>`,
          ]
        : [],
    ),
    `<text x="${(SIZE.left + SIZE.width - SIZE.right) / 2}" y="${SIZE.height - SIZE.bottom + 40}" text-anchor="middle">${escapeXml(map.x.label)}</text>`,
    `<text x="8" y="${SIZE.top - 8}">${escapeXml(map.y.label)}</text>`,
    `<text x="${SIZE.left}" y="${SIZE.height - 12}">${escapeXml(describe(map, scale))}</text>`,
    '</svg>',
  ].join('\n');
}

const r = (value: number): number => Math.round(value * 100) / 100;

/** The edges between cells that keep the objective and cells that do not. */
function contour(map: HeatMap, wide: number, high: number): string {
  if (map.limit === null) return '';
  const rows = map.y.values.length;
  const edges = map.cells.flatMap((row, y) =>
    row.flatMap((_, x) => {
      const keeps = keepsLimit(map, x, y);
      const [right, up] = [r(SIZE.left + (x + 1) * wide), r(SIZE.top + (rows - 1 - y) * high)];
      const parts: string[] = [];
      if (x + 1 < row.length && keeps !== keepsLimit(map, x + 1, y)) parts.push(`M${right} ${up}v${r(high)}`);
      if (y + 1 < rows && keeps !== keepsLimit(map, x, y + 1))
        parts.push(`M${r(right - wide)} ${up}h${r(wide)}`);
      return parts;
    }),
  );
  return edges.length === 0 ? '' : `<path class="contour" d="${edges.join('')}"/>`;
}

/** The frame around the best cell, above its neighbours. */
function frame({ best, y }: HeatMap, wide: number, high: number): string {
  if (best === null) return '';
  const top = SIZE.top + (y.values.length - 1 - best.y) * high;
  return `<rect class="best" x="${r(SIZE.left + best.x * wide)}" y="${r(top)}" width="${r(wide)}" height="${r(high)}"/>`;
}

function describe(map: HeatMap, scale: HeatScale): string {
  const range = scale.isEmpty
    ? 'No values.'
    : `From ${significant(scale.least)} (light) to ${significant(scale.most)} ${map.unit}${scale.isCapped ? ' or more' : ''} (dark).`;
  const limit =
    map.limit === null ? '' : ` Hatched, beyond the line: above ${significant(map.limit)} ${map.unit}.`;
  return `${range}${limit}${map.best ? ' Framed: best.' : ''} Grey: none.`;
}
