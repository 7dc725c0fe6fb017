import type { Evaluated, Planning } from './candidate.js';
import type { Choice } from './choose.js';
import type { DerivationStep } from './types.js';

export function derive(
  _planning: Planning,
  _best: Choice | null,
  _given: Evaluated | null,
): readonly DerivationStep[] {
  return [];
}
