import { fft, twiddlesOf } from '../transform/fft.js';

/**
 * Spectrum of a real sequence of `cells` values (a power of two) that is padded with as many zeros, so that a product
 * of two spectra is their convolution. Its bins 0 … cells are kept; the others are their conjugates.
 */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Spectrum of a real sequence by one complex transform of its own length: even places as real, odd ones as imaginary
 * parts (J. W. Cooley, P. A. W. Lewis, P. D. Welch, “The fast Fourier transform algorithm”, 1970, procedure 2).
 */
export function spectrumOf(sequence: Float64Array): Spectrum {
  const cells = sequence.length;
  const re = new Float64Array(cells + 1);
  const im = new Float64Array(cells + 1);
  const zRe = re.subarray(0, cells);
  const zIm = im.subarray(0, cells);
  for (let j = 0; 2 * j < cells; j++) {
    zRe[j] = sequence[2 * j]!;
    zIm[j] = sequence[2 * j + 1]!;
  }
  fft(zRe, zIm);
  const { cos, sin } = twiddlesOf(2 * cells);
  re[cells] = re[0]! - im[0]!;
  im[cells] = 0;
  re[0] = re[0]! + im[0]!;
  im[0] = 0;
  for (let k = 1; 2 * k <= cells; k++) {
    const m = cells - k;
    const evenRe = (re[k]! + re[m]!) / 2;
    const evenIm = (im[k]! - im[m]!) / 2;
    const oddRe = (im[k]! + im[m]!) / 2;
    const oddIm = (re[m]! - re[k]!) / 2;
    const turnedRe = oddRe * cos[k]! - oddIm * sin[k]!;
    const turnedIm = oddRe * sin[k]! + oddIm * cos[k]!;
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[m] = evenRe - turnedRe;
    im[m] = turnedIm - evenIm;
  }
  return { re, im };
}

/** The first `cells` values of the sequence with this spectrum, negative rounding dust taken as 0. Overwrites the spectrum. */
export function massesOf({ re, im }: Spectrum): Float64Array {
  const cells = re.length - 1;
  const { cos, sin } = twiddlesOf(2 * cells);
  const zRe = re.subarray(0, cells);
  const zIm = im.subarray(0, cells);
  const first = re[0]!;
  const last = re[cells]!;
  // The conjugate of the packed spectrum, so that the forward transform is the inverse one.
  for (let k = 1; 2 * k <= cells; k++) {
    const m = cells - k;
    const evenRe = (re[k]! + re[m]!) / 2;
    const evenIm = (im[k]! - im[m]!) / 2;
    const differenceRe = (re[k]! - re[m]!) / 2;
    const differenceIm = (im[k]! + im[m]!) / 2;
    const oddRe = differenceRe * cos[k]! + differenceIm * sin[k]!;
    const oddIm = differenceIm * cos[k]! - differenceRe * sin[k]!;
    re[k] = evenRe - oddIm;
    im[k] = -(evenIm + oddRe);
    re[m] = evenRe + oddIm;
    im[m] = evenIm - oddRe;
  }
  zRe[0] = (first + last) / 2;
  zIm[0] = -(first - last) / 2;
  fft(zRe, zIm);
  const masses = new Float64Array(cells);
  for (let j = 0; 2 * j < cells; j++) {
    masses[2 * j] = Math.max(0, zRe[j]! / cells);
    masses[2 * j + 1] = Math.max(0, -zIm[j]! / cells);
  }
  return masses;
}

/** Multiplies `spectrum` by another, in place: the spectrum of the convolution. */
export function multiply(spectrum: Spectrum, by: Spectrum): Spectrum {
  const { re, im } = spectrum;
  for (let k = 0; k < re.length; k++) {
    const real = re[k]! * by.re[k]! - im[k]! * by.im[k]!;
    im[k] = re[k]! * by.im[k]! + im[k]! * by.re[k]!;
    re[k] = real;
  }
  return spectrum;
}
