import type { Option } from '../option.js';
import { flag, memoryGrowth } from '../types.js';

/** Options of what chooses a configuration. */
export const planOptions = {
  lean: {
    type: flag,
    group: 'Objective',
    help: "the least memory that meets the objective, without the operator's room",
    fallback: 'off',
  },
  memoryGrowth: {
    type: memoryGrowth,
    group: 'Memory',
    help: "by how much a worker's memory grows, so that it is restarted before the memory is full",
    measuring: [
      'wcalc fit --prometheus URL --since 7d finds it from the resident memory of the processes, without what warming up takes; wcalc detect --watch shows how running workers grow.',
      'Give --per-worker as a worker that has served for a while has it, before it grew.',
    ],
  },
} as const satisfies Record<string, Option<unknown>>;
