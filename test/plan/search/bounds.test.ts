import { expect, test } from 'vitest';
import { erlangC } from '../../../src/math/queues/index.js';
import { usefulSlots } from '../../../src/plan/search/bounds.js';
import type { Planning } from '../../../src/plan/search/candidate.js';

/** Requests of `cpuMs` of computing and `ioMs` of waiting at a rate, on some cores. */
const planning = (cores: number, rate: number, cpuMs: number, ioMs: number, gil = false): Planning =>
  ({
    profile: {
      cores,
      server: { gil },
      workload: { ratePerSecond: rate },
      objective: { maxUtilization: null },
    },
    demand: { cpuMs, ioMs, serviceMs: cpuMs + ioMs, load: (rate * (cpuMs + ioMs)) / 1000 },
  }) as unknown as Planning;

test.each([
  [1, 50],
  [1, 90],
  [4, 200],
  [4, 380],
  [4, 396],
  [16, 1500],
])(
  'on %d cores at %d/s fewer than one request in a million waits for a slot beyond the useful ones',
  (cores, rate) => {
    const slots = usefulSlots(planning(cores, rate, 10, 0));
    // In M/M/c the number present is at least n ≥ c with probability C·ρ^(n − c).
    const load = rate / 100;
    expect(erlangC(cores, load) * (load / cores) ** (slots - cores)).toBeLessThan(1e-6);
  },
);

test.each([
  // 3·load + 12·√load + 16, and 14/idle − 14 for those that pile up at busy cores.
  [4, 200, 10, 0, Math.ceil(3 * 2 + 12 * Math.SQRT2 + 16 + 14)],
  [4, 360, 10, 0, Math.ceil(3 * 3.6 + 12 * Math.sqrt(3.6) + 16 + 126)],
  [4, 100, 10, 90, Math.ceil(3 * 10 + 12 * Math.sqrt(10) + 16 + 14 / 0.75 - 14)],
])(
  'on %d cores at %d/s of %d + %d ms they are as many as the bound says',
  (cores, rate, cpuMs, ioMs, slots) => {
    expect(usefulSlots(planning(cores, rate, cpuMs, ioMs))).toBe(slots);
  },
);

test('processes under an interpreter lock use no more cores than there are processes', () => {
  const asked = planning(4, 90, 10, 0, true);
  expect(usefulSlots(asked, 1)).toBe(Math.ceil(3 * 0.9 + 12 * Math.sqrt(0.9) + 16 + 126));
  expect(usefulSlots(asked, 1)).toBeGreaterThan(usefulSlots(asked, 4));
});
