import { type OptionType, parseOr, ValueError } from '../option.js';
import { quoted } from './decimal.js';

/** From one value to another, both included; `step` where one was given. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step?: number;
}

/** `200..300` or `200..300:50`, in the forms of another type. */
export function range(type: OptionType<number>): OptionType<Range> {
  const accepts = `FROM..TO or FROM..TO:STEP, each ${type.accepts}`;
  const part = (whole: string, text: string): number =>
    parseOr(type, text, (message) => new ValueError(`in ${quoted(whole)}: ${message}`));
  return {
    name: `range-of-${type.name}`,
    accepts,
    parse(text) {
      const [fromText = '', rest, ...more] = text.split('..');
      if (text.trim() === '') throw new ValueError(`is empty; accepted: ${accepts}`);
      if (rest === undefined || more.length > 0)
        throw new ValueError(`${quoted(text)} is not a range; accepted: ${accepts}`);
      const [toText, stepText] = splitStep(rest);
      if (hasUnit(fromText) !== hasUnit(toText))
        throw new ValueError(`${quoted(text)} has a unit at one end only; write it at both or at none`);
      const from = part(text, fromText);
      const to = part(text, toText);
      if (from > to)
        throw new ValueError(`${quoted(text)} runs backwards; the first value must not be above the second`);
      if (stepText === undefined) return { from, to };
      const step = part(text, stepText);
      if (step === 0) throw new ValueError(`${quoted(text)} has a step of 0; it must be above 0`);
      return { from, to, step };
    },
    format({ from, to, step }) {
      const alike = hasUnit(type.format(from)) === hasUnit(type.format(to));
      const format = alike ? type.format : String;
      return `${format(from)}..${format(to)}${step === undefined ? '' : `:${format(step)}`}`;
    },
  };
}

function splitStep(text: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf(':');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const hasUnit = (text: string): boolean => /[^\d.e+\-\s]\S*\s*$/i.test(text);
