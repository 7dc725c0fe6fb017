import type { Option } from '../option.js';

/** Options of `wcalc sweep` alone. */
export const sweepOptions = {} as const satisfies Record<string, Option<unknown>>;
