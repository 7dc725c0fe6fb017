import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandOf, shifted } from '../../../src/math/laws/limited-mean.js';
import { cutPieces, lineWaits, type Piece } from '../../../src/model/response/pieces.js';
import { visitsOf } from '../../../src/model/response/visits.js';
import { serverWork } from '../../../src/model/server-work.js';

const piece = (meanMs: number, squareMs2: number, afterMs: number | null = null): Piece[] => [
  { meanMs, squareMs2, share: 1, afterMs },
];
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const utilization = fc.double({ min: 0.05, max: 0.98, noNaN: true });

describe('mean waits in a line that requests join several times', () => {
  it('are Pollaczek and Khinchine’s for one visit', () => {
    fc.assert(
      fc.property(utilization, fc.double({ min: 0, max: 4, noNaN: true }), (rho, scv) => {
        const waits = lineWaits([piece(5, 25 * (1 + scv))], rho / 5);
        expect(waits[0]).toBeCloseTo((rho * 5 * (1 + scv)) / 2 / (1 - rho), 6);
      }),
    );
  });

  it('are those of M/M/1 with immediate feedback for two exponential visits, one at once after the other (Takács 1963)', () => {
    fc.assert(
      fc.property(utilization, (rho) => {
        const waits = lineWaits([piece(3, 18), piece(3, 18, 3)], rho / 6);
        expect(sum(waits)).toBeCloseTo((6 * rho) / (1 - rho), 6);
      }),
    );
  });

  it('are those of M/M/1 wherever exponential visits are cut off (Coffman and Kleinrock 1968)', () => {
    const cpu = demandOf({ kind: 'exponential', mean: 6 });
    const visits = visitsOf(cpu, 1, serverWork({ front: { by: 'service' } }, 0), 'even', {
      reading: 0,
      closing: 0,
    });
    fc.assert(
      fc.property(utilization, fc.double({ min: 1.5, max: 40, noNaN: true }), (rho, sliceMs) => {
        const waits = lineWaits(cutPieces(visits, cpu, sliceMs), rho / 6);
        expect(sum(waits) / ((6 * rho) / (1 - rho))).toBeCloseTo(1, 2);
      }),
    );
  });

  it('leave all the CPU where it was when visits are cut off', () => {
    const cpu = shifted(demandOf({ kind: 'lognormal', mean: 8, cv: 1.5 }), 1);
    const front = { by: 'main-thread', lockLosses: { reading: 2, closing: 2 } } as const;
    const visits = visitsOf(cpu, 2, serverWork({ front }, 1), 'before-waits', front.lockLosses);
    const pieces = cutPieces(visits, cpu, 5);
    expect(sum(pieces.flat().map(({ meanMs }) => meanMs))).toBeCloseTo(9, 6);
    expect(pieces.map(({ length }) => length > 1)).toEqual(visits.map(({ ownShare }) => ownShare > 0));
  });
});
