import { significant } from '../../text/numbers.js';
import { type Place, placeLabels } from './labels.js';
import { type Scale, scaleFor } from './scale.js';
import type { LineChart } from './types.js';

const MARGIN = { left: 64, right: 24, top: 58, bottom: 56 } as const;
const SIZE = { width: 720, height: 400 } as const;

/** Size of a drawing in units of which its text is 12 high: drawn as wide as that in pixels, it is read as other text. */
export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

/** Series are told apart by dash as well as by colour. */
const DASHES = ['', '6 4', '2 3', '8 3 2 3'] as const;

/** A line chart as a stand-alone SVG document with title and description for screen readers; light and dark. */
export const lineSvg = (chart: LineChart, size: SvgSize = SIZE): string => lineSvgs([chart], size);

/** Line charts one below the other, each of the same size, in one document. */
export const lineSvgs = (charts: readonly LineChart[], size: SvgSize = SIZE): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${charts.length * size.height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(charts.map(({ title }) => title).join('; '))}</title>`,
    `<desc id="description">${escapeXml(charts.map(describe).join(' '))}</desc>`,
    `<style>${LINE_CHART_CSS}</style>`,
    ...charts.map((chart, n) =>
      n === 0
        ? drawn(chart, size)
        : `<g transform="translate(0 ${n * size.height})">\n${drawn(chart, size)}\n</g>`,
    ),
    '</svg>',
  ].join('\n');

function drawn(chart: LineChart, size: SvgSize): string {
  const xs = [...chart.series.flatMap((s) => s.points.map((p) => p.x)), ...chart.marks.map((m) => m.x)];
  const ys = [
    ...chart.series.flatMap((s) => s.points.flatMap((p) => (p.y === null ? [] : [p.y]))),
    ...chart.marks.map((m) => m.y),
    ...chart.horizontals.map((h) => h.y),
  ];
  const title = broken(chart.title, Math.floor((size.width - 2 * TITLE.left) / TITLE.letter));
  const frame = frameOf(size, title.length);
  const ticks = Math.max(2, Math.floor(size.width / 90));
  const plot = plotArea(frame, scaleFor(chart.x, xs, ticks), scaleFor(chart.y, ys, 6));
  return [
    ...title.map(
      (line, n) =>
        `<text class="title" x="${title.length > 1 ? TITLE.left : MARGIN.left}" y="${24 + n * TITLE.line}">${escapeXml(line)}</text>`,
    ),
    axes(chart, plot),
    ...chart.horizontals.map((h) => level(plot, h)),
    ...chart.verticals.map((v) => place(plot, v)),
    ...chart.series.map((s, n) => curve(plot, s, DASHES[n % DASHES.length]!, n)),
    ...chart.marks.map((m) => mark(plot, m)),
    ...labels(chart, plot),
  ].join('\n');
}

/** A title that is too long for one line begins at the edge and goes on in the next. */
const TITLE = { left: 8, letter: 8, line: 18 } as const;

/** Lines of no more than so many characters, where words allow. */
function broken(text: string, most: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > most) lines.push(word);
    else lines[lines.length - 1] = longer;
    return lines;
  }, []);
}

/** The style that a line chart holds, for the policy of a page that shows it. */
export const LINE_CHART_CSS = [
  'svg{background:#fff;color:#1a1a1a;font:12px system-ui,sans-serif}',
  '.title{font-weight:600;font-size:14px}text{fill:currentColor}',
  '.axis,.grid{stroke:currentColor;stroke-width:1}.grid{opacity:.15}',
  '.curve{fill:none;stroke-width:2}.s0{stroke:#0b62c4}.s1{stroke:#b3470b}.s2{stroke:#0a7a43}.s3{stroke:#8a2bb0}',
  '.level{stroke:#b00020;stroke-dasharray:4 3}.place{stroke:currentColor;stroke-dasharray:2 3;opacity:.7}',
  '.mark{fill:#b00020;stroke:#fff}',
  '@media(prefers-color-scheme:dark){svg{background:#14171a;color:#e6e6e6}.s0{stroke:#6cb2ff}.s1{stroke:#ffab70}',
  '.s2{stroke:#62d394}.s3{stroke:#d6a2f0}.level{stroke:#ff8a80}.mark{fill:#ff8a80;stroke:#14171a}}',
].join('');

/** The sides of the area between the axes. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const frameOf = ({ width, height }: SvgSize, titleLines: number): Frame => ({
  left: MARGIN.left,
  right: width - MARGIN.right,
  top: MARGIN.top + (titleLines - 1) * TITLE.line,
  bottom: height - MARGIN.bottom,
});

interface Plot extends Frame {
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function plotArea(frame: Frame, xScale: Scale, yScale: Scale): Plot {
  const { left, right, top, bottom } = frame;
  return {
    ...frame,
    xScale,
    yScale,
    x: (value) => rounded(left + xScale.position(value) * (right - left)),
    y: (value) => rounded(top + (1 - yScale.position(value)) * (bottom - top)),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

function axes(chart: LineChart, { left, right, top, bottom, xScale, yScale, x, y }: Plot): string {
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
    `<text x="${left}" y="${top - 12}" text-anchor="middle">${escapeXml(chart.y.label)}</text>`,
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

function level({ left, right, y }: Plot, { y: value }: LineChart['horizontals'][number]): string {
  return `<line class="level" x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}"/>`;
}

function place({ top, bottom, x }: Plot, { x: value }: LineChart['verticals'][number]): string {
  return `<line class="place" x1="${x(value)}" x2="${x(value)}" y1="${top}" y2="${bottom}"/>`;
}

function mark({ x, y }: Plot, { x: atX, y: atY, label }: LineChart['marks'][number]): string {
  return `<circle class="mark" cx="${x(atX)}" cy="${y(atY)}" r="5"><title>${escapeXml(label)}</title></circle>`;
}

/** What lines and marks are called, each where it is read best. */
function labels(chart: LineChart, plot: Plot): string[] {
  const { left, right, top, bottom, x, y } = plot;
  const named = [
    ...chart.verticals.map((v) => ({ text: v.label, places: placesAtVertical(x(v.x), plot) })),
    ...chart.horizontals.map((h) => ({ text: h.label, places: placesAtLevel(y(h.y), plot) })),
    ...chart.marks.map((m) => ({ text: m.label, places: placesAtMark(x(m.x), y(m.y)) })),
  ];
  const placed = placeLabels(named, {
    bounds: { left: left + 4, right: right + MARGIN.right - 4, top: top - 18, bottom: bottom - 2 },
    drawn: pointsOf(chart, plot),
    standing: [{ text: chart.y.label, x: left, y: top - 12, anchor: 'middle' }],
  });
  return placed.map(({ x, y, anchor }, n) => {
    const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
    return `<text class="label" x="${rounded(x)}" y="${rounded(y)}"${side}>${escapeXml(named[n]!.text)}</text>`;
  });
}

type Places = readonly [Place, ...Place[]];

const placesAtVertical = (x: number, { top, bottom }: Frame): Places => {
  const at = (y: number): readonly [Place, Place] => [
    { x: x - 4, y, anchor: 'end' },
    { x: x + 4, y, anchor: 'start' },
  ];
  return [...at(top + 12), ...at(top + 28), ...at((top + bottom) / 2)];
};

const placesAtLevel = (y: number, { left, right }: Frame): Places => {
  const at = (y: number): readonly [Place, Place, Place] => [
    { x: right, y, anchor: 'end' },
    { x: left + 6, y, anchor: 'start' },
    { x: (left + right) / 2, y, anchor: 'middle' },
  ];
  return [...at(y - 5), ...at(y + 14)];
};

const placesAtMark = (x: number, y: number): Places => {
  const at = (dy: number): Place[] => [
    { x: x - 8, y: y + dy, anchor: 'end' },
    { x: x + 8, y: y + dy, anchor: 'start' },
    { x, y: y + dy, anchor: 'middle' },
  ];
  return [-10, 18, -26, 34, -42, 50, -58, 66].flatMap(at) as [Place, ...Place[]];
};

/** How close the points lie that stand for a line, so that none passes between them under a text. */
const APART = 8;

/** Points of the curves, marks and lines. */
function pointsOf(chart: LineChart, { left, right, top, bottom, x, y }: Plot): { x: number; y: number }[] {
  const line = (x0: number, y0: number, x1: number, y1: number) => {
    const steps = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1) / APART);
    return Array.from({ length: steps + 1 }, (_, n) => ({
      x: x0 + ((x1 - x0) * n) / steps,
      y: y0 + ((y1 - y0) * n) / steps,
    }));
  };
  return [
    ...chart.series.flatMap(({ points }) =>
      points.flatMap((point, n) => {
        const next = points[n + 1] ?? point;
        return point.y === null || next.y === null ? [] : line(x(point.x), y(point.y), x(next.x), y(next.y));
      }),
    ),
    ...chart.marks.map((m) => ({ x: x(m.x), y: y(m.y) })),
    ...chart.horizontals.flatMap((h) => line(left, y(h.y), right, y(h.y))),
    ...chart.verticals.flatMap((v) => line(x(v.x), top, x(v.x), bottom)),
  ];
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
