import { significant } from '../../text/numbers.js';
import type { HeatMap } from './types.js';

/** How values become shades: what is as bad as the end of the scale, or worse, looks the same. */
export interface HeatScale {
  readonly least: number;
  readonly most: number;
  /** True where values lie beyond `most`. */
  readonly isCapped: boolean;
  /** Whether any cell has a value. */
  readonly isEmpty: boolean;
  /** 0 to 1. */
  share(value: number): number;
}

/** Beyond so many times the objective, or the least value where there is none, more makes no difference to a reader. */
const USEFUL_LIMITS = 4;
const USEFUL_LEASTS = 20;

/**
 * The useful range of a map: near saturation times grow without bound, and one such cell would leave a single shade to
 * all that matter. Equal steps of the logarithm keep the low end readable.
 */
export function heatScale({ cells, limit }: Pick<HeatMap, 'cells' | 'limit'>): HeatScale {
  const values = cells.flat().filter((value) => value !== null);
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const useful = limit !== null && limit > least ? USEFUL_LIMITS * limit : USEFUL_LEASTS * least;
  const most = least > 0 ? Math.min(largest, useful) : largest;
  return {
    least,
    most,
    isCapped: largest > most,
    isEmpty: values.length === 0,
    share(value) {
      if (most <= least) return 0;
      const share =
        least > 0 ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
      return Math.min(1, Math.max(0, share));
    },
  };
}

/** Whether a cell keeps the objective: one without a value (overload) does not. */
export const keepsLimit = (
  { cells, limit }: Pick<HeatMap, 'cells' | 'limit'>,
  x: number,
  y: number,
): boolean => {
  const value = cells[y]?.[x] ?? null;
  return limit !== null && value !== null && value <= limit;
};

/** A value in at most five characters, for a cell. */
export const cellNumber = (value: number): string =>
  Math.abs(value) < 9999.5 ? significant(value, 3) : `${significant(value / 1000, 3)}k`;
