import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedLaw } from '../../../src/math/laws/check.js';
import { ggc, gimc, type Law, mg1, mg1ps, mgc } from '../../../src/math/queues/index.js';

describe('a law outside its ranges is refused', () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ kind: 'weibull', mean: 1 }, 'service law must be one of deterministic, '],
    [{ mean: 1 }, 'service law must be one of deterministic, '],
    [{ kind: 'exponential', mean: -1 }, 'mean of the service law must be 0 or more, got -1'],
    [{ kind: 'exponential' }, 'mean of the service law must be 0 or more, got undefined'],
    [
      { kind: 'erlang', mean: 1, stages: 0 },
      'stages of the service law must be a whole number of 1 or more, got 0',
    ],
    [{ kind: 'erlang', mean: 1, stages: 1.5 }, 'stages of the service law must be a whole number'],
    [{ kind: 'hyperexponential', mean: 1, cv: 0.5 }, 'must be 1 or more for a hyperexponential, got 0.5'],
    [
      { kind: 'hyperexponential', mean: 1, cv: Number.NaN },
      'cv of the service law must be 0 or more, got NaN',
    ],
    [{ kind: 'lognormal', mean: 1, cv: -1 }, 'cv of the service law must be 0 or more, got -1'],
    [{ kind: 'two-moment', mean: 1, cv: -1 }, 'cv of the service law must be 0 or more, got -1'],
    [{ kind: 'empirical', quantiles: [3] }, 'service law needs two quantiles at least'],
    [{ kind: 'empirical', quantiles: [3, 1] }, 'must be sorted, got 3 before 1'],
    [
      {
        kind: 'phase-type',
        alpha: [0.5, 0.2],
        generator: [
          [-1, 0],
          [0, -1],
        ],
      },
      'must add up to 1, got 0.7',
    ],
    [{ kind: 'phase-type', alpha: [1], generator: [[1]] }, 'negative diagonal'],
    [
      {
        kind: 'phase-type',
        alpha: [1, 0],
        generator: [
          [-1, 2],
          [0, -1],
        ],
      },
      'add up to 0 or less',
    ],
    [{ kind: 'phase-type', alpha: [1, 0], generator: [[-1]] }, 'must be square, of the order 2'],
  ];
  test.each(wrong)('%j', (law, message) => {
    const service = law as Law;
    for (const solve of [
      () => mg1({ arrivalRate: 0.1, service }),
      () => mgc({ arrivalRate: 0.1, service, servers: 2 }),
      () => mg1ps({ arrivalRate: 0.1, service }),
      () => ggc({ arrival: { kind: 'exponential', mean: 10 }, service, servers: 2 }),
    ]) {
      expect(solve).toThrow(RangeError);
      expect(solve).toThrow(message);
    }
  });

  test('of arrivals too', () => {
    const arrival: Law = { kind: 'hyperexponential', mean: 10, cv: 0.5 };
    const exponential: Law = { kind: 'exponential', mean: 1 };
    expect(() => ggc({ arrival, service: exponential, servers: 2 })).toThrow('cv of the arrival law');
    expect(() => gimc({ arrival, serviceTime: 1, servers: 2 })).toThrow('cv of the arrival law');
  });
});

test('a law in its ranges is given back', () => {
  const mean = fc.double({ min: 0, max: 1e6, noNaN: true });
  const cv = fc.double({ min: 1, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom('hyperexponential', 'lognormal', 'gamma', 'two-moment'),
      mean,
      cv,
      (kind, m, c) => {
        const law: Law = { kind, mean: m, cv: c };
        expect(checkedLaw('service', law)).toBe(law);
      },
    ),
  );
  const coxian: Law = {
    kind: 'phase-type',
    alpha: [1, 0],
    generator: [
      [-2, 1],
      [0, -1],
    ],
  };
  expect(checkedLaw('service', coxian)).toBe(coxian);
});
