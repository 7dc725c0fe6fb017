/** e^{−2πik/size}, k = 0 … size/2 − 1. */
export interface Twiddles {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

const twiddlesBySize = new Map<number, Twiddles>();

export function twiddlesOf(size: number): Twiddles {
  let twiddles = twiddlesBySize.get(size);
  if (!twiddles) {
    const angles = Array.from({ length: size / 2 }, (_, k) => (2 * Math.PI * k) / size);
    twiddles = {
      cos: Float64Array.from(angles, Math.cos),
      sin: Float64Array.from(angles, (a) => -Math.sin(a)),
    };
    twiddlesBySize.set(size, twiddles);
  }
  return twiddles;
}

interface Plan extends Twiddles {
  /** Places to exchange, in pairs, so that they come in bit-reversed order. */
  readonly swaps: Int32Array;
}

const plans = new Map<number, Plan>();

function planFor(size: number): Plan {
  let plan = plans.get(size);
  if (!plan) {
    plan = { swaps: reversals(size), ...twiddlesOf(size) };
    plans.set(size, plan);
  }
  return plan;
}

function reversals(size: number): Int32Array {
  const swaps: number[] = [];
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) swaps.push(i, j);
  }
  return Int32Array.from(swaps);
}

/**
 * Discrete Fourier transform in place, X_k = Σ_n x_n e^{−2πikn/N}; the length is a power of two. Radix 2, decimation in time
 * (Cooley and Tukey 1965). With `re` and `im` exchanged it is the inverse transform, unscaled.
 */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  const { swaps, cos, sin } = planFor(n);
  for (let s = 0; s < swaps.length; s += 2) {
    const i = swaps[s]!;
    const j = swaps[s + 1]!;
    const a = re[i]!;
    re[i] = re[j]!;
    re[j] = a;
    const b = im[i]!;
    im[i] = im[j]!;
    im[j] = b;
  }
  if (n >= 4) firstTwoPasses(re, im);
  for (let width = n >= 4 ? 8 : 2; width <= n; width <<= 1) {
    const half = width >> 1;
    const stride = n / width;
    for (let start = 0; start < n; start += width) {
      for (let k = 0, t = 0; k < half; k++, t += stride) {
        const p = start + k;
        const q = p + half;
        const xr = re[q]! * cos[t]! - im[q]! * sin[t]!;
        const xi = re[q]! * sin[t]! + im[q]! * cos[t]!;
        const ur = re[p]!;
        const ui = im[p]!;
        re[q] = ur - xr;
        im[q] = ui - xi;
        re[p] = ur + xr;
        im[p] = ui + xi;
      }
    }
  }
}

/** Butterflies of widths 2 and 4, whose twiddles are 1 and −i, without a multiplication. */
function firstTwoPasses(re: Float64Array, im: Float64Array): void {
  for (let p = 0; p + 3 < re.length; p += 4) {
    const ar = re[p]! + re[p + 1]!;
    const ai = im[p]! + im[p + 1]!;
    const br = re[p]! - re[p + 1]!;
    const bi = im[p]! - im[p + 1]!;
    const cr = re[p + 2]! + re[p + 3]!;
    const ci = im[p + 2]! + im[p + 3]!;
    const dr = re[p + 2]! - re[p + 3]!;
    const di = im[p + 2]! - im[p + 3]!;
    re[p] = ar + cr;
    im[p] = ai + ci;
    re[p + 1] = br + di;
    im[p + 1] = bi - dr;
    re[p + 2] = ar - cr;
    im[p + 2] = ai - ci;
    re[p + 3] = br - di;
    im[p + 3] = bi + dr;
  }
}
