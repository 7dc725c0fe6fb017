import { UsageError } from '../../../host/errors.js';
import type { Values } from '../../../input/options.js';
import { parseText } from '../../../input/value.js';
import { shellWord } from '../../../text/quote/shell.js';
import { FIELDS } from './fields.js';

/** What stands in the form: texts by the name of the option; what is empty is not there. */
export type Typed = Readonly<Partial<Record<string, string>>>;

/** The typed texts as values, and what is wrong with those that are not, in the words of the command. */
export interface Parsed {
  readonly values: Values;
  readonly problems: Readonly<Partial<Record<string, string>>>;
}

/** Limits of an objective are separated by commas or blanks. */
const listOf = (text: string): readonly string[] =>
  text.split(/[\s,]+(?=[a-zA-Z])/).filter((part) => part !== '');

export function parseTyped(typed: Typed): Parsed {
  const values: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const { name, flag, option } of FIELDS) {
    const text = typed[name]?.trim();
    if (!text) continue;
    try {
      values[name] = option.repeatable
        ? listOf(text).map((part) => parseText(name, flag, part))
        : parseText(name, flag, text);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems[name] = error.message;
    }
  }
  return { values: values as Values, problems };
}

/** The command line that asks the same. */
export function commandOf(typed: Typed): string {
  const words = FIELDS.flatMap(({ name, flag, option }) => {
    const text = typed[name]?.trim();
    if (!text) return [];
    if (option.type.isSwitch) return [text === 'true' ? flag : flag.replace(/^--/, '--no-')];
    return (option.repeatable ? listOf(text) : [text]).flatMap((part) => [flag, shellWord(part)]);
  });
  return ['wcalc', ...words].join(' ');
}

/** The typed texts as the address bar holds them. */
export const addressOf = (typed: Typed): string =>
  new URLSearchParams(
    FIELDS.flatMap(({ name }) => (typed[name]?.trim() ? [[name, typed[name].trim()]] : [])),
  ).toString();

/** What an address says of the inputs that there are; the rest of it is ignored. */
export function typedFrom(address: string): Typed {
  const said = new URLSearchParams(address.replace(/^#/, ''));
  return Object.fromEntries(
    FIELDS.flatMap(({ name }) => {
      const text = said.get(name);
      return text === null ? [] : [[name, text.slice(0, MOST_CHARACTERS)]];
    }),
  );
}

const MOST_CHARACTERS = 200;
