import type { Option } from '../option.js';

/** Options of `wcalc simulate` alone. */
export const simulateOptions = {} as const satisfies Record<string, Option<unknown>>;
