import { expect, test } from 'vitest';
import { table } from '../../src/render/table.js';

const columns = [
  { title: 'class' },
  { title: 'workers', align: 'right' },
  { title: 'formula', dropFirst: 1 },
  { title: 'p95', align: 'right', dropFirst: 2 },
] as const;
const rows = [
  ['sync', '4', '(2 × cores) + 1', '120 ms'],
  ['gthread', '12', '⌊mem / per-worker⌋', '80 ms'],
];

test('a table aligns its columns and has one rule under its head', () => {
  expect(table({ columns, rows, width: 80 })).toBe(
    [
      'class    workers  formula                p95',
      '────────────────────────────────────────────',
      'sync           4  (2 × cores) + 1     120 ms',
      'gthread       12  ⌊mem / per-worker⌋   80 ms',
    ].join('\n'),
  );
});

test('a narrow table drops its least important columns first and keeps the rest', () => {
  expect(table({ columns, rows, width: 40 }).split('\n')[0]).toBe('class    workers  formula');
  expect(table({ columns, rows, width: 10 }).split('\n')[0]).toBe('class    workers');
});

test('a table without unicode has an ASCII rule', () => {
  expect(table({ columns, rows: [['sync', '4', 'x', 'y']], width: 80, unicode: false })).toContain('-----');
});
