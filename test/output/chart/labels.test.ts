import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeLabels } from '../../../src/output/chart/labels.js';
import { lineSvg } from '../../../src/output/chart/svg.js';
import type { LineChart } from '../../../src/output/chart/types.js';

const bounds = { left: 0, right: 400, top: 0, bottom: 200 };
const at = (x: number, y: number) => ({ x, y, anchor: 'start' }) as const;

describe('a label', () => {
  test('takes its first place where nothing is in the way', () => {
    const places = placeLabels([{ text: 'objective', places: [at(10, 50), at(10, 80)] }], {
      bounds,
      drawn: [],
      standing: [],
    });
    expect(places).toEqual([at(10, 50)]);
  });

  test('makes way for a text that stands, for an edge and for what is drawn', () => {
    const label = { text: 'objective', places: [at(10, 50), at(10, 80)] } as const;
    const beside = { text: 'taken', ...at(20, 52) };
    expect(placeLabels([label], { bounds, drawn: [], standing: [beside] })).toEqual([at(10, 80)]);
    expect(placeLabels([label], { bounds: { ...bounds, top: 60 }, drawn: [], standing: [] })).toEqual([
      at(10, 80),
    ]);
    expect(placeLabels([label], { bounds, drawn: [{ x: 12, y: 48 }], standing: [] })).toEqual([at(10, 80)]);
  });

  test('makes way for the labels before it', () => {
    const places = [at(10, 50), at(10, 80), at(10, 110)] as const;
    const labels = ['one', 'two', 'three'].map((text) => ({ text, places }));
    expect(placeLabels(labels, { bounds, drawn: [], standing: [] })).toEqual(places);
  });
});

/** The boxes of the labels of a drawing, by the width of its letters. */
function boxes(svg: string) {
  return [
    ...svg.matchAll(/<text class="label" x="([\d.-]+)" y="([\d.-]+)"(?: text-anchor="(\w+)")?>([^<]*)</g),
  ].map(([, x, y, anchor, text]) => {
    const wide = text!.length * 6;
    const left = anchor === 'end' ? Number(x) - wide : anchor === 'middle' ? Number(x) - wide / 2 : Number(x);
    return { text, left, right: left + wide, top: Number(y) - 10, bottom: Number(y) + 2 };
  });
}

test('labels of a latency chart neither overlap nor leave the drawing', () => {
  const share = fc.double({ min: 0.02, max: 0.97, noNaN: true });
  fc.assert(
    fc.property(
      share,
      share,
      fc.double({ min: 0.2, max: 1.2, noNaN: true }),
      fc.constantFrom(360, 720),
      (a, b, c, width) => {
        const y = (x: number) => 100 / (1 - x / 100);
        const chart: LineChart = {
          title: 'p95 response time of 2 × 6 gthread against the rate',
          x: { label: 'rate, req/s', scale: 'linear' },
          y: { label: 'p95, ms', scale: 'linear' },
          series: [
            { name: 'p95', points: Array.from({ length: 40 }, (_, n) => ({ x: 2.4 * n, y: y(2.4 * n) })) },
          ],
          horizontals: [{ y: 1500 * c, label: 'objective 250 ms' }],
          verticals: [{ x: 100, label: 'saturation 100/s' }],
          marks: [
            { x: 95 * a, y: y(95 * a), label: 'most that keeps the goal: 52/s' },
            { x: 95 * b, y: y(95 * b), label: 'knee: rate 49/s' },
          ],
        };
        const found = boxes(lineSvg(chart, { width, height: 360 }));
        expect(found).toHaveLength(4);
        for (const [n, one] of found.entries()) {
          expect(one.left).toBeGreaterThanOrEqual(0);
          expect(one.right).toBeLessThanOrEqual(width);
          for (const other of found.slice(n + 1))
            expect(
              one.left < other.right &&
                other.left < one.right &&
                one.top < other.bottom &&
                other.top < one.bottom,
              `${one.text} over ${other.text}`,
            ).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
});
