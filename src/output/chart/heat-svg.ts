import { significant } from '../../text/numbers.js';
import { escapeXml } from './svg.js';
import type { HeatMap } from './types.js';

const SIZE = { width: 720, height: 440, left: 80, right: 24, top: 48, bottom: 80 } as const;

/** A heat map as a stand-alone SVG document: every cell has its value as a title; cells that miss the objective are hatched. */
export function heatSvg(map: HeatMap): string {
  const columns = map.x.values.length;
  const rows = map.y.values.length;
  const wide = (SIZE.width - SIZE.left - SIZE.right) / columns;
  const high = (SIZE.height - SIZE.top - SIZE.bottom) / rows;
  const values = map.cells.flat().filter((value) => value !== null);
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const cells = map.cells.flatMap((row, y) =>
    row.map((value, x) => {
      const at = `x="${r(SIZE.left + x * wide)}" y="${r(SIZE.top + (rows - 1 - y) * high)}" width="${r(wide)}" height="${r(high)}"`;
      const label = `${map.x.label} ${map.x.values[x]}, ${map.y.label} ${map.y.values[y]}: ${value === null ? 'none' : `${significant(value)} ${map.unit}`}`;
      const title = `<title>${escapeXml(label)}</title>`;
      if (value === null) return `<rect class="none" ${at}>${title}</rect>`;
      const share =
        most > least
          ? least > 0
            ? Math.log(value / least) / Math.log(most / least)
            : (value - least) / (most - least)
          : 0;
      const misses = map.limit !== null && value > map.limit ? `<rect fill="url(#misses)" ${at}/>` : '';
      const best = map.best?.x === x && map.best.y === y ? `<rect class="best" ${at}/>` : '';
      return `<rect fill="hsl(212 70% ${r(94 - share * 64)}%)" ${at}>${title}</rect>${misses}${best}`;
    }),
  );
  const everyX = Math.ceil(columns / 16);
  const everyY = Math.ceil(rows / 16);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(map.title)}</title>`,
    `<desc id="description">${escapeXml(describe(map, least, most))}</desc>`,
    '<style>svg{background:#fff;color:#1a1a1a;font:12px system-ui,sans-serif}text{fill:currentColor}.t{font-weight:600;font-size:14px}.none{fill:#888;opacity:.25}.best{fill:none;stroke:#b00020;stroke-width:3}@media(prefers-color-scheme:dark){svg{background:#14171a;color:#e6e6e6}.best{stroke:#ff8a80}}</style>',
    '<defs><pattern id="misses" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#b00020" stroke-width="1.5"/></pattern></defs>',
    `<text class="t" x="${SIZE.left}" y="24">${escapeXml(map.title)}</text>`,
    ...cells,
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
    `<text x="${SIZE.left}" y="${SIZE.height - 12}">${escapeXml(describe(map, least, most))}</text>`,
    '</svg>',
  ].join('\n');
}

const r = (value: number): number => Math.round(value * 100) / 100;

function describe(map: HeatMap, least: number, most: number): string {
  const range =
    least <= most
      ? `From ${significant(least)} (light) to ${significant(most)} ${map.unit} (dark).`
      : 'No values.';
  const limit = map.limit === null ? '' : ` Hatched: above ${significant(map.limit)} ${map.unit}.`;
  return `${range}${limit}${map.best ? ' Framed: best.' : ''} Grey: none.`;
}
