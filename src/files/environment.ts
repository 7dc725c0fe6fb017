import type { Variable } from './platforms/service.js';
import type { Environment, Reading } from './reading.js';

/** Variables by name, later ones winning. */
export function environmentOf(variables: readonly Variable[], incomplete: string | null = null): Environment {
  const byName = new Map<string, Reading<string>>(variables.map(({ name, value }) => [name, value]));
  return { get: (name) => byName.get(name), incomplete, names: () => byName.keys() };
}

/** An environment in which there may be more variables than are known. */
export const notListed = ({ get, incomplete }: Environment): Environment => ({ get, incomplete });
