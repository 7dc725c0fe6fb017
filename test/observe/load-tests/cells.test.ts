import { expect, test } from 'vitest';
import { cellsOf } from '../../../src/observe/load-tests/reading/cells.js';
import { numberIn } from '../../../src/observe/load-tests/reading/data.js';

/** The quoting of RFC 4180, section 2. */
test.each([
  ['a,b', ['a', 'b']],
  ['a,', ['a', '']],
  ['"a,b",c', ['a,b', 'c']],
  ['"say ""no"", then go",c', ['say "no", then go', 'c']],
  ['"",c', ['', 'c']],
])('%j is the cells %j', (line, cells) => {
  expect(cellsOf(line)).toEqual(cells);
});

test.each([
  ['1.5', 1.5],
  // An empty cell is no zero.
  ['', null],
  [' ', null],
  [undefined, null],
  ['N/A', null],
])('%j is the number %j', (cell, number) => {
  expect(numberIn(cell)).toBe(number);
});
