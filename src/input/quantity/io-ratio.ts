import { type OptionType, ValueError } from '../option.js';
import { isNonZero, magnitude, quoted, readDecimal } from './decimal.js';
import { parseShare, share } from './share.js';

const accepts = 'a share such as 0.9 or 90%, or waiting:computing such as 9:1';

/** Share of a request's time spent waiting, 0 to 1; also written as waiting:computing. */
export const ioRatio: OptionType<number> = {
  name: 'io-ratio',
  accepts,
  format: share.format,
  parse(text) {
    const [waitingText = '', computingText, ...more] = text.split(':');
    if (computingText === undefined) return parseShare(text, accepts);
    if (more.length > 0)
      throw new ValueError(`${quoted(text)} has more than two parts; accepted: ${accepts}`);
    const waiting = part(text, waitingText);
    const both = waiting + part(text, computingText);
    if (both === 0) throw new ValueError(`${quoted(text)} neither waits nor computes; accepted: ${accepts}`);
    return waiting / both;
  },
};

const LARGEST_PART = 1e12;

function part(whole: string, text: string): number {
  const decimal = readDecimal(text, accepts);
  const value = magnitude(decimal);
  const wrong = (what: string) => new ValueError(`${quoted(whole)} has ${what}; accepted: ${accepts}`);
  if (decimal.unit !== '') throw wrong('a unit in its parts');
  if (decimal.negative && isNonZero(decimal)) throw wrong('a part below 0');
  if (value > LARGEST_PART) throw wrong('a part above 1e12');
  return value;
}
