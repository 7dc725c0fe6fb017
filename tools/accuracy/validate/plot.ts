/** A point of a plot of found against measured, ms. */
export interface Point {
  readonly measured: number;
  readonly found: number;
  readonly series: 'simulated' | 'analytic';
  readonly counted: boolean;
  readonly id: string;
  readonly label: string;
}

const SIZE = 460;
const EDGE = 54;
const COLOURS = { simulated: '#0b6bcb', analytic: '#c2410c' } as const;

/**
 * A square plot on logarithmic axes that fit the counted points: on the diagonal both are equal, between the dashed lines
 * within 10 %. Points that do not count and lie outside are named, so that one of them does not crowd all others together.
 */
export function scatter(title: string, points: readonly Point[]): string {
  const counted = points.filter((point) => point.counted);
  const all = (counted.length > 0 ? counted : points).flatMap((point) => [point.measured, point.found]);
  const [low, high] = [Math.min(...all) / 1.2, Math.max(...all) * 1.2];
  const at = (value: number): number =>
    EDGE + ((SIZE - 2 * EDGE) * Math.log(value / low)) / Math.log(high / low);
  const x = (value: number): string => at(value).toFixed(1);
  const y = (value: number): string => (SIZE - at(value)).toFixed(1);
  const line = (factor: number, dash: string): string =>
    `<line x1="${x(low / Math.min(1, factor))}" y1="${y(low * Math.max(1, factor))}" x2="${x(high / Math.max(1, factor))}" y2="${y((high * factor) / Math.max(1, factor))}" stroke="#888"${dash}/>`;
  const ticks = tickValues(low, high).flatMap((value) => [
    `<text x="${x(value)}" y="${SIZE - EDGE + 16}" text-anchor="middle">${value}</text>`,
    `<text x="${EDGE - 8}" y="${Number(y(value)) + 4}" text-anchor="end">${value}</text>`,
  ]);
  const isInside = ({ measured, found }: Point): boolean =>
    Math.min(measured, found) >= low && Math.max(measured, found) <= high;
  const outside = [...new Set(points.filter((point) => !isInside(point)).map(({ id }) => id))];
  const dots = points.filter(isInside).map(({ measured, found, series, counted, label }) => {
    const paint = counted ? `fill="${COLOURS[series]}"` : `fill="none" stroke="${COLOURS[series]}"`;
    const shape =
      series === 'simulated'
        ? `<circle cx="${x(measured)}" cy="${y(found)}" r="4" ${paint}>`
        : `<rect x="${Number(x(measured)) - 3.5}" y="${Number(y(found)) - 3.5}" width="7" height="7" ${paint}>`;
    return `${shape}<title>${label}</title></${series === 'simulated' ? 'circle' : 'rect'}>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    `<rect width="${SIZE}" height="${SIZE}" fill="#fff"/>`,
    `<text x="${SIZE / 2}" y="22" text-anchor="middle" font-size="14">${title}</text>`,
    `<rect x="${EDGE}" y="${EDGE}" width="${SIZE - 2 * EDGE}" height="${SIZE - 2 * EDGE}" fill="none" stroke="#ccc"/>`,
    line(1, ''),
    line(1.1, ' stroke-dasharray="4 3"'),
    line(1 / 1.1, ' stroke-dasharray="4 3"'),
    ...ticks,
    `<text x="${SIZE / 2}" y="${SIZE - 16}" text-anchor="middle">measured, ms</text>`,
    `<text x="16" y="${SIZE / 2}" text-anchor="middle" transform="rotate(-90 16 ${SIZE / 2})">found, ms</text>`,
    ...dots,
    `<circle cx="${EDGE + 14}" cy="${EDGE + 14}" r="4" fill="${COLOURS.simulated}"/><text x="${EDGE + 24}" y="${EDGE + 18}">simulated</text>`,
    `<rect x="${EDGE + 10.5}" y="${EDGE + 26.5}" width="7" height="7" fill="${COLOURS.analytic}"/><text x="${EDGE + 24}" y="${EDGE + 34}">analytic (hollow: noisy or skewed)</text>`,
    ...(outside.length > 0
      ? [`<text x="${EDGE + 10}" y="${EDGE + 50}" fill="#666">not shown: ${outside.join(', ')}</text>`]
      : []),
    '</svg>',
    '',
  ].join('\n');
}

function tickValues(low: number, high: number): readonly number[] {
  const ticks: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(low)); decade < high; decade *= 10)
    for (const step of [1, 2, 5]) if (decade * step > low && decade * step < high) ticks.push(decade * step);
  return ticks;
}
