import { type Environment, type Reading, type Unknown, unknown } from '../../files/reading.js';
import type { CommandWord } from '../../files/shell/command-text.js';
import { resolveParts } from '../../files/shell/resolve-word.js';
import type { Span } from '../../files/text-file.js';
import { shellWord } from '../../text/quote/shell.js';
import type { Launch } from './launch.js';

export type ServerLaunch = Launch & { readonly kind: 'server' };

/**
 * One start for all that begin the same server at the same place. A function or a loop of a script may come to it on
 * several ways, with other words each time: what differs between them is not known.
 */
export function mergedStarts(launches: readonly ServerLaunch[]): readonly ServerLaunch[] {
  const starts = new Map<string, ServerLaunch>();
  for (const launch of launches) {
    const place = JSON.stringify([launch.at, launch.program]);
    const before = starts.get(place);
    starts.set(place, before ? merged(before, launch) : launch);
  }
  return [...starts.values()];
}

function merged(one: ServerLaunch, other: ServerLaunch): ServerLaunch {
  const why = one.condition ?? other.condition ?? 'the way on which the script comes to this start';
  const environment = mergedEnvironment(one.environment, other.environment, why);
  return { ...one, args: mergedWords(one, other, why), environment };
}

/** The words of both; where one has more than the other, a last word stands for what either may have more. */
function mergedWords(one: ServerLaunch, other: ServerLaunch, why: string): readonly CommandWord[] {
  const readings = (launch: ServerLaunch) => launch.args.map((word) => textOf(word, launch.environment));
  const [a, b] = [readings(one), readings(other)];
  if (a.length === b.length)
    return one.args.map((word, i) =>
      isSame(a[i]!, b[i]!) ? word : openWord(mergedReading(a[i]!, b[i]!, word.at, why)),
    );
  const firstOther = a.findIndex((reading, i) => !b[i] || !isSame(reading, b[i]!));
  const common = firstOther < 0 ? a.length : firstOther;
  const { at } = one.args[common] ?? other.args[common]!;
  const rests = [a, b].map((readings) => textOfWords(readings.slice(common)));
  const alternatives = rests.every((text) => text !== undefined) ? { alternatives: rests } : {};
  const open = { ...unknown(`what stands here rests on ${why}`, at), ...alternatives };
  return [...one.args.slice(0, common), openWord(open)];
}

/** Words as one text that splits into them again; undefined where one is not known. */
function textOfWords(words: readonly Reading<string>[]): string | undefined {
  const texts = words.flatMap((word) => (word.known ? [shellWord(word.value)] : []));
  return texts.length === words.length ? texts.join(' ') : undefined;
}

const openWord = (reading: Unknown): CommandWord => ({
  parts: [{ kind: 'value', reading, text: 'a word that differs' }],
  at: reading.at,
  place: null,
});

const textOf = ({ parts, at }: CommandWord, environment: Environment) =>
  resolveParts(parts, at, { environment, cpuCount: null });

const isSame = (a: Reading<string>, b: Reading<string>): boolean =>
  a.known && b.known ? a.value === b.value : !a.known && !b.known && a.why === b.why;

/** More values than these are as good as not known. */
const MOST_ALTERNATIVES = 20;

/** What is no single word of a shell as it stands is not listed. */
const PLAIN_WORD = /^[\w./:=,@%+-]+$/;

function mergedReading(a: Reading<string>, b: Reading<string>, at: Span, why: string): Unknown {
  const all = new Set([...valuesOf(a), ...valuesOf(b)]);
  const isListed = !all.has(undefined) && all.size <= MOST_ALTERNATIVES;
  const alternatives = [...all].filter((value) => value !== undefined);
  return isListed && alternatives.every((value) => PLAIN_WORD.test(value))
    ? { ...unknown(`it is one of ${alternatives.join(', ')}, which ${why} decides`, at), alternatives }
    : unknown(`it rests on ${why}`, at);
}

const valuesOf = (reading: Reading<string>): readonly (string | undefined)[] =>
  reading.known ? [reading.value] : (reading.alternatives ?? [undefined]);

function mergedEnvironment(one: Environment, other: Environment, why: string): Environment {
  if (one === other) return one;
  const { names } = one;
  return {
    get: (name) => {
      const [a, b] = [one.get(name), other.get(name)];
      if (a && b) return isSame(a, b) ? a : mergedReading(a, b, a.at, why);
      const set = a ?? b;
      return set && unknown(`whether ${name} is set rests on ${why}`, set.at);
    },
    incomplete: one.incomplete ?? other.incomplete,
    ...(names && { names: () => new Set([...names(), ...(other.names?.() ?? [])]) }),
  };
}
