import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { transformComplement } from '../../laws/transform.js';
import { add, type Complex, complex, divide, multiply, scale } from '../../transform/complex.js';
import { invertedDurations } from '../../transform/inverted-durations.js';
import { durationsOf, shifted } from '../durations.js';
import type { Durations } from '../result.js';
import { afterNearlyConstant, bendingCv, bendNear, floorOf } from '../single-server/mg1-inverted.js';
import { definiteLaw } from '../two-moment.js';

/**
 * P(W > t) = waitProbability·(share·e^{−slow·t} + (1 − share)·e^{−fast·t}); the share of the slow one may exceed
 * 1.
 */
export interface TwoExponentials {
  readonly waitProbability: number;
  readonly mean: number;
  readonly share: number;
  readonly slow: number;
  readonly fast: number;
}

/**
 * The wait with given probability and mean, the right rate of decay θ, and the right hazard h at 0 (the
 * level-crossing rate: cμ − λ for Poisson arrivals, cμ(1 − σ) for others). Exact for M/M/c, GI/M/c, M/H₂/1 and
 * M/E₂/1; one exponential where θ and mean leave no room for two.
 */
export function twoExponentials(
  waitProbability: number,
  mean: number,
  decay: number,
  hazard: number,
): TwoExponentials {
  const ifWaiting = waitProbability > 0 ? mean / waitProbability : 0;
  const single = { waitProbability, mean, share: 1, slow: 1 / ifWaiting, fast: 1 / ifWaiting };
  const surplus = ifWaiting * decay - 1;
  if (!(ifWaiting > 0) || !Number.isFinite(decay) || Math.abs(surplus) < 1e-9) return single;
  const fast = (decay - hazard) / surplus;
  if (!(fast > decay * (1 + 1e-9)) || !Number.isFinite(fast)) return single;
  const share = (hazard - fast) / (decay - fast);
  if (!(share > 0)) return single;
  return { waitProbability, mean, share, slow: decay, fast };
}

export function twoExponentialWait(law: TwoExponentials): Durations {
  const { waitProbability, mean, share, slow, fast } = law;
  const tail = (t: number) => {
    if (t < 0) return 1;
    if (waitProbability === 0 || mean === 0) return 0;
    return waitProbability * (share * Math.exp(-slow * t) + (1 - share) * Math.exp(-fast * t));
  };
  return durationsOf(mean, tail);
}

/** Wait plus a service of the real law, by inversion of the product of transforms. */
export function twoExponentialSojourn(law: TwoExponentials, service: Law): Durations {
  const given = definiteLaw(service);
  const serviceMean = lawMean(given);
  const wait = twoExponentialWait(law);
  const mean = law.mean + serviceMean;
  if (given.kind === 'deterministic') return shifted(wait, serviceMean);
  const cv = bendingCv(given);
  if (lawCv(given) < cv) return afterNearlyConstant(wait, given);
  const complement = transformComplement(given);
  const transform = (s: Complex): Complex => {
    const waiting = waitingTransform(law, s); // ∫e^{−st}P(W > t)dt = (1 − W*(s))/s
    const serving = divide(complement(s), s);
    // (1 − W*B*)/s = (1 − B*)/s + B*·(1 − W*)/s
    return add(serving, multiply(add(complex(1), scale(complement(s), -1)), waiting));
  };
  return invertedDurations({
    transform,
    mean,
    atZero: 1,
    bend: (t) => bendNear(t / serviceMean, cv) * serviceMean,
    floor: floorOf(given),
  });
}

function waitingTransform(law: TwoExponentials, s: Complex): Complex {
  if (law.waitProbability === 0 || law.mean === 0) return complex(0);
  const slow = divide(complex(law.share), complex(s.re + law.slow, s.im));
  const fast = divide(complex(1 - law.share), complex(s.re + law.fast, s.im));
  return scale(add(slow, fast), law.waitProbability);
}
