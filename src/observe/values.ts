import type { Origin } from '../input/option.js';
import type { OptionName, Values } from '../input/options.js';
import { parseText } from '../input/value.js';

/** A value that was observed, as it would be typed for its option, and where it was seen. */
export interface ObservedValue {
  readonly name: OptionName;
  readonly text: string;
  readonly where: string;
}

/** Observed values in the form in which typed ones reach a command. */
export function asTyped(
  observed: readonly ObservedValue[],
  source: Origin['source'],
): { readonly values: Values; readonly origins: Readonly<Partial<Record<OptionName, Origin>>> } {
  const values: Record<string, unknown> = {};
  const origins: Partial<Record<OptionName, Origin>> = {};
  for (const { name, text, where } of observed) {
    values[name] = parseText(name, where, text);
    origins[name] = { source, where };
  }
  return { values: values as Values, origins };
}

/** What a source cannot tell, and what to do to learn it. */
export interface Missing {
  readonly what: string;
  readonly remedy: string;
}
