import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { PLAN_FORMATS } from '../../../../src/commands/plan/formats/formats.js';
import type { RenderContext } from '../../../../src/output/deliver.js';
import { PLAIN, styleFor } from '../../../../src/text/style.js';
import { everything } from './fixture.js';

const context: RenderContext = {
  style: PLAIN,
  width: 80,
  unicode: true,
  quiet: false,
  explain: true,
  chart: false,
  asset: () => '',
};

const rendered = async (format: string, more: Partial<RenderContext> = {}): Promise<string> =>
  (await PLAN_FORMATS[format]!())(everything, { ...context, ...more });

describe('table', () => {
  test.each([40, 60, 80, 200])('fits %d columns', async (width) => {
    const text = await rendered('table', { width });
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    // A single word may be wider than a very narrow terminal.
    expect(longest).toBeLessThanOrEqual(width < 60 ? width + 12 : width);
    expect(text).toMatchSnapshot();
  });

  test('has no escape codes without colour, and says the same with it', async () => {
    const plain = await rendered('table');
    const coloured = await rendered('table', { style: await styleFor(1) });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  test('quiet with explain leaves the tables out, and explains', async () => {
    const text = await rendered('table', { quiet: true, explain: true });
    expect(text).toContain('How the numbers came about');
    expect(text).not.toContain('Strategies');
    expect(text).not.toContain('Assumed, because not given');
  });

  test('quiet leaves the recommendation alone', async () => {
    const text = await rendered('table', { quiet: true });
    expect(text).not.toContain('Strategies');
    expect(text).toContain('2 gthread workers × 6 threads');
  });

  test('without a recommendation it says so', async () => {
    const render = await PLAN_FORMATS.table!();
    expect(render({ ...everything, recommendation: null, given: null }, context)).toContain(
      'No configuration fits.',
    );
  });
});

test('json and yaml carry the same data, with raw numbers', async () => {
  const data = JSON.parse(await rendered('json'));
  expect(data.recommendation.prediction.p95Ms).toBe(246.2);
  expect(parseYaml(await rendered('yaml'))).toEqual(data);
});

test('csv has one record per configuration and raw numbers', async () => {
  const records = parseCsv(await rendered('csv'), { columns: true }) as Record<string, string>[];
  expect(records.map((r) => `${r.kind} ${r.name}`)).toEqual([
    'recommendation gthread',
    'given gthread',
    'class gthread',
    'strategy cpu-heuristic',
    'strategy little',
    'strategy formula:house',
  ]);
  expect(records[0]).toMatchObject({ workers: '2', p95_ms: '246.2', fits_memory: 'true' });
  expect(records[1]).toMatchObject({ stable: 'false', p95_ms: '' });
});

test('markdown escapes what would break a table', async () => {
  const text = await rendered('markdown');
  expect(text).toContain('fill \\| all of it');
  expect(text).toMatchSnapshot();
});

test.each([
  'env',
  'args',
  'config',
  'gunicorn',
  'procfile',
  'systemd',
  'compose',
  'kubernetes',
  'kubernetes-patch',
  'helm',
  'dockerfile',
  'ansible',
])('%s gives the recommended settings, and nothing where there is no recommendation', async (format) => {
  expect(await rendered(format)).toMatchSnapshot();
  const render = await PLAN_FORMATS[format]!();
  expect(render({ ...everything, recommendation: null }, context)).toBe('');
});
