import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB, logErlangB } from '../../../../src/math/queues/erlang/erlang-b.js';
import { erlangC, logErlangC } from '../../../../src/math/queues/erlang/erlang-c.js';
import {
  loadForBlocking,
  loadForWaiting,
  serversForBlocking,
  serversForWaiting,
} from '../../../../src/math/queues/erlang/inverses.js';
import { expectClose, fixture, SEED } from '../../support.js';

interface Case {
  readonly id: string;
  readonly servers: number;
  readonly offeredLoad: number;
  readonly log10B: number;
  readonly log10C?: number;
}

interface RangeCase {
  readonly servers: number;
  readonly offeredLoad: number;
  readonly lnB: number;
  readonly lnC?: number;
}

describe('against reference values', () => {
  test.each(fixture<Case>('erlang'))('$id', ({ servers, offeredLoad, log10B, log10C }) => {
    expectClose(logErlangB(servers, offeredLoad) / Math.LN10, log10B, 1e-14, 2e-14);
    if (log10C !== undefined) expectClose(logErlangC(servers, offeredLoad) / Math.LN10, log10C, 1e-14, 1e-13);
  });

  // From e^−a·aᶜ/Γ(c + 1, a) by series and continued fraction in 60 digits (mpmath 1.3).
  test.each(fixture<RangeCase>('erlang-range'))(
    '$servers servers at $offeredLoad erlangs',
    ({ servers, offeredLoad, lnB, lnC }) => {
      expectClose(logErlangB(servers, offeredLoad), lnB, 5e-16, 2e-14);
      if (lnC !== undefined) expectClose(logErlangC(servers, offeredLoad), lnC, 5e-16, 1e-13);
    },
  );

  test('the probabilities are the exponentials of their logarithms', () => {
    expectClose(erlangB(15, 12), 1 - 2.7428122515141 / 3, 1e-12); // R queueing 0.2.12, MMCC(3, 0.25, 15)
    expectClose(erlangC(14, 10), 0.1741319335950498, 1e-14); // call-centre example of Erlang C calculators
    expect(erlangB(1, 1)).toBeCloseTo(0.5, 15);
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 15);
  });
});

describe('edges', () => {
  test('without servers all are refused, without load none', () => {
    expect(erlangB(0, 5)).toBe(1);
    expect(erlangB(0, 0)).toBe(1);
    expect(erlangB(3, 0)).toBe(0);
    expect(erlangC(3, 0)).toBe(0);
    expect(logErlangB(3, 0)).toBe(-Infinity);
    expect(logErlangC(3, 0)).toBe(-Infinity);
  });

  test('at or above full load all wait', () => {
    expect(erlangC(3, 3)).toBe(1);
    expect(erlangC(3, 4)).toBe(1);
    expect(erlangC(0, 0)).toBe(1);
    expect(erlangC(3, 3 - 1e-12)).toBeLessThan(1);
  });

  test('the logarithm goes on where the probability underflows', () => {
    expect(erlangC(5000, 500)).toBe(0);
    expectClose(logErlangC(5000, 500), -7017.99765625015, 1e-12);
  });

  test.each([
    [() => erlangB(-1, 1), /servers must be 0 or more, got -1/],
    [() => erlangB(1, -1), /offeredLoad must be 0 or more, got -1/],
    [() => erlangC(Number.NaN, 1), /servers must be 0 or more, got NaN/],
    [() => erlangC(1, Infinity), /offeredLoad must be 0 or more, got Infinity/],
    [() => serversForBlocking(-1, 0.1), /offeredLoad/],
    [() => serversForBlocking(1, 0), /blocking must lie between 0 and 1, got 0/],
    [() => serversForWaiting(1, 1), /waiting must lie between 0 and 1, got 1/],
    [() => serversForWaiting(-1, 0.5), /offeredLoad/],
    [() => loadForBlocking(0, 0.5), /servers must be a whole number of 1 or more/],
    [() => loadForBlocking(1, 2), /blocking/],
    [() => loadForWaiting(1.5, 0.5), /servers/],
    [() => loadForWaiting(1, 0), /waiting/],
  ])('inputs outside the range are refused (%#)', (call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});

const servers = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 10_000_000 }));
const share = fc.double({ min: 1e-3, max: 1 - 1e-9, noNaN: true });

describe('identities', () => {
  test('B follows its recursion over servers, B(c) = a·B(c − 1)/(c + a·B(c − 1))', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        (c, ratio) => {
          const a = c * ratio;
          const before = erlangB(c - 1, a);
          if (before < 1e-290) return;
          expectClose(erlangB(c, a), (a * before) / (c + a * before), 1e-12);
        },
      ),
      SEED,
    );
  });

  test('C = B/(1 − ρ(1 − B))', () => {
    fc.assert(
      fc.property(servers, share, (c, rho) => {
        const b = erlangB(c, c * rho);
        if (b > 1e-290) expectClose(erlangC(c, c * rho), b / (1 - rho * (1 - b)), 1e-6 * 1e-3);
      }),
      SEED,
    );
  });

  test('both fall with servers and rise with load', () => {
    fc.assert(
      fc.property(servers, share, (c, rho) => {
        const a = c * rho;
        expect(logErlangB(c + 1, a)).toBeLessThan(logErlangB(c, a));
        expect(logErlangC(c + 1, a)).toBeLessThan(logErlangC(c, a));
        expect(logErlangB(c, a * 1.0001)).toBeGreaterThan(logErlangB(c, a));
        expect(logErlangC(c, a * 0.9999)).toBeLessThan(logErlangC(c, a));
      }),
      SEED,
    );
  });

  test('the continuation to real servers passes smoothly between the whole ones', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), share, (c, rho) => {
        const a = c * rho * 2;
        expect(logErlangB(c + 0.5, a)).toBeLessThan(logErlangB(c, a));
        expect(logErlangB(c + 0.5, a)).toBeGreaterThan(logErlangB(c + 1, a));
      }),
      SEED,
    );
  });
});

describe('inverses', () => {
  test('one server fewer is too few', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), share, (a, p) => {
        const blocking = serversForBlocking(a, p);
        expect(erlangB(blocking, a)).toBeLessThanOrEqual(p);
        expect(erlangB(blocking - 1, a)).toBeGreaterThan(p);
        const waiting = serversForWaiting(a, p);
        expect(waiting).toBeGreaterThan(a);
        expect(erlangC(waiting, a)).toBeLessThanOrEqual(p);
        expect(waiting - 1 <= a || erlangC(waiting - 1, a) > p).toBe(true);
      }),
      SEED,
    );
  });

  test('the greatest load meets the probability', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), share, (c, p) => {
        const blocking = loadForBlocking(c, p);
        const waiting = loadForWaiting(c, p);
        expectClose(erlangB(c, blocking), p, 1e-9);
        expectClose(erlangC(c, waiting), p, 1e-9);
        expect(waiting).toBeLessThan(c);
      }),
      SEED,
    );
  });

  test('known tables', () => {
    expect(serversForBlocking(10, 0.01)).toBe(18);
    expect(serversForBlocking(0, 0.5)).toBe(1);
    expect(serversForWaiting(0, 0.5)).toBe(1);
    expect(serversForWaiting(10, 0.05)).toBe(17);
    expectClose(loadForBlocking(10, 0.01), 4.461, 1e-3); // Erlang B traffic table
    expectClose(loadForWaiting(1, 0.25), 0.25, 1e-14);
  });
});
