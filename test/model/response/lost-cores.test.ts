import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coresInUse, type Herd } from '../../../src/model/response/lost-cores.js';

const herd: Herd = { processes: 2, cores: 2, cpuMs: 6, pieces: 4, goesOn: true, passesOn: true };
const herds = fc.record({
  processes: fc.integer({ min: 1, max: 40 }),
  cores: fc.integer({ min: 1, max: 32 }),
  cpuMs: fc.double({ min: 0.1, max: 500, noNaN: true }),
  pieces: fc.double({ min: 1, max: 50, noNaN: true }),
  goesOn: fc.boolean(),
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
        expect(share).toBeGreaterThan(0.4);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are more the more often the lock is passed on', () => {
    const shares = [1, 2, 4, 8, 16].map((pieces) => coresInUse({ ...herd, pieces }, 0.24));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });
});
