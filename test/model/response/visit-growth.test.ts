import { expect, test } from 'vitest';
import { visitGrowth } from '../../../src/model/response/visit-growth.js';

test('one visit for all of the CPU grows by nothing, however near to saturation', () => {
  const visit = { meanMs: 100, squareMs2: 4_010_000, ownShare: 1, serverMs: 0, atOnce: false };
  for (const idle of [0.5, 1e-3, 1e-6, 1e-9, 1e-11, 1e-12, 1e-13])
    expect(visitGrowth([visit], 1 - idle, 0, true).apart, `idle ${idle}`).toBeCloseTo(1, 6);
});
