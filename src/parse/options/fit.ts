import type { Option } from '../option.js';

/** Options of `wcalc fit` alone. */
export const fitOptions = {} as const satisfies Record<string, Option<unknown>>;
