const twiddles = new Map<number, { readonly cos: Float64Array; readonly sin: Float64Array }>();

function twiddle(size: number) {
  let table = twiddles.get(size);
  if (!table) {
    const half = size / 2;
    table = { cos: new Float64Array(half), sin: new Float64Array(half) };
    for (let i = 0; i < half; i++) {
      table.cos[i] = Math.cos((2 * Math.PI * i) / size);
      table.sin[i] = -Math.sin((2 * Math.PI * i) / size);
    }
    twiddles.set(size, table);
  }
  return table;
}

/** In-place fast Fourier transform (radix 2; the length is a power of two), e^{−2πijk/n} without scaling. */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const a = re[i]!;
      re[i] = re[j]!;
      re[j] = a;
      const b = im[i]!;
      im[i] = im[j]!;
      im[j] = b;
    }
  }
  const { cos, sin } = twiddle(n);
  for (let width = 2; width <= n; width <<= 1) {
    const half = width >> 1;
    const stride = n / width;
    for (let start = 0; start < n; start += width) {
      for (let k = 0, t = 0; k < half; k++, t += stride) {
        const p = start + k;
        const q = p + half;
        const xr = re[q]! * cos[t]! - im[q]! * sin[t]!;
        const xi = re[q]! * sin[t]! + im[q]! * cos[t]!;
        re[q] = re[p]! - xr;
        im[q] = im[p]! - xi;
        re[p] = re[p]! + xr;
        im[p] = im[p]! + xi;
      }
    }
  }
}
