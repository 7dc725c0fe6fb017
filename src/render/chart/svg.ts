import { significant } from '../number.js';
import { type Scale, scaleFor } from './scale.js';
import type { LineChart } from './types.js';

const SIZE = { width: 720, height: 400, left: 64, right: 24, top: 48, bottom: 56 } as const;

/** Series are told apart by dash as well as by colour. */
const DASHES = ['', '6 4', '2 3', '8 3 2 3'] as const;

/** A line chart as a stand-alone SVG document with title and description for screen readers; light and dark. */
export function lineSvg(chart: LineChart): string {
  const xs = [...chart.series.flatMap((s) => s.points.map((p) => p.x)), ...chart.marks.map((m) => m.x)];
  const ys = [
    ...chart.series.flatMap((s) => s.points.flatMap((p) => (p.y === null ? [] : [p.y]))),
    ...chart.marks.map((m) => m.y),
    ...chart.horizontals.map((h) => h.y),
  ];
  const plot = plotArea(scaleFor(chart.x, xs, 8), scaleFor(chart.y, ys, 6));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(chart.title)}</title>`,
    `<desc id="description">${escapeXml(describe(chart))}</desc>`,
    `<style>${CSS}</style>`,
    `<text class="title" x="${SIZE.left}" y="24">${escapeXml(chart.title)}</text>`,
    axes(chart, plot),
    ...chart.horizontals.map((h) => level(plot, h)),
    ...chart.verticals.map((v) => place(plot, v)),
    ...chart.series.map((s, n) => curve(plot, s, DASHES[n % DASHES.length]!, n)),
    ...chart.marks.map((m) => mark(plot, m)),
    '</svg>',
  ].join('\n');
}

const CSS = [
  'svg{background:#fff;color:#1a1a1a;font:12px system-ui,sans-serif}',
  '.title{font-weight:600;font-size:14px}text{fill:currentColor}',
  '.axis,.grid{stroke:currentColor;stroke-width:1}.grid{opacity:.15}',
  '.curve{fill:none;stroke-width:2}.s0{stroke:#0b62c4}.s1{stroke:#b3470b}.s2{stroke:#0a7a43}.s3{stroke:#8a2bb0}',
  '.level{stroke:#b00020;stroke-dasharray:4 3}.place{stroke:currentColor;stroke-dasharray:2 3;opacity:.7}',
  '.mark{fill:#b00020;stroke:#fff}',
  '@media(prefers-color-scheme:dark){svg{background:#14171a;color:#e6e6e6}.s0{stroke:#6cb2ff}.s1{stroke:#ffab70}',
  '.s2{stroke:#62d394}.s3{stroke:#d6a2f0}.level{stroke:#ff8a80}.mark{fill:#ff8a80;stroke:#14171a}}',
].join('');

interface Plot {
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function plotArea(xScale: Scale, yScale: Scale): Plot {
  const wide = SIZE.width - SIZE.left - SIZE.right;
  const high = SIZE.height - SIZE.top - SIZE.bottom;
  return {
    xScale,
    yScale,
    x: (value) => rounded(SIZE.left + xScale.position(value) * wide),
    y: (value) => rounded(SIZE.top + (1 - yScale.position(value)) * high),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

function axes(chart: LineChart, { xScale, yScale, x, y }: Plot): string {
  const [left, right, top, bottom] = [
    SIZE.left,
    SIZE.width - SIZE.right,
    SIZE.top,
    SIZE.height - SIZE.bottom,
  ];
  return [
    ...yScale.ticks.map(
      (tick) =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>` +
        `<text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${significant(tick, 4)}</text>`,
    ),
    ...xScale.ticks.map(
      (tick) => `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${significant(tick, 4)}</text>`,
    ),
    `<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`,
    `<line class="axis" x1="${left}" x2="${left}" y1="${top}" y2="${bottom}"/>`,
    `<text x="${(left + right) / 2}" y="${bottom + 40}" text-anchor="middle">${escapeXml(chart.x.label)}</text>`,
    `<text x="${left}" y="${top - 8}" text-anchor="middle">${escapeXml(chart.y.label)}</text>`,
  ].join('\n');
}

function curve({ x, y }: Plot, series: LineChart['series'][number], dash: string, n: number): string {
  let pen = 'M';
  const path = series.points.map((point) => {
    if (point.y === null) {
      pen = 'M';
      return '';
    }
    const step = `${pen}${x(point.x)} ${y(point.y)}`;
    pen = 'L';
    return step;
  });
  const dashed = dash ? ` stroke-dasharray="${dash}"` : '';
  return `<path class="curve s${n % 4}" d="${path.join('')}"${dashed}><title>${escapeXml(series.name)}</title></path>`;
}

function level({ y }: Plot, { y: value, label }: LineChart['horizontals'][number]): string {
  const at = y(value);
  return (
    `<line class="level" x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${at}" y2="${at}"/>` +
    `<text x="${SIZE.width - SIZE.right}" y="${at - 4}" text-anchor="end">${escapeXml(label)}</text>`
  );
}

function place({ x }: Plot, { x: value, label }: LineChart['verticals'][number]): string {
  const at = x(value);
  return (
    `<line class="place" x1="${at}" x2="${at}" y1="${SIZE.top}" y2="${SIZE.height - SIZE.bottom}"/>` +
    `<text x="${at - 4}" y="${SIZE.top + 10}" text-anchor="end">${escapeXml(label)}</text>`
  );
}

function mark({ x, y, xScale }: Plot, { x: atX, y: atY, label }: LineChart['marks'][number]): string {
  // In the right half the label stands to the left of its mark, so that it stays inside.
  const isRight = xScale.position(atX) > 0.5;
  const place = isRight
    ? `x="${x(atX) - 8}" y="${y(atY) - 10}" text-anchor="end"`
    : `x="${x(atX) + 8}" y="${y(atY) + 16}"`;
  return (
    `<circle class="mark" cx="${x(atX)}" cy="${y(atY)}" r="5"><title>${escapeXml(label)}</title></circle>` +
    `<text ${place}>${escapeXml(label)}</text>`
  );
}

function describe(chart: LineChart): string {
  const marks = chart.marks.map((m) => m.label);
  return [
    `${chart.y.label} against ${chart.x.label}.`,
    ...marks,
    ...chart.horizontals.map((h) => h.label),
    ...chart.verticals.map((v) => v.label),
  ].join(' ');
}

/** Text safe inside XML elements and attributes; characters XML cannot hold are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
