import type { Kind } from '../../servers/server.js';
import { isTooBusy } from './bounds.js';
import type { Candidate, Planning } from './candidate.js';
import { allowed } from './shape.js';
import { givingUp, type Smallest, smallest } from './smallest.js';

/** A search through the configurations of one class. */
export interface Search {
  readonly planning: Planning;
  readonly kind: Kind;
  /** All that memory and database allow of what was looked at. */
  readonly seen: Candidate[];
  /** Whether what misses the objective least is wanted where nothing meets it. */
  readonly closest: boolean;
}

export interface Least {
  /** The least memory that meets the objective; null where nothing does. */
  readonly best: Candidate | null;
  /** The next smaller configuration, which misses it; null where there is none. */
  readonly below: Candidate | null;
}

export const searchFor = (planning: Planning, kind: Kind, closest = false): Search => ({
  planning,
  kind,
  seen: [],
  closest,
});

/** Whether a configuration is allowed and meets the objective. */
export const holds = (search: Search, candidate: Candidate): boolean => missOf(search, candidate) === 0;

/**
 * By what factor a configuration misses the objective: 0 where it meets it, infinite where it is not allowed or too busy whatever
 * a model says.
 */
export function missOf({ planning, seen }: Search, candidate: Candidate): number {
  if (!allowed(planning, candidate)) return Number.POSITIVE_INFINITY;
  seen.push(candidate);
  if (isTooBusy(planning, candidate)) return Number.POSITIVE_INFINITY;
  const evaluated = planning.evaluate(candidate);
  return planning.meets(evaluated) ? 0 : evaluated.verdict!.score;
}

/** The smallest number of workers that meets the objective, by how far each number misses it. */
export function fewestThatHold(
  { closest }: Search,
  [low, high]: readonly [low: number, high: number],
  miss: (workers: number) => number,
): Smallest {
  if (closest) return smallest(low, high, (workers) => miss(workers) === 0);
  const isVain = givingUp(() => miss(high));
  let last = 0;
  return smallest(
    low,
    high,
    (workers) => {
      last = miss(workers);
      return last === 0;
    },
    () => isVain(last),
  );
}
