import type { Option } from '../option.js';

/** Options of `wcalc check` alone. */
export const checkOptions = {} as const satisfies Record<string, Option<unknown>>;
