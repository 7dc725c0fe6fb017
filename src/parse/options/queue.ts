import type { Option } from '../option.js';

/** Options of `wcalc queue` alone. */
export const queueOptions = {} as const satisfies Record<string, Option<unknown>>;
