import type { OptionType } from '../option.js';
import { type Measure, measure } from './measure.js';
import { asPercentage, share } from './share.js';

const MIB = 2 ** 20;

const spec: Measure = {
  name: 'memory',
  accepts: 'MiB, such as 1024, or a size such as 1GiB, 512Mi or 1.5G (decimal)',
  units: {
    '': {},
    B: { per: MIB },
    k: { power: 3, per: MIB },
    K: { power: 3, per: MIB },
    kB: { power: 3, per: MIB },
    KB: { power: 3, per: MIB },
    Ki: { per: 1024 },
    KiB: { per: 1024 },
    M: { power: 6, per: MIB },
    MB: { power: 6, per: MIB },
    Mi: {},
    MiB: {},
    G: { power: 9, per: MIB },
    GB: { power: 9, per: MIB },
    Gi: { times: 1024 },
    GiB: { times: 1024 },
    T: { power: 12, per: MIB },
    TB: { power: 12, per: MIB },
    Ti: { times: MIB },
    TiB: { times: MIB },
  },
  // Kubernetes reads m as thousandths of a byte, Docker m and g as binary, and b is also a bit.
  ambiguous: {
    m: ['M', 'Mi'],
    mb: ['MB', 'MiB'],
    Mb: ['MB', 'MiB'],
    g: ['G', 'Gi'],
    gb: ['GB', 'GiB'],
    Gb: ['GB', 'GiB'],
    t: ['T', 'Ti'],
    tb: ['TB', 'TiB'],
    Tb: ['TB', 'TiB'],
    kb: ['kB', 'KiB'],
    Kb: ['kB', 'KiB'],
  },
  zero: false,
  least: 1 / MIB,
  leastText: '1 byte',
  most: 2 ** 33,
  mostText: '8192 TiB',
  shown: ['GiB', 'MiB', 'GB', 'MB', 'KiB', 'kB'],
  base: 'MiB',
};

/** Memory in MiB, above 0. Decimal units (k, M, G, T) and binary ones (Ki, Mi, Gi, Ti) are kept apart. */
export const memory = measure(spec);

/** Memory in MiB; 0 is none. */
export const memoryOrZero = measure({ ...spec, zero: true });

/** Memory in MiB, or a share of the whole. */
export type MemoryOrShare =
  | { readonly kind: 'memory'; readonly memoryMiB: number }
  | { readonly kind: 'share'; readonly share: number };

export const memoryOrShare: OptionType<MemoryOrShare> = {
  name: 'memory-or-share',
  accepts: 'MiB or a percentage, such as 100, 128MiB or 10%',
  format: (value) =>
    value.kind === 'memory' ? memoryOrZero.format(value.memoryMiB) : asPercentage(value.share),
  parse: (text) =>
    text.trim().endsWith('%')
      ? { kind: 'share', share: share.parse(text) }
      : { kind: 'memory', memoryMiB: memoryOrZero.parse(text) },
};
