import { describe, expect, test } from 'vitest';
import { serversForWaiting } from '../../../../src/math/queues/erlang/inverses.js';
import {
  halfinWhittBeta,
  halfinWhittProbability,
  squareRootStaffing,
} from '../../../../src/math/queues/staffing/square-root.js';
import { expectClose } from '../../support.js';

describe('square-root staffing', () => {
  // α = 1/(1 + βΦ(β)/φ(β)) solved with 60 digits (mpmath 1.3), and ⌈a + β√a⌉ for 10, 100 and 1000 erlangs.
  test.each([
    [0.01, 2.3748881475350503, [18, 124, 1076]],
    [0.1, 1.420186888100441, [15, 115, 1045]],
    [0.2, 1.0615162754187175, [14, 111, 1034]],
    [0.5, 0.5060544689891807, [12, 106, 1017]],
  ])('for a probability of waiting of %d', (waiting, beta, servers) => {
    expectClose(halfinWhittBeta(waiting), beta, 1e-13);
    expectClose(halfinWhittProbability(beta), waiting, 1e-13);
    expect([10, 100, 1000].map((load) => squareRootStaffing(load, waiting))).toEqual(servers);
  });

  test('is none to two servers short of the exact number', () => {
    for (let load = 1; load < 1e5; load *= 1.7) {
      for (const waiting of [0.01, 0.05, 0.2, 0.5]) {
        const short = serversForWaiting(load, waiting) - squareRootStaffing(load, waiting);
        expect(short).toBeGreaterThanOrEqual(0);
        expect(short).toBeLessThanOrEqual(2);
      }
    }
  });

  test('reaches both ends of the probabilities', () => {
    for (const waiting of [1e-300, 1e-100, 1e-9, 0.999, 1 - 1e-9])
      expectClose(halfinWhittProbability(halfinWhittBeta(waiting)), waiting, 1e-9);
    expect(squareRootStaffing(0, 0.5)).toBe(0);
  });

  test.each([
    [() => halfinWhittBeta(0), /waiting must lie between 0 and 1/],
    [() => halfinWhittBeta(1e-301), /waiting must be 1e-300 or more/],
    [() => halfinWhittProbability(0), /beta must be greater than 0/],
    [() => squareRootStaffing(-1, 0.5), /offeredLoad must be 0 or more/],
  ])('wrong inputs are refused (%#)', (call, message) => {
    expect(call).toThrow(message);
  });
});
