import { describe, expect, it } from 'vitest';
import { upperGamma } from '../../../../src/math/numeric/incomplete-gamma.js';
import {
  erlangPhases,
  exitRates,
  hyperexponentialPhases,
  type PhaseType,
} from '../../../../src/math/queues/phase-type/phase-type.js';
import {
  erlangMixture,
  fastestRate,
  followedBy,
  generatorSteps,
  mixtureDurations,
  phaseTypeDurations,
  sparseMove,
} from '../../../../src/math/queues/phase-type/uniformised.js';
import { expectClose } from '../../fixture-cases.js';

const mixtureOf = (law: PhaseType, rate = fastestRate(law.generator)) =>
  erlangMixture(rate, generatorSteps(law.alpha, law.generator, exitRates(law), rate));

/** An atom of 1 − first at 0 and a geometric number of exponentials: exponential of rate q(1 − ratio) in all. */
const geometric = (rate: number, first: number, ratio: number) => {
  let survival = first;
  return erlangMixture(rate, {
    survival: () => survival,
    exit: () => survival * (1 - ratio),
    advance() {
      survival *= ratio;
    },
  });
};

describe('uniformisation', () => {
  it('counts the steps to absorption', () => {
    const mixture = mixtureOf(erlangPhases(1, 3));
    expect(mixture.rate).toBe(3);
    expect([4, 2, 3, 0].map(mixture.survival)).toEqual([0, 1, 0, 1]);
    expect([0, 1, 2, 3].map(mixture.exit)).toEqual([0, 0, 1, 0]);
    const slow = mixtureOf(erlangPhases(1, 1), 4);
    [1, 3 / 4, 9 / 16].forEach((want, k) => {
      expectClose(slow.survival(k), want, 1e-15, 'survival');
      expectClose(slow.exit(k), want / 4, 1e-15, 'exit');
    });
  });

  it('moves a row by I + T/rate', () => {
    const move = sparseMove(
      [
        [-3, 1, 0],
        [2, -4, 2],
        [0, 0, -1],
      ],
      4,
    );
    expect([...move(Float64Array.of(8, 4, 16))]).toEqual([2 + 2, 2, 2 + 12]);
    expect(fastestRate([[-3, 2, 0], [2, -4, 2], [0, 0, -1]])).toBe(4); // biome-ignore format: a matrix
  });

  it('never moves backwards where a rate is rounded below that of a state', () => {
    expect([...sparseMove([[-1 - 1e-15]], 1)(Float64Array.of(1))]).toEqual([0]);
  });
});

describe('durations of phases', () => {
  it('are Erlang laws for phases in a row, of many stages too', () => {
    for (const stages of [1, 2, 5, 40, 200, 900]) {
      const { mean, tail, percentile } = phaseTypeDurations(erlangPhases(2, stages));
      expectClose(mean, 2, 1e-13, 'mean');
      for (const t of [0.3, 1.9, 2.1, 6]) {
        const want = upperGamma(stages, (stages * t) / 2);
        if (want > 1e-250) expectClose(tail(t), want, 1e-11, `${stages} stages at ${t}`);
      }
      const median = percentile(0.5);
      expectClose(upperGamma(stages, (stages * median) / 2), 0.5, 1e-11, 'median');
      expect(tail(0)).toBe(1);
      expect(tail(-1)).toBe(1);
      expect(tail(1e5)).toBe(0);
    }
  });

  it('are sums of exponentials for phases side by side, far into the tail', () => {
    for (const cv of [1.2, 3, 20]) {
      const law = hyperexponentialPhases(1, cv);
      const { tail } = phaseTypeDurations(law);
      for (const t of [0.01, 1, 30, 300, 1e4, 1e5]) {
        const want = law.alpha.reduce((sum, p, i) => sum + p * Math.exp(law.generator[i]![i]! * t), 0);
        if (want > 1e-290) expectClose(tail(t), want, 1e-11 + 1e-13 * -Math.log(want), `cv ${cv} at ${t}`);
      }
    }
  });

  it('are α exp(Tt)1 where phases lead back to earlier ones', () => {
    const { tail } = phaseTypeDurations({
      alpha: [0.2, 0.5, 0.3],
      generator: [
        [-3, 1, 1],
        [2, -5, 1],
        [1, 2, -4],
      ],
    });
    // mpmath 1.3, 40 digits
    expectClose(tail(0.5), 0.5050891026524933, 1e-14, 'at 0.5');
    expectClose(tail(2), 0.07485384414981178, 1e-14, 'at 2');
    expectClose(tail(20), 9.16775895591926e-12, 1e-12, 'at 20');
    expectClose(tail(60), 8.62441570571043e-34, 1e-12, 'at 60');
  });

  it('keep their digits where a phase lasts a million times as long as another', () => {
    const { tail, percentile } = phaseTypeDurations({
      alpha: [0.5, 0.5],
      generator: [
        [-1, 0],
        [0, -1e-6],
      ],
    });
    expectClose(tail(1e6), 0.5 * Math.exp(-1), 1e-9, 'one long phase on');
    expectClose(tail(5e8), 0.5 * Math.exp(-500), 1e-7, 'far');
    expectClose(percentile(0.75), Math.LN2 * 1e6, 1e-9, 'percentile');
  });

  it('end even where the survival has hardly begun to fall after millions of steps', () => {
    const { tail } = mixtureDurations(geometric(1, 1, 1 - 1e-13), 1e13);
    expectClose(tail(1e13), Math.exp(-1), 2e-3, 'mean');
    const endless = mixtureDurations(geometric(1, 1, 1), 1);
    expect(endless.tail(1e30)).toBeLessThan(1);
  });

  it('have an atom at 0 where absorption is at once', () => {
    const { mean, tail, percentile } = mixtureDurations(geometric(2, 0.4, 0.9), 2);
    expect(mean).toBe(2);
    expect(tail(-1)).toBe(1);
    expect(tail(0)).toBe(0.4);
    for (const t of [1e-3, 1, 20, 90, 800]) expectClose(tail(t), 0.4 * Math.exp(-0.2 * t), 1e-12, `at ${t}`);
    expect(percentile(0.6)).toBe(0);
    expectClose(percentile(0.9), 5 * Math.log(4), 1e-12, 'p90');
    const never = mixtureDurations(geometric(2, 0, 0.9), 0);
    expect(never.tail(3)).toBe(0);
    expect(never.percentile(0.99)).toBe(0);
  });
});

describe('a wait and a service in a row', () => {
  it('is exponential for M/M/1, whose service has the rate of the steps or less', () => {
    for (const rate of [1, 3]) {
      // P(W > t) = ρe^{−(1 − ρ)t} in steps of rate q: the ratio is 1 − (1 − ρ)/q
      const wait = geometric(rate, 0.8, 1 - 0.2 / rate);
      const sojourn = followedBy(wait, erlangPhases(1, 1));
      expectClose(sojourn.survival(0), 1, 1e-15, 'in service at first');
      const { tail } = mixtureDurations(sojourn, 5);
      for (const t of [0.1, 2, 40, 900]) expectClose(tail(t), Math.exp(-0.2 * t), 1e-11, `at ${t}`);
      let sum = 0;
      for (let k = 0; k < 2000; k += 1) sum += sojourn.exit(k);
      expectClose(sum, 1, 1e-12, 'all leave');
      expectClose(sojourn.survival(3) - sojourn.survival(4), sojourn.exit(3), 1e-12, 'leave in step 4');
    }
  });

  it('is a sum of three stages for two waiting and one in service', () => {
    const { tail } = mixtureDurations(followedBy(mixtureOf(erlangPhases(2, 2)), erlangPhases(1, 1)), 3);
    expectClose(tail(2.5), upperGamma(3, 2.5), 1e-13, 'three stages');
  });
});
