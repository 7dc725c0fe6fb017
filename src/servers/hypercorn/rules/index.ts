import type { ServerRule } from '../../rule.js';
import { oneDeathEndsAll } from './one-death-ends-all.js';

export const HYPERCORN_RULES: Readonly<Record<string, ServerRule>> = {
  'hypercorn-one-death': oneDeathEndsAll,
};
