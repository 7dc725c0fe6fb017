/**
 * Discrete Fourier transform in place, X_k = Σ_n x_n e^{−2πikn/N} (or with e^{+…}, unscaled, when `inverse`).
 * The length is a power of two. Radix 2, decimation in time (Cooley and Tukey 1965).
 */
export function fft(re: Float64Array, im: Float64Array, inverse = false): void {
  const size = re.length;
  reverseBits(re, im);
  const [cosines, sines] = twiddles(size);
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let k = 0; k < half; k += 1) {
        const wr = cosines[k * stride]!;
        const wi = inverse ? sines[k * stride]! : -sines[k * stride]!;
        const low = start + k;
        const high = low + half;
        const xr = re[high]! * wr - im[high]! * wi;
        const xi = re[high]! * wi + im[high]! * wr;
        re[high] = re[low]! - xr;
        im[high] = im[low]! - xi;
        re[low] = re[low]! + xr;
        im[low] = im[low]! + xi;
      }
    }
  }
}

/** cos and sin of 2πk/N for k < N/2. */
function twiddles(size: number): [Float64Array, Float64Array] {
  const cosines = new Float64Array(size / 2);
  const sines = new Float64Array(size / 2);
  for (let k = 0; k < size / 2; k += 1) {
    cosines[k] = Math.cos((2 * Math.PI * k) / size);
    sines[k] = Math.sin((2 * Math.PI * k) / size);
  }
  return [cosines, sines];
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
}
