import type { PlanResult } from '../../../plan/types.js';

const REASONS: ReadonlySet<string> = new Set(['memory-impossible', 'connections-impossible']);

/** Why nothing can be recommended; null where something is, or where no reason is known. */
export function impossible({ recommendation, warnings }: PlanResult): string | null {
  if (recommendation) return null;
  return warnings.find(({ code }) => REASONS.has(code))?.message ?? null;
}
