import { log1pMinus } from '../../numeric/exponentials.js';
import { findRoot } from '../../numeric/roots.js';
import { fft } from '../../transform/fft.js';

/** The queue (customers waiting, not those in service) of M/D/c at a random instant. */
export interface DeterministicQueue {
  readonly waitProbability: number;
  readonly meanLength: number;
  /** 1/(geometric ratio) of the tail: P(L > i + 1) ≈ P(L > i)/growth far out. */
  readonly growth: number;
  /** P(L > i), i ≥ 0. */
  tail(i: number): number;
}

/**
 * Queue length of M/D/c, exact but for rounding, at a cost of order √servers for any utilisation below 1.
 *
 * Spitzer's identity (1956) gives E z^L = exp Σ_{j≥1} ℓ_j (z^j − 1) with ℓ_j = Σ_n P(A_n = cn + j)/n, A_n Poisson
 * with mean ncρ; that is, ℓ_j are the coefficients of −ln(1 − e^{cρ(z−1)} z^{−c}) on a circle between its zeros z
 * = 1 and z₀ > 1. They are found by one FFT on the circle |z| = 1/ρ, the saddle point, where the exponent is −c(ρ
 * − 1 − ln ρ + 1 − cos φ) + ic(sin φ − φ) and nothing cancels. Near ρ = 1 both zeros crowd the circle: there they
 * are divided out, and the geometric law that the outer one stands for is put back in closed form.
 *
 * @param servers c, a whole number ≥ 1
 * @param utilization ρ, 0 < ρ < 1
 */
export function deterministicQueue(servers: number, utilization: number): DeterministicQueue {
  // ρ − 1 − ln ρ = x − 1 − ln x has, besides ρ, the solution x = ρ z₀ > 1.
  const rate = utilization < 0.1 ? utilization - 1 - Math.log(utilization) : -log1pMinus(utilization - 1);
  const conjugate = 1 + conjugateExcess(rate);
  const growth = conjugate / utilization;
  const nearCritical = utilization > 0.9 && servers * (1 - utilization) ** 2 < 4;
  const size = circleSize(servers, nearCritical ? 1 : 1 - utilization);
  const factors = ladderCoefficients(servers, utilization, rate, nearCritical ? conjugate : Infinity, size);

  let waitExponent = factors[0]!;
  let meanLength = 0;
  let power = 1;
  const half = size / 2;
  for (let j = 1; j < half; j += 1) {
    power *= utilization;
    waitExponent += factors[j]! * power;
    meanLength += j * factors[j]! * power;
  }
  const lengths = lengthProbabilities(factors, utilization, nearCritical ? 1e-14 : 1e-9);
  if (!nearCritical) {
    return {
      waitProbability: -Math.expm1(-waitExponent),
      meanLength,
      growth,
      tail: tailOf(lengths, growth),
    };
  }
  const geometric = (conjugate - utilization) / conjugate; // 1 − 1/z₀
  return {
    waitProbability: 1 - geometric * Math.exp(-waitExponent),
    meanLength: meanLength + utilization / (conjugate - utilization),
    growth,
    tail: tailOf(withGeometric(lengths, geometric), growth),
  };
}

/** u > 0 with u − ln(1 + u) = rate. */
function conjugateExcess(rate: number): number {
  const guess = Math.sqrt(2 * rate);
  return findRoot((u) => -log1pMinus(u) - rate, guess, 2 * guess + 2 * rate + 1, 1e-16);
}

/** Points on the circle for aliasing below rounding, given the distance of the nearest zero that is kept. */
function circleSize(servers: number, gap: number): number {
  const needed = Math.max(256, 40 * Math.sqrt(servers), 80 / gap);
  return 2 ** Math.ceil(Math.log2(needed));
}

/** ℓ_j ρ^{−j} at index j ≥ 0 of the array (ℓ_0 included); the zeros 1 and x/ρ are divided out where x is finite. */
function ladderCoefficients(
  servers: number,
  utilization: number,
  rate: number,
  conjugate: number,
  size: number,
): Float64Array {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let m = 0; m <= size / 2; m += 1) {
    const angle = (2 * Math.PI * m) / size;
    const exponentRe = -servers * (rate + 2 * Math.sin(angle / 2) ** 2);
    const exponentIm = servers * (Math.sin(angle) - angle);
    const modulus = Math.exp(exponentRe);
    const [waveRe, waveIm] = [modulus * Math.cos(exponentIm), modulus * Math.sin(exponentIm)];
    if (exponentRe < -1) {
      re[m] = -0.5 * Math.log1p(modulus * modulus - 2 * waveRe);
      im[m] = Math.atan2(waveIm, 1 - waveRe);
    } else {
      const gapRe = 2 * modulus * Math.sin(exponentIm / 2) ** 2 - Math.expm1(exponentRe);
      re[m] = -Math.log(Math.hypot(gapRe, waveIm));
      im[m] = Math.atan2(waveIm, gapRe);
    }
    if (conjugate < Infinity) {
      for (const [radius, sign] of [[utilization, -1] as const, [1 / conjugate, 1] as const]) {
        const gapRe = 1 - radius + 2 * radius * Math.sin(angle / 2) ** 2;
        const gapIm = -sign * radius * Math.sin(angle);
        re[m]! += Math.log(Math.hypot(gapRe, gapIm));
        im[m]! += Math.atan2(gapIm, gapRe);
      }
    }
    if (m > 0 && m < size / 2) {
      re[size - m] = re[m]!;
      im[size - m] = -im[m]!;
    }
  }
  fft(re, im);
  return re.map((value) => value / size);
}

/** P(L = i) from ℓ_j ρ^{−j}, by evaluating the exponential on the circle. */
function lengthProbabilities(factors: Float64Array, utilization: number, floor: number): Float64Array {
  const size = factors.length;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  let norm = 0;
  for (let j = 1, power = 1; j < size / 2; j += 1) {
    power *= utilization;
    re[j] = factors[j]!;
    norm += factors[j]! * power;
  }
  fft(im, re);
  for (let m = 0; m < size; m += 1) {
    const radius = Math.exp(re[m]! - norm) / size;
    [re[m], im[m]] = [radius * Math.cos(im[m]!), radius * Math.sin(im[m]!)];
  }
  fft(re, im);
  return keepSignificant(re, utilization, floor);
}

/** Undoes the scaling by ρ^{−i}, up to where rounding takes over. */
function keepSignificant(scaled: Float64Array, utilization: number, floor: number): Float64Array {
  let last = scaled.length / 2 - 1;
  const least = floor * scaled.subarray(1).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  while (last > 1 && Math.abs(scaled[last]!) <= least) last -= 1;
  let power = 1;
  return scaled.slice(0, last + 1).map((value) => {
    const unscaled = value * power;
    power *= utilization;
    return unscaled;
  });
}

/** Adds an independent geometric variable, P(G = i) = g(1 − g)ⁱ. */
function withGeometric(lengths: Float64Array, g: number): Float64Array {
  let sum = 0;
  return lengths.map((probability) => {
    sum = sum * (1 - g) + g * probability;
    return sum;
  });
}

/** P(L > i), summed from the far end; beyond the last probability it falls geometrically. */
function tailOf(lengths: Float64Array, growth: number): (i: number) => number {
  const last = lengths.length - 1;
  const tails = new Float64Array(last + 1);
  tails[last] = lengths[last]! / (growth - 1);
  for (let i = last; i > 0; i -= 1) tails[i - 1] = tails[i]! + Math.max(0, lengths[i]!);
  return (i) => {
    if (i < 0) return 1;
    return i <= last ? tails[i]! : tails[last]! * growth ** (last - i);
  };
}
