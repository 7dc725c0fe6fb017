import type { Evaluated, Planning } from './candidate.js';
import type { Choice } from './choose.js';
import type { PlanWarning } from './types.js';

export function warningsOf(
  _planning: Planning,
  _best: Choice | null,
  _given: Evaluated | null,
): readonly PlanWarning[] {
  return [];
}
