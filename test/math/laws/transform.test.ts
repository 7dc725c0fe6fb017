import { describe, expect, it } from 'vitest';
import { transformComplement } from '../../../src/math/laws/transform.js';
import type { Law } from '../../../src/math/queues/index.js';
import { expectClose } from '../fixture-cases.js';

/** 1 − E e^{−sX} at s = re + i·im; mpmath 1.3, 30 digits. */
const REFERENCE: readonly [Law, [number, number], [number, number]][] = [
  [{ kind: 'deterministic', mean: 2 }, [1, 2], [1.08846104456538, -0.102422080056673]],
  [{ kind: 'exponential', mean: 2 }, [1, 2], [0.88, 0.16]],
  [{ kind: 'erlang', mean: 2, stages: 3 }, [1, 2], [1.0450515807954, 0.0924536788496974]],
  [{ kind: 'gamma', mean: 2, cv: 1.4 }, [1, 2], [0.720441203370445, 0.158395664092887]],
  [{ kind: 'hyperexponential', mean: 2, cv: 1.7 }, [1, 2], [0.81559972831633, 0.202760667431752]],
  [{ kind: 'lognormal', mean: 1, cv: 2 }, [0.5, 2], [0.60859577067684, 0.340680194053966]],
  [{ kind: 'lognormal', mean: 1, cv: 2 }, [3, -40], [1.02167277858535, -0.0191870944146407]],
  [{ kind: 'lognormal', mean: 1, cv: 2 }, [1e-3, 1e-3], [9.99960663778055e-4, 9.9504148125935e-4]],
  [{ kind: 'lognormal', mean: 2, cv: 0.3 }, [1, 5], [0.992383407298249, 0.019384866459211]],
  [{ kind: 'lognormal', mean: 1, cv: 0.8 }, [0.01, 300], [0.999999997670731, -1.13687050271297e-8]],
  [{ kind: 'lognormal', mean: 1, cv: 1.5 }, [11, 0], [0.937984377287961, 0]],
  [
    { kind: 'empirical', quantiles: [0.1, 0.5, 1, 4] },
    [0.02, -0.05],
    [0.0261852300053304, -0.0565337786813677],
  ],
  [{ kind: 'empirical', quantiles: [0.1, 0.5, 1, 4] }, [1, 2], [0.796808707535981, 0.283269143873214]],
  [{ kind: 'empirical', quantiles: [0.1, 0.5, 1, 4] }, [3, -40], [0.987774956382399, 0.0109232281494686]],
  [
    { kind: 'empirical', quantiles: [1, 1.0001, 3] },
    [0.02, -0.05],
    [0.0326708592411495, -0.0722804837829591],
  ],
  [{ kind: 'empirical', quantiles: [1, 1.0001, 3] }, [1, 2], [1.12144435321301, 0.164562963512719]],
  [{ kind: 'empirical', quantiles: [1, 1.0001, 3] }, [2, 5], [0.974433952855128, -0.0654030640436023]],
];

const CYCLIC: Law = {
  kind: 'phase-type',
  alpha: [0.2, 0.5, 0.3],
  generator: [
    [-3, 1, 1],
    [2, -5, 1],
    [1, 2, -4],
  ],
};

describe('transforms of laws', () => {
  it.each([
    ...REFERENCE,
    [CYCLIC, [1, 2], [0.660528525838418, 0.275202956161469]] as const,
    [CYCLIC, [1e-3, -0.5], [0.128150335809779, -0.327131126026254]] as const,
  ])('%j at %j', (law, [re, im], want) => {
    const got = transformComplement(law)({ re, im });
    const size = Math.hypot(...want);
    expect(Math.hypot(got.re - want[0], got.im - want[1]) / size).toBeLessThan(2e-13);
    // of a real law: conjugate at the conjugate
    const mirrored = transformComplement(law)({ re, im: -im });
    expectClose(mirrored.re, got.re, 1e-13, 're');
    expectClose(mirrored.im, -got.im, 1e-12, 'im');
  });

  it('is 0 at 0, exactly', () => {
    for (const [law] of REFERENCE) {
      const { re, im } = transformComplement(law)({ re: 0, im: 0 });
      expect(Math.abs(re) + Math.abs(im)).toBe(0);
    }
  });

  it('is that of equal quantiles where all are equal: one value', () => {
    const point = transformComplement({ kind: 'deterministic', mean: 2 });
    const same = transformComplement({ kind: 'empirical', quantiles: [2, 2, 2] });
    for (const s of [
      { re: 0.01, im: 0.1 },
      { re: 1, im: 2 },
    ]) {
      expectClose(same(s).re, point(s).re, 1e-14, 're');
      expectClose(same(s).im, point(s).im, 1e-14, 'im');
    }
  });

  it('of phases that need not follow in order is that of the same phases in order', () => {
    const inOrder = transformComplement({
      kind: 'phase-type',
      alpha: [1, 0],
      generator: [
        [-2, 1],
        [0, -5],
      ],
    });
    const turned = transformComplement({
      kind: 'phase-type',
      alpha: [0, 1],
      generator: [
        [-5, 0],
        [1, -2],
      ],
    });
    const s = { re: 0.3, im: 4 };
    expectClose(turned(s).re, inOrder(s).re, 1e-15, 're');
    expectClose(turned(s).im, inOrder(s).im, 1e-15, 'im');
  });
});
