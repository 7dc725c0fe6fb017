import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/text/suggest.js';

const known = ['cores', 'mem', 'workers', 'workerClass', 'threads', 'ioRatio'];

test.each([
  ['core', 'cores'],
  ['corse', 'cores'],
  ['coers', 'cores'],
  ['WORKERS', 'workers'],
  ['worker', 'workers'],
  ['memory', 'mem'],
  ['me', 'mem'],
  ['ioratio', 'ioRatio'],
  ['thread', 'threads'],
  ['x', undefined],
  ['', undefined],
  ['completely different', undefined],
  ['c'.repeat(100_000), undefined],
])('the nearest to %.20s is %s', (typed, word) => {
  expect(nearest(typed, known)).toBe(word);
});

test('the hint is empty where nothing is near', () => {
  expect(didYouMean('zzz', known)).toBe('');
  expect(didYouMean('core', known)).toBe(' (did you mean cores?)');
});
