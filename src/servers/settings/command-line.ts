import {
  both,
  known,
  type Reading,
  type Scalar,
  type Surroundings,
  type Unknown,
  unknown,
} from '../../files/reading.js';
import { type CommandWord, knownText, literal, scriptOf } from '../../files/shell/command-text.js';
import { resolveParts } from '../../files/shell/resolve-word.js';
import { splitWords } from '../../files/shell/words.js';
import type { Span } from '../../files/text-file.js';

/** One setting of a server: how its value is read and which options of the command line give it. */
export interface SettingSpec {
  /** Whole numbers ≥ 0, on/off, functions of a configuration file, anything else. */
  readonly kind: 'count' | 'switch' | 'hook' | 'text';
  /** Options of the command line, short forms included; none where the setting exists only in a file. */
  readonly flags: readonly string[];
  /** Whether the option takes a word of its own. */
  readonly argument: 'one' | 'optional' | 'none';
  /** Which of `flags` turn a switch off. */
  readonly off?: readonly string[];
}

/** A server's command line as a table: enough to read it, whichever server it is. */
export interface CommandLine {
  readonly settings: Readonly<Record<string, SettingSpec>>;
  /** Settings that decide how many requests a server can take, and at what cost. */
  readonly sizing: readonly string[];
  /** The setting that names a configuration file. */
  readonly config: string | null;
  /** Options that serve nothing: help, version. */
  readonly idle: readonly string[];
  /** Whether long options may be cut short, as argparse allows. */
  readonly abbreviates: boolean;
  /** Whether there are options that the table does not know. */
  readonly isOpen?: boolean;
}

/** What a server's command line says. */
export interface ArgsReading {
  readonly settings: ReadonlyMap<string, Reading<Scalar>>;
  /** Values that a later word of the same command line replaces, by their settings. */
  readonly replaced?: ReadonlyMap<string, Reading<Scalar>>;
  /** What may set them again further along the same command line, by their settings. */
  readonly mayReset?: ReadonlyMap<string, Unknown>;
  /** `module:app`; null where it is not given. */
  readonly app: Reading<string> | null;
  /** Options that the server does not have. */
  readonly unknownFlags: readonly { readonly flag: string; readonly at: Span }[];
  /** Words whose meaning depends on something unknown, such as a variable that may hold several options. */
  readonly opaque: readonly { readonly why: string; readonly at: Span }[];
}

/** Reads the words after a server's program as argparse and click do: long, short and joined forms, the last one wins. */
export function readCommandLine(
  line: CommandLine,
  typed: readonly CommandWord[],
  outer: Surroundings,
): ArgsReading {
  const args = typed.flatMap((word) => expanded(word, outer));
  const settings = new Map<string, Reading<Scalar>>();
  const replaced = new Map<string, Reading<Scalar>>();
  const mayReset = new Map<string, Unknown>();
  const set = (name: string, reading: Reading<Scalar>) => {
    const before = settings.get(name);
    if (before) replaced.set(name, before);
    mayReset.delete(name);
    settings.set(name, reading);
  };
  const unknownFlags: { flag: string; at: Span }[] = [];
  const opaque: { why: string; at: Span }[] = [];
  let app: Reading<string> | null = null;
  let onlyPositionals = false;
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i]!;
    const text = resolveParts(word.parts, word.at, outer);
    const head = word.parts[0];
    if (!text.known && head?.kind !== 'text') {
      if (text.alternatives?.every((words) => setsNothingOfSize(line, words, outer))) continue;
      opaque.push({ why: text.why, at: word.at });
      for (const [name, reading] of settings) {
        settings.set(name, ifKept(reading, word));
        mayReset.set(name, text);
      }
      continue;
    }
    const start = knownText(head) ?? '';
    if (onlyPositionals || !start.startsWith('-') || start === '-') {
      if (text.known && text.value === '') continue;
      app = app ?? text;
    } else if (start === '--') onlyPositionals = true;
    else {
      const option = splitOption(word, start);
      const name = settingOfFlag(line, option.flag);
      if (name === undefined) {
        if (!line.isOpen && !line.idle.includes(option.flag))
          unknownFlags.push({ flag: option.flag, at: word.at });
        continue;
      }
      const { argument, off = [] } = line.settings[name]!;
      if (argument === 'none') set(name, known<Scalar>(!off.includes(option.flag), word.at));
      else if (option.value) set(name, resolveParts(option.value, word.at, outer));
      else if (argument === 'optional') set(name, known<Scalar>('auto', word.at));
      else {
        const value = args[i + 1];
        if (value) set(name, resolveParts(value.parts, value.at, outer));
        else set(name, unknown(`${option.flag} lacks its value`, word.at));
        i += 1;
      }
    }
  }
  return { settings, replaced, mayReset, app, unknownFlags, opaque };
}

/** The setting that an option of the command line gives. */
export function settingOfFlag({ settings, abbreviates }: CommandLine, flag: string): string | undefined {
  const entries = Object.entries(settings);
  const exact = entries.find(([, { flags }]) => flags.includes(flag));
  if (exact || !abbreviates || !flag.startsWith('--')) return exact?.[0];
  const fits = entries.filter(([, { flags }]) => flags.some((long) => long.startsWith(flag)));
  return fits.length === 1 ? fits[0]![0] : undefined;
}

/** A bare variable that holds several words is several words. */
function expanded(word: CommandWord, outer: Surroundings): readonly CommandWord[] {
  if (word.parts[0]?.kind !== 'variable') return [word];
  const text = resolveParts(word.parts, word.at, outer);
  if (!text.known || !/^\s*-|^\s*$/.test(text.value)) return [word];
  return (splitWords(text.value) ?? []).map(({ parts }) => ({ ...word, parts }));
}

/** A value that a later word may replace: that it does not is taken for granted, and said. */
function ifKept(reading: Reading<Scalar>, by: CommandWord): Reading<Scalar> {
  if (!reading.known) return reading;
  const assumed = { cpuCount: false, assumes: [`${scriptOf(by)} does not set again what is set before it`] };
  return known(reading.value, reading.at, both(reading, assumed));
}

/** Whether words set no size and name no configuration file, so that it does not matter if they are there. */
function setsNothingOfSize(line: CommandLine, text: string, outer: Surroundings): boolean {
  const words = splitWords(text);
  if (!words) return false;
  const at = { file: '', line: 1, column: 1, endColumn: 2 };
  const { settings, opaque, unknownFlags } = readCommandLine(
    line,
    words.map(({ parts }) => ({ parts, at, place: null })),
    outer,
  );
  const matters = (name: string) => name === line.config || line.sizing.includes(name);
  return opaque.length === 0 && unknownFlags.length === 0 && ![...settings.keys()].some(matters);
}

interface SplitOption {
  readonly flag: string;
  readonly value: CommandWord['parts'] | null;
}

/** `--workers=4`, `--workers 4`, `-w4`, `-w 4`. */
function splitOption(word: CommandWord, start: string): SplitOption {
  const rest = word.parts.slice(1);
  const [head] = word.parts;
  const after = (from: number): CommandWord['parts'] => {
    const text = start.slice(from);
    if (head?.kind !== 'value' || !head.reading.known) return [{ kind: 'text', text }, ...rest];
    return [{ kind: 'value', reading: { ...head.reading, value: text }, text }, ...rest];
  };
  if (start.startsWith('--')) {
    const cut = start.indexOf('=');
    return cut < 0
      ? { flag: literal(word) ?? start, value: null }
      : { flag: start.slice(0, cut), value: after(cut + 1) };
  }
  if (start.length === 2 && rest.length === 0) return { flag: start, value: null };
  return { flag: start.slice(0, 2), value: after(start[2] === '=' ? 3 : 2) };
}
