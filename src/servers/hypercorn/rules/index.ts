import type { ServerRule } from '../../rule.js';
import { misspeltName } from '../../settings/ignored-names.js';
import { CONFIGURED_NAMES } from '../configured-names.js';
import { oneDeathEndsAll } from './one-death-ends-all.js';

export const HYPERCORN_RULES: Readonly<Record<string, ServerRule>> = {
  'hypercorn-one-death': oneDeathEndsAll,
  'hypercorn-misspelt-name': misspeltName(
    'Hypercorn',
    CONFIGURED_NAMES,
    'src/hypercorn/config.py: from_mapping',
  ),
};
