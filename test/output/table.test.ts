import { expect, test } from 'vitest';
import { table } from '../../src/output/table.js';

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
  expect(table({ columns, rows, width: 16 }).split('\n')[0]).toBe('class    workers');
});

test('where not even the first columns fit, rows are lists', () => {
  const three = [{ title: 'class' }, { title: 'workers' }, { title: 'memory' }] as const;
  const wide = [
    ['gthread', '12', '2048 MiB'],
    ['sync', '4', ''],
  ];
  expect(table({ columns: three, rows: wide, width: 18 })).toBe(
    ['gthread', '  workers: 12', '  memory: 2048', '    MiB', 'sync', '  workers: 4'].join('\n'),
  );
});

test('a column of prose is broken into lines where the others leave it room', () => {
  const prose = [{ title: 'rule' }, { title: 'finds', breaks: true }] as const;
  const rule = [['memory-full', 'the workers together need more memory than there is']];
  expect(table({ columns: prose, rows: rule, width: 36 })).toBe(
    [
      'rule         finds',
      '──────────────────────────────────',
      'memory-full  the workers together',
      '             need more memory than',
      '             there is',
    ].join('\n'),
  );
  expect(table({ columns: prose, rows: rule, width: 24 })).toBe(
    ['memory-full', '  the workers together', '    need more memory', '    than there is'].join('\n'),
  );
});

test('a table without unicode has an ASCII rule', () => {
  expect(table({ columns, rows: [['sync', '4', 'x', 'y']], width: 80, unicode: false })).toContain('-----');
});

test('cells that take time are worked out only where their column has room by the others', () => {
  const asked: string[] = [];
  const slow = (text: string) => () => {
    asked.push(text);
    return text;
  };
  const some = { columns, rows: rows.map((row) => [...row.slice(0, 3), slow(row[3]!)]) };
  const full = table({ columns, rows, width: 80 });
  expect(table({ ...some, width: 80 })).toBe(full);
  expect(asked).toEqual(['120 ms', '80 ms']);
  asked.length = 0;
  // The title alone has room, the cells have not.
  expect(table({ ...some, width: 43 })).toBe(table({ columns, rows, width: 43 }));
  expect(asked).toEqual(['120 ms', '80 ms']);
  asked.length = 0;
  expect(table({ ...some, width: 40 })).toBe(table({ columns, rows, width: 40 }));
  expect(asked).toEqual([]);
});
