import { describe, expect, test } from 'vitest';
import { demand } from '../../../src/input/demand.js';
import { distribution, shapeCv, withMean } from '../../../src/input/laws/distribution.js';

describe('distribution', () => {
  test.each([
    ['deterministic', { kind: 'deterministic' }, 0],
    [' Exponential ', { kind: 'exponential' }, 1],
    ['erlang:4', { kind: 'erlang', stages: 4 }, 0.5],
    ['hyperexponential:2', { kind: 'hyperexponential', cv: 2 }, 2],
    ['hyperexponential:1', { kind: 'hyperexponential', cv: 1 }, 1],
    ['lognormal:0.5', { kind: 'lognormal', cv: 0.5 }, 0.5],
    ['gamma:1e3', { kind: 'gamma', cv: 1000 }, 1000],
  ])('%s', (text, shape, cv) => {
    const parsed = distribution.parse(text);
    expect(parsed).toEqual(shape);
    expect(shapeCv(parsed)).toBe(cv);
    expect(distribution.parse(distribution.format(parsed))).toEqual(parsed);
    expect(withMean(parsed, 7)).toEqual({ ...shape, mean: 7 });
  });

  test.each([
    ['', '"" is not a distribution'],
    ['normal', '"normal" is not a distribution'],
    ['erlang', 'needs a whole number of stages'],
    ['erlang:', 'needs a whole number of stages'],
    ['erlang:1.5', 'needs a whole number of stages'],
    ['erlang:0', 'needs a whole number of stages'],
    ['erlang:10001', 'needs a whole number of stages'],
    ['deterministic:1', 'gives deterministic a parameter that it does not have'],
    ['lognormal:0', 'needs a coefficient of variation above 0'],
    ['lognormal:-1', 'needs a coefficient of variation above 0'],
    ['gamma:1001', 'needs a coefficient of variation above 0, at most 1000'],
    ['gamma:x', 'needs a coefficient of variation'],
    ['hyperexponential:0.99', 'which no hyperexponential law has'],
    ['gamma:1:2', 'is not a distribution'],
  ])('"%s" is refused', (text, message) => {
    expect(() => distribution.parse(text)).toThrow(message);
    expect(() => distribution.parse(text)).toThrow('accepted: deterministic, exponential, erlang:K');
  });
});

describe('demand', () => {
  test.each([
    ['200ms', { demandMs: 200, servers: 1 }, '200ms'],
    ['0.4s@8', { demandMs: 400, servers: 8 }, '400ms@8'],
    ['1s@delay', { demandMs: 1000, servers: 'delay' }, '1s@delay'],
    ['0', { demandMs: 0, servers: 1 }, '0ms'],
  ])('%s', (text, value, shown) => {
    expect(demand.parse(text)).toEqual(value);
    expect(demand.format(demand.parse(text))).toBe(shown);
  });

  test.each(['', '@3', '1s@', '1s@0', '1s@1.5', '1s@2@3', 'x', '-1s'])('"%s" is refused', (text) => {
    expect(() => demand.parse(text)).toThrow();
  });
});
