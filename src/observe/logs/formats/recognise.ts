import { columnsGiven } from '../columns/columns-given.js';
import type { Field } from '../reading/fields.js';
import { timeOf } from '../reading/times.js';
import { compileFormat } from './format-string.js';
import { jsonFormat } from './json-format.js';
import { objectOf } from './json-lines.js';
import { knownLineFormat, scatteredFormat, shareRead } from './known-line.js';
import { guessLineFormat } from './line-guess.js';
import { type Guess, tellsDurations } from './log-format.js';
import { pairsFormat } from './pairs-format.js';
import { tableFormat } from './table-format.js';
import { WRAPPERS, type Wrapper, wrapped } from './wrappers.js';

/** What the user said about the format. */
export interface FormatHints {
  readonly logFormat: string | undefined;
  readonly columns: readonly string[];
}

const MOST_WRAPPERS = 3;
/** Share of the lines that a collector's prefix must have, those of its other sources apart. */
const MOST = 0.5;
const ENOUGH = 0.1;

/**
 * The format of a log, from what the user said and else from its first lines. Throws a UsageError where a duration may be
 * told, but nothing says in which unit.
 */
export function recogniseFormat(lines: readonly string[], hints: FormatHints): Guess | null {
  const sample = lines.filter((line) => line.trim() !== '');
  if (hints.logFormat !== undefined) return givenFormat(sample, hints.logFormat);
  return recognised(sample, columnsGiven(hints.columns), 0);
}

/** The format that the user wrote, which may be that of the lines behind a prefix. */
function givenFormat(sample: readonly string[], text: string): Guess {
  const format = compileFormat(text);
  if (shareRead(format, sample) >= MOST) return { format, note: null };
  for (const { wrapper, timed, bodies } of wrappersOf(sample))
    if (shareRead(format, bodies) >= MOST) return { format: wrapped(wrapper, timed, format), note: null };
  return { format, note: null };
}

function recognised(
  sample: readonly string[],
  given: ReadonlyMap<string, Field>,
  depth: number,
): Guess | null {
  if (sample.length === 0) return null;
  const known = given.size === 0 ? knownLineFormat(sample) : null;
  if (known) return { format: known, note: null };
  const named = sample.filter((line) => objectOf(line) !== null).length > MOST * sample.length;
  const direct = named
    ? jsonFormat(sample, given)
    : (tableFormat(sample, given) ?? pairsFormat(sample, given));
  // Where the lines have no time of their own, a prefix may have it.
  if (direct && tellsDurations(direct.format) && direct.format.tells.has('time')) return direct;
  const behind = depth < MOST_WRAPPERS ? behindPrefix(sample, given, depth) : null;
  if (behind && tellsDurations(behind.format)) return behind;
  const guess = direct ?? (named ? null : guessLineFormat(sample));
  if (guess && (!behind || tellsDurations(guess.format))) return guess;
  const scattered = behind || named || given.size > 0 ? null : scatteredFormat(sample);
  return behind ?? (scattered && { format: scattered, note: null });
}

/** The format behind a collector's prefix: the first that tells durations, else the first that is any. */
function behindPrefix(
  sample: readonly string[],
  given: ReadonlyMap<string, Field>,
  depth: number,
): Guess | null {
  let first: Guess | null = null;
  for (const { wrapper, timed, bodies } of wrappersOf(sample)) {
    const inner = recognised(bodies, given, depth + 1);
    if (!inner) continue;
    const guess = { ...inner, format: wrapped(wrapper, timed, inner.format) };
    if (tellsDurations(guess.format)) return guess;
    first ??= guess;
  }
  return first;
}

interface Wrapped {
  readonly wrapper: Wrapper;
  readonly bodies: readonly string[];
  /** Each line has a time stamp of the collector. */
  readonly timed: boolean;
}

function wrappersOf(sample: readonly string[]): Wrapped[] {
  return WRAPPERS.flatMap((wrapper) => {
    const found = sample
      .flatMap((line) => wrapper.unwrap(line) ?? [])
      .filter(({ body }) => body.trim() !== '');
    const others = sample.filter((line) => wrapper.isOther(line) && !wrapper.unwrap(line)).length;
    const isUsual = found.length > MOST * (sample.length - others) && found.length >= ENOUGH * sample.length;
    if (!isUsual) return [];
    const timed = found.every(({ time }) => time !== null && !Number.isNaN(timeOf(time, null)));
    return [{ wrapper, timed, bodies: found.map(({ body }) => body) }];
  });
}
