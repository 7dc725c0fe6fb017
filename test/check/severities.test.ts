import { expect, test } from 'vitest';
import { ruleLevels } from '../../src/check/severities.js';
import { nothingJudged } from '../../src/check/verdict.js';

test('each rule may be given each severity, or none', () => {
  for (const level of ['error', 'warning', 'note', 'off'])
    expect(ruleLevels({ rule: [`timeout-off=${level}`] }, undefined)).toEqual({ 'timeout-off': level });
  for (const wrong of ['of', ''])
    expect(() => ruleLevels({ rule: [`timeout-off=${wrong}`] }, undefined)).toThrow(
      `--rule: "${wrong}" is not a severity of timeout-off; accepted: error, warning, note, off`,
    );
  expect(() => ruleLevels({ rule: ['=off'] }, undefined)).toThrow(/is not ID=LEVEL/);
  expect(() => ruleLevels({ rule: ['timeout-off'] }, undefined)).toThrow(/is not ID=LEVEL/);
});

test('later words win: what is accepted, then the file, then the command line', () => {
  const section = { data: { 'not-judged': 'error', 'timeout-off': 'note' }, where: () => 'wcalc.yaml:1' };
  const levels = ruleLevels({ allowUnknown: true, rule: ['timeout-off=off'] }, section as never);
  expect(levels).toEqual({ 'not-judged': 'error', 'timeout-off': 'off' });
  expect(ruleLevels({ allowUnknown: true }, undefined)).toEqual({ 'not-judged': 'off' });
});

const NOTHING = { servers: [], findings: [], failures: [], notes: [], files: [] };
const unread = (message: string) => ({ judged: 'not', unknown: [{ file: 'a', line: 3, message }] });
const said = (part: object, allowUnknown = false) =>
  nothingJudged({ ...NOTHING, ...part } as never, allowUnknown);

test('where nothing was judged it is said what was looked at, up to four files by name', () => {
  expect(said({})).toBe('nothing was judged: no server was found (no file was read)');
  expect(said({ files: ['a', 'b', 'c', 'd'] })).toBe(
    'nothing was judged: no server was found (looked at a, b, c, d)',
  );
  expect(said({ files: ['a', 'b', 'c', 'd', 'e', 'f'] })).toBe(
    'nothing was judged: no server was found (looked at a, b, c, d and 2 more)',
  );
});

test('the first reason is said, with the number of the others', () => {
  expect(said({ servers: [unread('x')] })).toBe('nothing was judged: a:3: x');
  expect(said({ servers: [unread('x'), unread('y'), unread('z')] })).toBe(
    'nothing was judged: a:3: x (and 2 others)',
  );
  const notes = [
    { file: 'b', line: 1, message: 'n' },
    { file: 'b', line: 2, message: 'm' },
  ];
  expect(said({ notes })).toBe('nothing was judged: b:1: n (and 1 other)');
  expect(said({ servers: [unread('x')], notes })).toBe('nothing was judged: a:3: x');
});

test('a server that was judged, a finding, a failure or an accepted server is a judgement', () => {
  expect(said({ servers: [{ judged: 'in part', unknown: [] }] })).toBeNull();
  expect(said({ findings: [{ rule: 'timeout-off' }] })).toBeNull();
  expect(said({ findings: [{ rule: 'not-judged' }] })).not.toBeNull();
  expect(said({ failures: [{}] })).toBeNull();
  expect(said({ servers: [unread('x')] }, true)).toBeNull();
  expect(said({}, true)).not.toBeNull();
});
