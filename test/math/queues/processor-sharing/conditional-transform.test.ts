import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../../src/math/numeric/gauss-legendre.js';
import { type Law, mg1 } from '../../../../src/math/queues/index.js';
import {
  erlangPhases,
  hyperexponentialPhases,
  type PhaseType,
} from '../../../../src/math/queues/phase-type/phase-type.js';
import {
  deterministicDelay,
  phaseTypeConditional,
} from '../../../../src/math/queues/processor-sharing/conditional-transform.js';
import { type Complex, complex } from '../../../../src/math/transform/complex.js';
import { type Case, casesOf, expectClose } from '../../fixture-cases.js';

interface Inputs {
  readonly lambda: number;
  readonly dist?: string;
  readonly job_size?: number;
}

const phases: Readonly<Record<string, PhaseType>> = {
  exponential: erlangPhases(1, 1),
  erlang2: erlangPhases(1, 2),
  'h2-balanced-scv4': hyperexponentialPhases(1, 2),
};

/** Mean and variance from a transform E e^{−sX}: Taylor coefficients of its logarithm, by Cauchy's integral on a circle. */
function cumulants(transform: (s: Complex) => Complex, radius: number): { mean: number; variance: number } {
  const points = 16;
  let [first, second] = [0, 0];
  for (let k = 0; k < points; k += 1) {
    const angle = (2 * Math.PI * (k + 0.5)) / points;
    const { re, im } = transform(complex(radius * Math.cos(angle), radius * Math.sin(angle)));
    const [logRe, logIm] = [Math.log(Math.hypot(re, im)), Math.atan2(im, re)];
    first += logRe * Math.cos(angle) + logIm * Math.sin(angle);
    second += logRe * Math.cos(2 * angle) + logIm * Math.sin(2 * angle);
  }
  return { mean: -first / (points * radius), variance: (2 * second) / (points * radius ** 2) };
}

const conditional = (rate: number, utilization: number, law: PhaseType, size: number) => {
  const at = phaseTypeConditional(rate, utilization, law);
  const lengths = { length: Float64Array.of(size), mass: Float64Array.of(1) };
  return (s: Complex) => at(s)(lengths);
};

/** Var V(x) = 2/(1 − ρ)²·∫₀ˣ(x − u)P(W > u)du, W the wait of M/G/1 served in order (Yashkov 1987, section 2). */
function varianceOf(rate: number, service: Law, utilization: number, size: number): number {
  const { tail } = mg1({ arrivalRate: rate, service }).wait!;
  let sum = 0;
  const panels = 8;
  for (let n = 0; n < panels; n += 1)
    for (const { node, weight } of gaussLegendre(12)) {
      const u = (size * (n + (node + 1) / 2)) / panels;
      sum += ((size * weight) / (2 * panels)) * (size - u) * tail(u);
    }
  return (2 * sum) / (1 - utilization) ** 2;
}

describe('the sojourn of a service of given length in M/G/1-PS', () => {
  it.each(
    casesOf<Inputs>('mg1-ps').filter(
      ({ inputs }: Case<Inputs>) => phases[inputs.dist ?? ''] && inputs.job_size !== undefined,
    ),
  )('has mean and variance of $id', ({ inputs, expected }) => {
    const mean = expected.E_T_given_x!;
    const found = cumulants(
      conditional(inputs.lambda, inputs.lambda, phases[inputs.dist!]!, inputs.job_size!),
      Math.min(0.3 / mean, 0.02),
    );
    expectClose(found.mean, mean, 1e-8, 'mean');
    expectClose(found.variance, expected.Var_T_given_x, 1e-5, 'variance');
  });

  it('has the variance of Yashkov, whatever the phases and the unit of time', () => {
    const laws: readonly PhaseType[] = [
      erlangPhases(2, 3),
      hyperexponentialPhases(2, 1.3),
      {
        alpha: [0.2, 0.5, 0.3],
        generator: [
          [-3, 1, 1],
          [2, -5, 1],
          [1, 2, -4],
        ],
      },
    ];
    for (const law of laws)
      for (const size of [0.5, 4]) {
        const service: Law = { kind: 'phase-type', ...law };
        const serviceMean = mg1({ arrivalRate: 1e-9, service }).sojourn!.mean;
        const utilization = 0.6;
        const rate = utilization / serviceMean;
        const found = cumulants(conditional(rate, utilization, law, size), 0.02);
        expectClose(found.mean, size / (1 - utilization), 1e-7, 'mean');
        expectClose(found.variance, varianceOf(rate, service, utilization, size), 1e-5, 'variance');
      }
  });

  it('is a mean over lengths, weighted by their masses', () => {
    const at = phaseTypeConditional(0.5, 0.5, erlangPhases(1, 2));
    const one = (size: number) => at(s)({ length: Float64Array.of(size), mass: Float64Array.of(1) });
    const s = complex(0.3, 2);
    const both = at(s)({ length: Float64Array.of(1, 3), mass: Float64Array.of(0.2, 0.5) });
    expectClose(both.re, 0.2 * one(1).re + 0.5 * one(3).re, 1e-13, 're');
    expectClose(both.im, 0.2 * one(1).im + 0.5 * one(3).im, 1e-13, 'im');
    const long = at(s)({ length: Float64Array.of(2000), mass: Float64Array.of(1) });
    expect(Math.hypot(long.re, long.im)).toBeLessThan(1e-200);
  });

  it('finds the same roots from any point asked before', () => {
    const fresh = conditional(0.4, 0.8, erlangPhases(2, 5), 1.5);
    const used = conditional(0.4, 0.8, erlangPhases(2, 5), 1.5);
    for (const im of [0, 1, 50, 1000, 0.2]) used(complex(1, im));
    const s = complex(0.7, 3);
    expectClose(used(s).re, fresh(s).re, 1e-11, 're');
    expectClose(used(s).im, fresh(s).im, 1e-11, 'im');
  });
});

describe('the delay of M/D/1-PS', () => {
  it('has mean and variance, in any unit of time', () => {
    for (const [rate, size] of [
      [0.5, 1],
      [0.8, 1],
      [0.03, 20],
    ] as const) {
      const utilization = rate * size;
      const found = cumulants(deterministicDelay(rate, utilization, size), (0.05 * (1 - utilization)) / size);
      expectClose(found.mean, size / (1 - utilization) - size, 1e-8, 'mean');
      const variance = varianceOf(rate, { kind: 'deterministic', mean: size }, utilization, size);
      expectClose(found.variance, variance, 1e-6, 'variance');
    }
  });

  it('is none where nobody else is there: with probability (1 − ρ)e^{−λD}', () => {
    const { re, im } = deterministicDelay(0.5, 0.5, 1)(complex(1e9, 1e3));
    expectClose(re, 0.5 * Math.exp(-0.5), 1e-6, 'atom');
    expect(Math.abs(im)).toBeLessThan(1e-6);
  });
});
