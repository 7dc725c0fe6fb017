import { expect, test } from 'vitest';
import { guardYaml } from '../../src/files/yaml-guard.js';

const guard = (text: string) => () => guardYaml('a.yaml', text);
const deep = (line: number) => `a.yaml:${line}: is nested more than 200 levels deep, which is not read`;
const indented = (levels: number) =>
  Array.from({ length: levels }, (_, n) => `${' '.repeat(n)}a:`).join('\n');

// The line itself is a level.
test('brackets nest up to 200 levels, those that were closed do not count', () => {
  expect(guard('['.repeat(199))).not.toThrow();
  expect(guard(`a\n${'{'.repeat(200)}`)).toThrow(deep(2));
  expect(guard('[]{}'.repeat(1000))).not.toThrow();
  expect(guard(`${'['.repeat(150)}${']'.repeat(100)}${'['.repeat(149)}`)).not.toThrow();
  expect(guard(`${'['.repeat(150)}${']'.repeat(100)}${'['.repeat(150)}`)).toThrow(deep(1));
});

test('brackets that close nothing make no room for others', () => {
  expect(guard(`${']'.repeat(100)}\n${'['.repeat(199)}`)).not.toThrow();
  expect(guard(`${']'.repeat(100)}\n${'['.repeat(200)}`)).toThrow(deep(2));
  expect(guard(`${'}'.repeat(100)}${'['.repeat(200)}`)).toThrow(deep(1));
});

test('indentation nests up to 200 levels; blank lines, comments and what is left again do not count', () => {
  expect(guard(indented(200))).not.toThrow();
  expect(guard(indented(201))).toThrow(deep(201));
  expect(guard(`${indented(150)}\n${indented(150)}`)).not.toThrow();
  expect(guard(indented(150).replaceAll('\n', `\n\n${' '.repeat(160)}# x\n\r\n`))).not.toThrow();
  // Each line is as deep as those above it that begin further left.
  expect(guard(`${indented(150)}\n${' '.repeat(150)}${'['.repeat(50)}`)).toThrow(deep(151));
  expect(guard(`${indented(150)}\n${' '.repeat(150)}${'['.repeat(49)}`)).not.toThrow();
});

test('indicators may stand behind one another up to 32 times', () => {
  expect(guard(`${'- '.repeat(32)}a`)).not.toThrow();
  expect(guard(`${'- '.repeat(33)}a`)).toThrow(deep(1));
  expect(guard(`${'? '.repeat(33)}a`)).toThrow(deep(1));
});
