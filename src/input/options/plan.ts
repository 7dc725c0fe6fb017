import type { Option } from '../option.js';
import { flag } from '../types.js';

/** Options of what chooses a configuration. */
export const planOptions = {
  lean: {
    type: flag,
    group: 'Objective',
    help: "the least memory that meets the objective, without the operator's room",
    fallback: 'off',
  },
} as const satisfies Record<string, Option<unknown>>;
