import { UsageError } from '../host/errors.js';
import { didYouMean } from '../text/suggest.js';
import { machineOptions } from './options/machine.js';
import { requestOptions } from './options/request.js';
import { serverOptions } from './options/server.js';
import type { OptionName, Values } from './options.js';
import { parseData } from './value.js';

const { formula: _, ...questionOptions } = { ...machineOptions, ...requestOptions, ...serverOptions };

type QuestionName = keyof typeof questionOptions;

/** How a value is written in a program: quantities as numbers in the default unit, or as texts with a unit. */
type Written<V> = V extends readonly unknown[]
  ? readonly string[]
  : V extends boolean | string
    ? V
    : number | string;

/** The options of `wcalc plan` that ask something, as a program writes them. */
export type Question = {
  readonly [K in QuestionName]?: Written<NonNullable<Values[K]>> | undefined;
};

/** Checks a question as a line of `--batch` is checked. Throws a {@link UsageError} that names the key. */
export function questionValues(question: object): Values {
  const values: Partial<Record<OptionName, unknown>> = {};
  for (const [key, written] of Object.entries(question)) {
    if (!Object.hasOwn(questionOptions, key))
      throw new UsageError(`unknown key "${key}"${didYouMean(key, Object.keys(questionOptions))}`);
    if (written === undefined) continue;
    values[key as QuestionName] = parseData(key as QuestionName, key, written);
  }
  return values as Values;
}
