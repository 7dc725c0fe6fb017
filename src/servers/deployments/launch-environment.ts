import { type Environment, known, type Reading, type Surroundings } from '../../files/reading.js';
import type { CommandWord } from '../../files/shell/command-text.js';
import { resolveParts } from '../../files/shell/resolve-word.js';

/** An environment with what `env A=1` and the like before a command set, and what else may set more. */
export function withMore(
  environment: Environment,
  words: readonly CommandWord[],
  assignments: readonly number[],
  adds: string | null,
  outer: Surroundings,
): Environment {
  if (assignments.length === 0 && adds === null) return environment;
  const set = new Map<string, Reading<string>>();
  for (const index of assignments) {
    const word = words[index]!;
    const reading = resolveParts(word.parts, word.at, outer);
    if (!reading.known) continue;
    const cut = reading.value.indexOf('=');
    set.set(reading.value.slice(0, cut), known(reading.value.slice(cut + 1), word.at, reading));
  }
  const get = (name: string) => set.get(name) ?? environment.get(name);
  const { names } = environment;
  return {
    get,
    incomplete: environment.incomplete ?? adds,
    ...(names && { names: () => new Set([...names(), ...set.keys()]) }),
  };
}

/** An environment that something which was not read may add to. */
export const withIncomplete = (environment: Environment, why: string): Environment => ({
  ...environment,
  incomplete: environment.incomplete ?? why,
});
