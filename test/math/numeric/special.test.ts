import { describe, expect, test } from 'vitest';
import { log1mexp, log1pMinus, logAddExp, meanDecay } from '../../../src/math/numeric/exponentials.js';
import { gaussLegendre } from '../../../src/math/numeric/gauss-legendre.js';
import { upperGamma } from '../../../src/math/numeric/incomplete-gamma.js';
import { logGamma, stirlingError } from '../../../src/math/numeric/log-gamma.js';
import { normalDensity, normalTail, scaledErfc } from '../../../src/math/numeric/normal.js';
import { logPoissonWeight, poissonWeight } from '../../../src/math/numeric/poisson.js';
import { expectClose } from '../support.js';

// Reference values: mpmath 1.3, 40 digits.

test.each([
  [0, 1],
  [1e-3, 0.9988726200811514],
  [0.5, 0.6156903441929259],
  [1, 0.427583576155807],
  [2, 0.25539567631050575],
  [3.75, 0.14558972127503855],
  [5, 0.11070463773306863],
  [10, 0.05614099274382259],
  [27, 0.02088160799042094],
  [100, 0.005641613782989433],
  [1e4, 0.00005641895807268084],
])('scaled complementary error function at %d', (x, wanted) => {
  expectClose(scaledErfc(x), wanted, 2e-15);
});

test.each([
  [-3, 0.9986501019683699],
  [-1, 0.8413447460685429],
  [0, 0.5],
  [1, 0.15865525393145705],
  [2, 0.02275013194817921],
  [5, 2.866515718791939e-7],
  [10, 7.619853024160525e-24],
  [30, 4.906713927148187e-198],
])('normal tail at %d', (x, wanted) => {
  expectClose(normalTail(x), wanted, 1e-13);
});

test('the normal density is that of the bell curve', () => {
  expectClose(normalDensity(0), 0.3989422804014327, 1e-15);
  expectClose(normalDensity(-1.5), 0.12951759566589174, 1e-15);
});

test.each([
  [1e-3, 6.907178885383853, 2.5422704679670947],
  [0.1, 2.252712651734206, 0.512740081331915],
  [0.5, 0.5723649429247001, 0.15342640972002736],
  [1, 0, 0.08106146679532726],
  [1.5, -0.12078223763524522, 0.05481412105191765],
  [2, 0, 0.0413406959554093],
  [3.7, 1.428072326665388, 0.022468770580143144],
  [10, 12.801827480081469, 0.00833056343336287],
  [15, 25.19122118273868, 0.005554733551962801],
  [100, 359.1342053695754, 0.0008333305556349147],
  [1e6, 12815504.569147611, 8.333333333333056e-8],
])('log-gamma and what Stirling leaves out at %d', (x, gamma, stirling) => {
  expectClose(logGamma(x), gamma, 2e-15, 4e-15);
  expectClose(stirlingError(x), stirling, 0, 1e-15);
});

test.each([
  [-0.9, -1.402585092994046],
  [-0.5, -0.19314718055994531],
  [-0.3, -0.056674943938732375],
  [-1e-3, -5.003335835335002e-7],
  [-1e-9, -5.000000003333334e-19],
  [1e-12, -4.999999999996667e-25],
  [1e-6, -4.999996666669166e-13],
  [0.01, -0.00004966914683191715],
  [0.3, -0.03763573553250894],
  [0.59, -0.12626598376785983],
  [0.61, -0.13376582100362835],
  [5, -3.208240530771945],
])('ln(1 + x) − x at %d', (x, wanted) => {
  expectClose(log1pMinus(x), wanted, 2e-15);
});

test.each([
  [0, 3, -3],
  [0.5, 0.2, -0.883936718581805],
  [3, 0.001, -22.516025306174466],
  [100, 100, -3.2223569567543535],
  [100, 1, -364.73937555556347],
  [1e6, 1e6 + 500, -7.951652244472229],
  [10, 1000, -946.0268597832542],
])('Poisson weight of %d at mean %d', (k, mean, wanted) => {
  expectClose(logPoissonWeight(k, mean), wanted, 5e-16, 2e-15);
  expectClose(poissonWeight(k, mean), Math.exp(wanted), 1e-12);
});

test('a Poisson variable of mean 0 is 0', () => {
  expect(poissonWeight(0, 0)).toBe(1);
  expect(poissonWeight(3, 0)).toBe(0);
});

describe('exponentials without cancellation', () => {
  test('ln(1 − e^x) keeps its digits at both ends', () => {
    expectClose(log1mexp(-1e-20), Math.log(1e-20), 1e-15);
    expectClose(log1mexp(-1), Math.log(1 - Math.exp(-1)), 1e-15);
    expectClose(log1mexp(-0.5), Math.log(1 - Math.exp(-0.5)), 1e-15);
    expectClose(log1mexp(-50), -Math.exp(-50), 1e-15);
  });

  test('ln(e^x + e^y) does not overflow and knows nothing', () => {
    expectClose(logAddExp(1000, 1000), 1000 + Math.LN2, 1e-15);
    expectClose(logAddExp(-2000, 3), 3, 1e-15);
    expect(logAddExp(-Infinity, -5)).toBe(-5);
    expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
  });

  test('the mean decay over an interval is 1 at length 0', () => {
    expect(meanDecay(0)).toBe(1);
    expectClose(meanDecay(1e-9), 1 - 0.5e-9, 1e-15);
    expectClose(meanDecay(2), (1 - Math.exp(-2)) / 2, 1e-15);
  });
});

describe('numerical tools of the laws', () => {
  test('have the incomplete gamma function of Erlang and exponential laws', () => {
    // DLMF 8.4.10: Q(n, x) = e^{−x} Σ_{k<n} xᵏ/k!
    for (const x of [0.1, 2, 3.9, 4.1, 12, 60]) {
      let [sum, term] = [0, Math.exp(-x)];
      for (let k = 0; k < 4; k += 1) {
        sum += term;
        term *= x / (k + 1);
      }
      expectClose(upperGamma(4, x), sum, 1e-12);
    }
    expect(upperGamma(2.5, 0)).toBe(1);
    // Q(½, x) = erfc √x; erfc 1 from DLMF 7.2
    expectClose(upperGamma(0.5, 1), 0.15729920705028513, 1e-13);
    expectClose(upperGamma(1e6, 1e6), 0.4998670192, 1e-8);
  });

  test('is nearly normal at large shapes, by mpmath to 16 digits', () => {
    const deviation = Math.sqrt(1e7);
    for (const [deviations, want] of [
      [-6, 0.9999999990356068],
      [-1, 0.8413447501022954],
      [0, 0.4999579477912763],
      [1, 0.1586552498995183],
      [6, 1.009227481177265e-9],
    ] as const)
      expectClose(upperGamma(1e7, 1e7 + deviations * deviation), want, 1e-9);
    const before = 1e6 * (1 - 1e-12);
    for (const x of [0.997e6, 1e6, 1.003e6]) expectClose(upperGamma(before, x), upperGamma(1e6, x), 1e-8);
  });

  test('integrate polynomials exactly', () => {
    const rule = gaussLegendre(6);
    const integral = (n: number) => rule.reduce((sum, { node, weight }) => sum + weight * node ** n, 0);
    for (const n of [0, 2, 4, 8, 10]) expectClose(integral(n), 2 / (n + 1), 1e-13);
    expect(Math.abs(integral(7))).toBeLessThan(1e-14);
  });
});
