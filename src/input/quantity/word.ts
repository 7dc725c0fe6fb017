import { didYouMean } from '../../text/suggest.js';
import { type OptionType, ValueError } from '../option.js';
import { quoted } from './decimal.js';

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];

/** A switch; on the command line it takes no value. */
export const flag: OptionType<boolean> = {
  name: 'switch',
  accepts: 'true or false',
  isSwitch: true,
  format: String,
  parse(typed) {
    const word = typed.trim().toLowerCase();
    if (YES.includes(word)) return true;
    if (NO.includes(word)) return false;
    throw new ValueError(`must be ${this.accepts}, got ${quoted(typed)}`);
  },
};

const nonEmpty = (name: string, accepts: string): OptionType<string> => ({
  name,
  accepts,
  format: String,
  parse(typed) {
    if (typed.trim() === '') throw new ValueError(`is empty; accepted: ${accepts}`);
    if (typed.includes('\0')) throw new ValueError(`has a NUL character; accepted: ${accepts}`);
    return typed;
  },
});

export const text = nonEmpty('text', 'a text');
export const path = nonEmpty('path', 'a path');

/** One of a few words. */
export function choice<const C extends string>(...choices: readonly C[]): OptionType<C> {
  const accepts = choices.join(', ');
  return {
    name: 'choice',
    accepts,
    choices,
    format: String,
    parse(typed) {
      const found = choices.find((word) => word === typed.trim());
      if (found !== undefined) return found;
      if (typed.trim() === '') throw new ValueError(`is empty; accepted: ${accepts}`);
      throw new ValueError(
        `${quoted(typed)} is not known${didYouMean(typed.trim(), choices)}; accepted: ${accepts}`,
      );
    },
  };
}
