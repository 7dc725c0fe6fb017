import { type Objective, objective } from '../../src/input/types.js';

/** What `--slo` makes of these texts. */
export const slo = (...texts: readonly string[]): readonly Objective[] => texts.map(objective.parse);
