import type { Option } from '../option.js';

/** Options of `wcalc detect` alone. */
export const detectOptions = {} as const satisfies Record<string, Option<unknown>>;
