import fc from 'fast-check';
import { expect, test } from 'vitest';
import { massesOf, multiply, spectrumOf } from '../../../src/math/convolution/convolution.js';

const sequence = (cells: number) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: cells, maxLength: cells })
    .map((values) => Float64Array.from(values));

const anyCells = fc.constantFrom(2, 4, 8, 64, 256);

test('a spectrum is the discrete Fourier transform of the padded sequence, term by term', () => {
  fc.assert(
    fc.property(sequence(16), (values) => {
      const { re, im } = spectrumOf(values);
      for (let k = 0; k <= 16; k++) {
        let [x, y] = [0, 0];
        values.forEach((value, j) => {
          x += value * Math.cos((2 * Math.PI * j * k) / 32);
          y -= value * Math.sin((2 * Math.PI * j * k) / 32);
        });
        expect(re[k]).toBeCloseTo(x, 10);
        expect(im[k]).toBeCloseTo(y, 10);
      }
    }),
    { seed: 6, numRuns: 30 },
  );
});

test('there and back gives the sequence', () => {
  fc.assert(
    fc.property(anyCells.chain(sequence), (values) => {
      massesOf(spectrumOf(values)).forEach((value, j) => {
        expect(value).toBeCloseTo(values[j]!, 12);
      });
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('a product of spectra is the convolution, cut at the last cell', () => {
  fc.assert(
    fc.property(sequence(32), sequence(32), (a, b) => {
      const sum = massesOf(multiply(spectrumOf(a), spectrumOf(b)));
      for (let n = 0; n < 32; n++) {
        let exact = 0;
        for (let j = 0; j <= n; j++) exact += a[j]! * b[n - j]!;
        expect(sum[n]).toBeCloseTo(exact, 11);
      }
    }),
    { seed: 8, numRuns: 60 },
  );
});
