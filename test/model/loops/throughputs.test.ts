import fc from 'fast-check';
import { expect, test } from 'vitest';
import { throughputs } from '../../../src/model/loops/throughputs.js';
import { unlocked } from '../../../src/model/threads/busy-cores.js';
import { Circulation } from '../../../src/model/threads/circulation.js';

test('throughputs found together are those found one by one', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e5, noNaN: true })),
      fc.oneof(fc.double({ min: 0.05, max: 3, noNaN: true }), fc.double({ min: 1, max: 900, noNaN: true })),
      fc.integer({ min: 1, max: 1500 }),
      (cpuMs, ioMs, cores, most) => {
        const one = new Circulation(cpuMs, ioMs, unlocked(cores));
        const all = throughputs(cpuMs, ioMs, cores, most);
        expect(all.length).toBe(most + 1);
        expect(all[0]).toBe(0);
        for (let n = 1; n <= most; n += n < 20 ? 1 : 37)
          expect(all[n]! / one.throughput(n)).toBeCloseTo(1, 9);
      },
    ),
    { numRuns: 200 },
  );
});
