import type { Kind } from '../../servers/server.js';
import { isTooBusy } from './bounds.js';
import type { Candidate, Planning } from './candidate.js';
import { allowed } from './shape.js';

/** A search through the configurations of one class. */
export interface Search {
  readonly planning: Planning;
  readonly kind: Kind;
  /** All that memory and database allow of what was looked at. */
  readonly seen: Candidate[];
}

export interface Least {
  /** The least memory that meets the objective; null where nothing does. */
  readonly best: Candidate | null;
  /** The next smaller configuration, which misses it; null where there is none. */
  readonly below: Candidate | null;
}

export const searchFor = (planning: Planning, kind: Kind): Search => ({
  planning,
  kind,
  seen: [],
});

/** Whether a configuration is allowed and meets the objective. */
export function holds({ planning, seen }: Search, candidate: Candidate): boolean {
  if (!allowed(planning, candidate)) return false;
  seen.push(candidate);
  return !isTooBusy(planning, candidate) && planning.meets(planning.evaluate(candidate));
}
