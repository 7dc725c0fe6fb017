import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crowdsOf } from '../../../src/model/response/crowds.js';
import { coresInUse, type Herd } from '../../../src/model/response/lost-cores.js';

const herd: Herd = {
  processes: 2,
  cores: 2,
  cpuMs: 6,
  pieces: 4,
  afterWaits: 2,
  slots: 8,
  passesOn: true,
};
const herds = fc.record({
  processes: fc.integer({ min: 1, max: 40 }),
  cores: fc.integer({ min: 1, max: 32 }),
  cpuMs: fc.double({ min: 0.1, max: 500, noNaN: true }),
  pieces: fc.double({ min: 1, max: 50, noNaN: true }),
  afterWaits: fc.constant(1),
  slots: fc.constantFrom(1, 2, 8, Number.POSITIVE_INFINITY),
  passesOn: fc.boolean(),
});

describe('cores that are idle while a thread waits for another', () => {
  it('are none with one core, or with a core to spare', () => {
    expect(coresInUse({ ...herd, cores: 1 }, 0.1)).toBe(1);
    expect(coresInUse({ ...herd, cores: 3 }, 0.2)).toBe(1);
  });

  it('are none where each process has a core and keeps it', () => {
    expect(coresInUse({ ...herd, passesOn: false }, 0.25)).toBe(1);
  });

  it('are a share of the work, whatever is asked', () => {
    fc.assert(
      fc.property(herds, fc.double({ min: 0, max: 1, noNaN: true }), (one, load) => {
        const share = coresInUse(one, (load * Math.min(one.cores, one.processes)) / one.cpuMs);
        expect(share).toBeGreaterThanOrEqual(0.4);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are more the more often the lock is passed on, while looks seldom find something', () => {
    const shares = [2, 4, 8, 16].map((pieces) => coresInUse({ ...herd, pieces }, 0.15));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  it('are fewest where hardly anybody waits, and where so many do that no process runs dry', () => {
    const loops: Herd = {
      ...herd,
      processes: 4,
      pieces: 2,
      slots: Number.POSITIVE_INFINITY,
      passesOn: false,
    };
    const [seldom, often, nearly] = [0.1, 0.7, 0.99].map((load) => coresInUse(loops, (load * 2) / 6));
    expect(often).toBeLessThan(seldom!);
    expect(often).toBeLessThan(nearly!);
  });
});

describe('requests spread over processes', () => {
  it('are in as many as are hit at random, or in one each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 30 }), (processes, requests) => {
        const crowd = crowdsOf(processes, processes, 40, false)[requests]!;
        const hit = processes * (1 - (1 - 1 / processes) ** requests);
        expect(crowd.spread.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        expect(crowd.busy).toBeCloseTo(hit, 9);
        const single = crowdsOf(processes, 2, 1, true)[Math.min(processes, requests)]!;
        expect(single.busy).toBe(Math.min(2, processes, requests));
      }),
    );
  });
});
