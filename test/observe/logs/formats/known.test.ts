import { expect, test } from 'vitest';
import { recogniseFormat } from '../../../../src/observe/logs/formats/recognise.js';
import { herokuRouter } from '../../../../src/observe/logs/known/heroku-router.js';
import { JSON_FORMATS } from '../../../../src/observe/logs/known/json/index.js';
import { LINE_FORMATS } from '../../../../src/observe/logs/known/lines/index.js';
import { emptyRow } from '../../../../src/observe/logs/reading/row.js';

const ALL = [...LINE_FORMATS, ...JSON_FORMATS, herokuRouter];
const HINTS = { logFormat: undefined, columns: [] };
const EXAMPLES = ALL.flatMap((known) =>
  known.examples.map((example) => [`${known.name}: ${example.line.slice(0, 50)}`, known, example] as const),
);

test.each(EXAMPLES)('%s is recognised and tells what it should', (_, known, { line, tells }) => {
  const guess = recogniseFormat([line, line], HINTS);
  expect(guess?.format).toMatchObject({
    name: known.name,
    basis: known.basis,
    stamps: known.stamps,
    certain: true,
  });
  const row = emptyRow();
  expect(guess!.format.reader()(line, row)).toBe('request');
  if (tells.durationMs === null) expect(row.durationMs).toBeNaN();
  else if (tells.durationMs !== undefined) expect(row.durationMs).toBeCloseTo(tells.durationMs, 9);
  else expect(guess!.format.remedy).not.toBeNull();
  if (tells.time !== undefined) expect(Math.floor(row.timeMs)).toBe(Date.parse(tells.time));
  for (const key of ['status', 'method', 'path'] as const)
    if (tells[key] !== undefined) expect(row[key]).toBe(tells[key]);
});

test('no example is taken for another format when the formats of all are mixed', () => {
  for (const known of ALL)
    for (const { line } of known.examples)
      expect(
        recogniseFormat(
          Array.from({ length: 20 }, () => line),
          HINTS,
        )?.format.name,
      ).toBe(known.name);
});

test('every format names where it is described', () => {
  for (const { source } of ALL) expect(source).toMatch(/^https:\/\//);
});
