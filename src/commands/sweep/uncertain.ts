import { UsageError } from '../../host/errors.js';
import { flagOf } from '../../text/names.js';
import type { Uncertain } from './intervals.js';
import { numberOf, VARIABLE, variableName } from './vary.js';

/** Parses `per-worker=200..300`. */
export function parseUncertain(text: string, where = '--uncertain'): Uncertain {
  const match = /^([^=]+)=(.+?)\.\.(.+)$/.exec(text);
  if (!match)
    throw new UsageError(
      `${where}: "${text}" is not of the form NAME=LOW..HIGH, such as per-worker=200..300`,
    );
  const input = variableName(match[1]!.trim(), where);
  const at = `${where} ${input}`;
  const [low, high] = [numberOf(input, at, match[2]!), numberOf(input, at, match[3]!)];
  if (!(low < high)) throw new UsageError(`${at}: "${match[2]}..${match[3]}" must rise, such as 200..300`);
  return { input, low, high };
}

const FLAGS: ReadonlySet<string> = new Set(VARIABLE.map(flagOf));

/** Turns `--per-worker 200..300` into `--uncertain per-worker=200..300`, so that any input can be given as a range. */
export function rangesAsUncertain(argv: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (let n = 0; n < argv.length; n += 1) {
    const word = argv[n]!;
    if (word === '--') return [...words, ...argv.slice(n)];
    const [flag, inline] = splitInline(word);
    const value = inline ?? argv[n + 1];
    if (!FLAGS.has(flag) || value === undefined || !value.includes('..')) {
      words.push(word);
      continue;
    }
    words.push('--uncertain', `${flag.slice(2)}=${value}`);
    if (inline === undefined) n += 1;
  }
  return words;
}

function splitInline(word: string): [string, string | undefined] {
  const cut = word.indexOf('=');
  return cut < 0 ? [word, undefined] : [word.slice(0, cut), word.slice(cut + 1)];
}
