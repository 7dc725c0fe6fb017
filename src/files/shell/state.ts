import type { Function as FunctionNode } from 'unbash';
import {
  asTemplates,
  known,
  PLAIN,
  type Provenance,
  type Reading,
  type Surroundings,
  type Template,
  templatesOf,
  unknown,
} from '../reading.js';
import type { Span } from '../text-file.js';
import { type CommandWord, literal, type Place } from './command-text.js';

/** What a shell variable holds: a text, or the words of an array. */
export type ShellValue =
  | { readonly kind: 'text'; readonly reading: Reading<string> }
  | { readonly kind: 'list'; readonly words: readonly CommandWord[] };

/** What all states of one script share. */
export interface ScriptRun {
  readonly outer: Surroundings;
  readonly locked: ReadonlySet<string>;
  /** Place of a stretch of the text that is being followed. */
  locate: (part: { readonly from: number; readonly to: number }) => Place;
  text: string;
  /** Path of the script, which is its `$0`; null of a command line. */
  readonly script: string | null;
  stepsLeft: number;
  depth: number;
  /** Names that belong to the function that is followed, which the variables outside keep their values of. */
  locals: Set<string> | null;
}

/** The variables of a shell at one point of a script. */
export class ShellState {
  readonly run: ScriptRun;
  readonly variables: Map<string, ShellValue>;
  readonly exported: Set<string>;
  readonly functions: Map<string, FunctionNode>;
  /** `$1`, `$2`, …; null where they are not known. */
  args: readonly CommandWord[] | null;
  /** Why there may be further variables. */
  incomplete: string | null;
  /** What decides whether this point is reached, where that is not known. */
  condition: string | null = null;
  /** What the conditions on the way here rest on. */
  from: Provenance = PLAIN;
  /** `set -a`: everything that is set is exported. */
  exportsAll = false;
  /** The round of a loop that this point is in may have been left before. */
  mayLeave = false;

  constructor(run: ScriptRun, args: readonly CommandWord[] | null, before?: ShellState) {
    this.run = run;
    this.args = args;
    this.variables = new Map(before?.variables);
    this.exported = new Set(before?.exported);
    this.functions = before?.functions ?? new Map();
    this.incomplete = before ? before.incomplete : run.outer.environment.incomplete;
    if (!before) return;
    this.condition = before.condition;
    this.from = before.from;
    this.exportsAll = before.exportsAll;
    this.mayLeave = before.mayLeave;
  }

  copy(): ShellState {
    return new ShellState(this.run, this.args, this);
  }

  /** Takes over what another state has become. */
  become(other: ShellState): void {
    this.variables.clear();
    for (const [name, value] of other.variables) this.variables.set(name, value);
    this.exported.clear();
    for (const name of other.exported) this.exported.add(name);
    this.args = other.args;
    this.incomplete = other.incomplete;
    this.condition = other.condition;
    this.from = other.from;
    this.exportsAll = other.exportsAll;
    this.mayLeave = other.mayLeave;
  }

  /** A variable; undefined where nothing sets it, unknown where something that was not read may. */
  get(name: string, at: Span): ShellValue | undefined {
    const own = this.variables.get(name);
    if (own) return own;
    const given = this.run.outer.environment.get(name);
    if (given) return { kind: 'text', reading: given };
    if (name === 'IFS') return { kind: 'text', reading: known(' \t\n', at) };
    if (this.incomplete === null) return undefined;
    return { kind: 'text', reading: unknown(`${name} may be set by ${this.incomplete}`, at, name) };
  }

  /** What `IFS` holds; null where nothing sets it. */
  separators(at: Span): Reading<string> | null {
    const own = this.variables.get('IFS');
    if (!own) return null;
    return own.kind === 'text' ? own.reading : unknown('IFS is a list', at);
  }

  set(name: string, value: ShellValue): void {
    if (this.run.locked.has(name)) return;
    this.variables.set(name, value);
    if (this.exportsAll || this.run.outer.environment.get(name)) this.exported.add(name);
  }

  setText(name: string, reading: Reading<string>): void {
    this.set(name, { kind: 'text', reading });
  }
}

/** What two ways through a script may have left: the same where they agree, else one of both. */
export function joinStates(one: ShellState, other: ShellState): ShellState {
  const joined = one.copy();
  for (const name of new Set([...one.variables.keys(), ...other.variables.keys()])) {
    const at = placeOf(one.variables.get(name) ?? other.variables.get(name)!);
    const value = joinValues(name, valueIn(one, name, at), valueIn(other, name, at), at);
    joined.variables.set(name, value);
  }
  for (const name of other.exported) joined.exported.add(name);
  joined.incomplete = one.incomplete ?? other.incomplete;
  joined.condition = one.condition === other.condition ? one.condition : null;
  const isSame =
    one.args?.length === other.args?.length && one.args?.every((arg, i) => arg === other.args?.[i]);
  joined.args = isSame ? one.args : null;
  joined.mayLeave = one.mayLeave || other.mayLeave;
  return joined;
}

const valueIn = (state: ShellState, name: string, at: Span): ShellValue | undefined => state.get(name, at);

const placeOf = (value: ShellValue): Span =>
  value.kind === 'text'
    ? value.reading.at
    : (value.words[0]?.at ?? { file: '', line: 1, column: 1, endColumn: 2 });

/** More values than these are as good as not known. */
const MOST_ALTERNATIVES = 20;

function joinValues(
  name: string,
  a: ShellValue | undefined,
  b: ShellValue | undefined,
  at: Span,
): ShellValue {
  if (a && b && sameValue(a, b)) return a;
  if (a?.kind === 'list' || b?.kind === 'list') return joinLists(name, listOf(a), listOf(b), at);
  const why = `${name} is set under a condition`;
  const [old, fresh] = [textsOf(a), textsOf(b)];
  const all = old && fresh ? [...new Set([...old, ...fresh])] : [];
  if (all.length > 0 && all.length <= MOST_ALTERNATIVES)
    return { kind: 'text', reading: { ...unknown(why, at), alternatives: all } };
  const [one, other] = [a, b].map((value) => (value?.kind === 'text' ? templatesOf(value.reading) : NO_TEXT));
  const isKnown = one!.every(isInPart) && other!.every(isInPart);
  const templates = isKnown ? asTemplates([...one!, ...other!]) : {};
  return { kind: 'text', reading: { ...unknown(why, at), ...templates } };
}

/** What nothing sets is empty. */
const NO_TEXT: readonly Template[] = [[]];

/** Whether something of a text is known. */
const isInPart = (template: Template): boolean =>
  template.length === 0 || template.some((piece) => piece.known);

function sameValue(a: ShellValue, b: ShellValue): boolean {
  if (a === b) return true;
  if (a.kind === 'list' && b.kind === 'list')
    return a.words.length === b.words.length && a.words.every((word, i) => word === b.words[i]);
  if (a.kind === 'list' || b.kind === 'list') return false;
  return a.reading.known && b.reading.known ? a.reading.value === b.reading.value : a.reading === b.reading;
}

const textsOf = (value: ShellValue | undefined): readonly string[] | undefined => {
  if (value === undefined) return [''];
  if (value.kind === 'list') return undefined;
  return value.reading.known ? [value.reading.value] : value.reading.alternatives;
};

const listOf = (value: ShellValue | undefined): readonly CommandWord[] =>
  value?.kind === 'list' ? value.words : [];

/** The words that both have to begin with, then one that stands for what either may have more. */
function joinLists(name: string, a: readonly CommandWord[], b: readonly CommandWord[], at: Span): ShellValue {
  let common = 0;
  while (common < Math.min(a.length, b.length) && a[common] === b[common]) common += 1;
  const rests = [a.slice(common), b.slice(common)].map(textOfWords);
  const alternatives = rests.every((text) => text !== undefined) ? { alternatives: rests } : {};
  const first = a[common] ?? b[common];
  const maybe: CommandWord = {
    parts: [
      {
        kind: 'value',
        reading: { ...unknown(`${name} is set under a condition`, first?.at ?? at), ...alternatives },
        text: `\${${name}[@]}`,
      },
    ],
    at: first?.at ?? at,
    place: first?.place ?? null,
  };
  return { kind: 'list', words: [...a.slice(0, common), maybe] };
}

/** Words as one text that splits into them again; undefined where one is not known. */
function textOfWords(words: readonly CommandWord[]): string | undefined {
  const texts = words.map(literal);
  if (texts.includes(undefined)) return undefined;
  return texts.map((text) => `'${text!.replaceAll("'", `'"'"'`)}'`).join(' ');
}
