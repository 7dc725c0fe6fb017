import type { Span } from './text-file.js';

/** Where a known value came from besides the text itself. */
export interface Provenance {
  /** The number of CPUs that Python or the shell sees went into it. */
  readonly cpuCount: boolean;
  /** What was taken for granted on the way, such as a variable that no file sets. */
  readonly assumes: readonly string[];
}

export interface Known<T> extends Provenance {
  readonly known: true;
  readonly value: T;
  readonly at: Span;
}

/** A value that is there but cannot be known without running something. Never a guess. */
export interface Unknown {
  readonly known: false;
  readonly why: string;
  readonly at: Span;
  /** All values it can have, where which of them it has is all that is not known. */
  readonly alternatives?: readonly string[];
  /** All texts that it can have, each in pieces of which some are not known; absent where nothing is known of it. */
  readonly templates?: readonly Template[];
  /** The program whose path it is, where the path is all that is not known. */
  readonly program?: string;
  /** The environment variable whose value would make it known. */
  readonly variable?: string;
}

export type Reading<T> = Known<T> | Unknown;

/** A text in pieces: `--bind :`, then a port that is not known. */
export type Template = readonly Reading<string>[];

/** A plain value; Python's floats are kept apart, since Gunicorn refuses 2.0 where it accepts 2. */
export type Scalar = string | number | boolean | null | PyFloat;

interface PyFloat {
  readonly float: number;
}

/** As Python writes it. */
export function scalarText(value: Scalar): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return String(value);
  return Number.isInteger(value.float) ? `${value.float}.0` : String(value.float);
}

export const PLAIN: Provenance = { cpuCount: false, assumes: [] };

export const known = <T>(value: T, at: Span, from: Provenance = PLAIN): Known<T> => ({
  known: true,
  value,
  at,
  cpuCount: from.cpuCount,
  assumes: from.assumes,
});

export const unknown = (why: string, at: Span, variable?: string): Unknown => ({
  known: false,
  why,
  at,
  ...(variable === undefined ? {} : { variable }),
});

/** Nobody reads more, and a long file could have each of its values rest on all before. */
const MOST_ASSUMED = 50;

/** Everything that either of two values rests on. */
export function both(a: Provenance, b: Provenance): Provenance {
  if (b === PLAIN || a === b) return a;
  if (a === PLAIN) return b;
  return {
    cpuCount: a.cpuCount || b.cpuCount,
    assumes: [...new Set([...a.assumes, ...b.assumes])].slice(0, MOST_ASSUMED),
  };
}

/** More texts than these, and longer ones, are as good as not known. */
const MOST_TEMPLATES = 20;
const MOST_PIECES = 50;

/** The texts that a reading can have; one of a single piece where nothing more is known of it. */
export const templatesOf = (reading: Reading<string>): readonly Template[] =>
  reading.known
    ? [[reading]]
    : (reading.templates ?? reading.alternatives?.map((text) => [known(text, reading.at)]) ?? [[reading]]);

/** Templates as a part of an unknown reading; none where there are too many. */
export const asTemplates = (templates: readonly Template[]): Pick<Unknown, 'templates'> =>
  templates.length <= MOST_TEMPLATES && templates.every(({ length }) => length <= MOST_PIECES)
    ? { templates }
    : {};

/** Texts one after another; where a single one of them is one of several, so is the whole. */
export function concatenated(pieces: readonly Reading<string>[], at: Span): Reading<string> {
  const open = pieces.filter((piece) => !piece.known);
  const [first, ...more] = open;
  const whole = (own: string) => pieces.map((piece) => (piece.known ? piece.value : own)).join('');
  if (!first)
    return known(
      whole(''),
      at,
      pieces.reduce((from, piece) => (piece.known ? both(from, piece) : from), PLAIN),
    );
  if (pieces.length === 1) return first;
  const { alternatives, templates: _, program: __, ...rest } = first;
  if (more.length === 0 && alternatives) return { ...rest, alternatives: alternatives.map(whole) };
  const count = pieces.reduce((product, piece) => product * templatesOf(piece).length, 1);
  if (count > MOST_TEMPLATES) return rest;
  const all = pieces.reduce<readonly Template[]>(
    (heads, piece) => heads.flatMap((head) => templatesOf(piece).map((tail): Template => [...head, ...tail])),
    [[]],
  );
  return { ...rest, ...asTemplates(all) };
}

/** The variables a process is started with, as far as the files say. */
export interface Environment {
  get(name: string): Reading<string> | undefined;
  /** Why there may be further variables (a secret, a file that was not given); null where none is referred to. */
  readonly incomplete: string | null;
  /** Names of all that the files set; absent where they are not to be listed. */
  readonly names?: () => Iterable<string>;
}

/** What evaluation is told of the outside. */
export interface Surroundings {
  readonly environment: Environment;
  /** What `cpu_count()` and `nproc` answer; null where unknown. */
  readonly cpuCount: { readonly value: number; readonly assumes: readonly string[] } | null;
}

export const notSet = (name: string): string => `${name} is not set by the files given`;
