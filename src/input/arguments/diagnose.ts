import { didYouMean, nearest } from '../../text/suggest.js';
import type { CommandSpec } from '../command.js';
import { quoted } from '../quantity/decimal.js';
import { optionOf } from '../value.js';
import { type Flag, flagsOf } from './flags.js';

/**
 * Says in one sentence each what is wrong with the form of the arguments: options that do not exist, ones without
 * their value, switches with one. Empty where nothing is.
 */
export function diagnose(
  spec: CommandSpec,
  argv: readonly string[],
  flags: ReadonlyMap<string, Flag>,
  commands: readonly CommandSpec[],
): readonly string[] {
  const complaints: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (word === '--') break;
    if (!looksLikeOption(word)) continue;
    const [typed, value] = split(word);
    const flag = word.startsWith('--') ? flags.get(typed.slice(2)) : undefined;
    if (!flag) {
      complaints.push(unknown(typed, flags, spec, commands));
      continue;
    }
    if (flag.isSwitch) {
      if (value !== undefined && value !== 'true' && value !== 'false')
        complaints.push(`${typed} is a switch and takes no value, got ${quoted(value)}`);
      continue;
    }
    if (value !== undefined) continue;
    const next = argv[at + 1];
    if (next === undefined || (looksLikeOption(next) && !/^-\.?\d/.test(next))) {
      complaints.push(`${typed} needs a value: ${optionOf(flag.name).type.accepts}`);
    } else at += 1;
  }
  return complaints;
}

/** A dash alone is a name for stdin, and before a number a minus. */
const looksLikeOption = (word: string): boolean => /^-(?!(\d+(\.\d+)?|\.\d+)?$)/.test(word);

function split(word: string): readonly [string, string | undefined] {
  const cut = word.indexOf('=');
  return cut < 0 ? [word, undefined] : [word.slice(0, cut), word.slice(cut + 1)];
}

function unknown(
  typed: string,
  flags: ReadonlyMap<string, Flag>,
  spec: CommandSpec,
  commands: readonly CommandSpec[],
): string {
  const shown = quoted(typed).slice(1, -1);
  const positive = flags.get(typed.replace(/^--no-/, ''));
  if (positive && !positive.isSwitch)
    return `${shown}: --${typed.slice('--no-'.length)} takes a value and has no "no" form; leave it out instead`;
  const known = [...flags].filter(([, flag]) => !flag.negated).map(([word]) => `--${word}`);
  const negations = [...flags].filter(([, flag]) => flag.negated).map(([word]) => `--${word}`);
  const own = typed.startsWith('--no') ? [...negations, ...known] : known;
  const near = nearest(typed, own);
  const elsewhere = commands.filter((other) => other !== spec && flagsOf(other).has(typed.slice(2)));
  if (typed.startsWith('--') && elsewhere.length > 0) {
    const owners = elsewhere.map((other) => `wcalc ${other.name}`).join(', ');
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    return `unknown option ${shown} of wcalc ${spec.name}; it belongs to ${owners}${hint}`;
  }
  return `unknown option ${shown}${didYouMean(typed, own)}; wcalc help ${spec.name} lists all`;
}
