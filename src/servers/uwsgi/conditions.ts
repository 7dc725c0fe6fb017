import { notSet, PLAIN, type Provenance, type Surroundings } from '../../files/reading.js';

/** Whether what follows a condition is taken; unknown with the reason. */
export type Taken =
  | { readonly holds: true | false; readonly from: Provenance; readonly value: string | null }
  | { readonly holds: null; readonly why: string };

export const ALWAYS: Taken = { holds: true, from: PLAIN, value: null };

interface Asked {
  readonly names: ReadonlyMap<string, string>;
  readonly outer: Surroundings;
}

/**
 * What a logical option decides of those after it (core/config.c): `if-env`, `if-not-opt`; null where an option is none.
 * `end`, `endif` and `endfor` end it, and they do not nest.
 */
export function conditionOf(key: string, value: string, asked: Asked): Taken | null {
  const [, not, subject] = /^if-(not-)?(env|opt|reload)$/.exec(key) ?? [];
  if (subject) {
    const found = subject === 'reload' ? no : subject === 'env' ? inEnvironment : amongOptions;
    const taken = found(value, asked);
    return taken.holds === null || not === undefined ? taken : { ...taken, holds: !taken.holds };
  }
  if (/^if-/.test(key))
    return { holds: null, why: `${key} = ${value.slice(0, 40)} depends on where it runs` };
  return /^for(-|$)/.test(key) ? ALWAYS : null;
}

export const endsCondition = (key: string): boolean => /^end(-?(if|for))?$/.test(key);

/** What follows `else`. */
export const otherwise = (before: Taken): Taken =>
  before.holds === null ? before : { ...before, holds: !before.holds };

/** A first start is no reload. */
const no = (): Taken => ({ holds: false, from: PLAIN, value: null });

/** `NAME` is set, or `NAME=VALUE` is what it is set to. */
function inEnvironment(text: string, { outer }: Asked): Taken {
  const [name = '', wanted] = splitOnce(text);
  const set = outer.environment.get(name);
  if (set && !set.known) return { holds: null, why: set.why };
  if (set) return { holds: wanted === undefined || wanted === set.value, from: set, value: set.value };
  const { incomplete } = outer.environment;
  if (incomplete !== null) return { holds: null, why: `${name} may be set by ${incomplete}` };
  return { holds: false, from: { cpuCount: false, assumes: [notSet(name)] }, value: null };
}

function amongOptions(text: string, { names }: Asked): Taken {
  const [name = '', wanted] = splitOnce(text);
  const set = names.get(name);
  return {
    holds: set !== undefined && (wanted === undefined || wanted === set),
    from: PLAIN,
    value: set ?? null,
  };
}

function splitOnce(text: string): readonly string[] {
  const cut = text.indexOf('=');
  return cut < 0 ? [text.trim()] : [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
}
