import type { Values } from '../input/options.js';
import { flagOf } from '../text/names.js';
import type { Assumption } from './types.js';

/** Collects the defaults that were taken, each with its reason. */
export interface Assumptions {
  readonly list: readonly Assumption[];
  /** The typed value, or the default, which is then listed. `input` is the key under which `inputs` shows it. */
  orElse<T>(typed: T | undefined, input: string, name: keyof Values, fallback: T, why: string): T;
  add(assumption: Assumption): void;
}

export function collectAssumptions(): Assumptions {
  const list: Assumption[] = [];
  return {
    list,
    orElse(typed, input, name, fallback, why) {
      if (typed !== undefined) return typed;
      list.push({ input, value: fallback, flag: flagOf(name), why });
      return fallback;
    },
    add: (assumption) => {
      list.push(assumption);
    },
  };
}
