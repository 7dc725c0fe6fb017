import { SourceError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import { shapeCv, withMean } from '../../input/laws/distribution.js';
import type { SampledLaw } from '../../input/laws/sampled-law.js';
import type { Law } from '../../math/laws/law.js';
import { lawMean } from '../../math/laws/moments.js';

/** A law whose mean may still have to be fitted to what was typed. */
export interface ShapedLaw {
  readonly cv: number;
  /** Mean of measured values, null where the law is a mere shape. */
  readonly ownMeanMs: number | null;
  withMean(meanMs: number): Law;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** The law that an option names; measured values are read from their file. */
export function lawOf(law: SampledLaw, host: Host): ShapedLaw {
  if (law.kind !== 'empirical')
    return { cv: shapeCv(law), ownMeanMs: null, withMean: (meanMs) => withMean(law, meanMs) };
  const quantiles = readValues(law.path, host).sort((a, b) => a - b);
  const own = lawMean({ kind: 'empirical', quantiles });
  const variance = quantiles.reduce((sum, value) => sum + (value - own) ** 2, 0) / quantiles.length;
  return {
    cv: own > 0 ? Math.sqrt(variance) / own : 0,
    ownMeanMs: own,
    withMean: (meanMs) => ({
      kind: 'empirical',
      quantiles: own > 0 ? quantiles.map((value) => (value * meanMs) / own) : quantiles,
    }),
  };
}

function readValues(path: string, host: Host): number[] {
  const values: number[] = [];
  host.files
    .readText(path, MOST_BYTES)
    .split('\n')
    .forEach((line, n) => {
      const text = line.trim();
      if (text === '' || text.startsWith('#')) return;
      const value = Number(text);
      if (!(value >= 0 && value <= 1e15))
        throw new SourceError(
          `${path}:${n + 1}: must be a number of ms, 0 or more, got "${text.slice(0, 40)}"`,
        );
      values.push(value);
    });
  if (values.length < 2)
    throw new SourceError(`${path}: holds ${values.length} values; at least two are needed`);
  return values;
}
