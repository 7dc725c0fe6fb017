import type { Variables } from './builtins.js';
import type { Arguments } from './call.js';
import type { SyntaxNode } from './syntax.js';
import { type PyValue, unknownValue } from './values.js';

/** A name's value, and where the expression stands that gave it. */
interface Binding {
  readonly value: PyValue;
  readonly from: number;
  readonly to: number;
}

export type Scope = Map<string, Binding>;

/** One run over a file: its text, the names of the scope it is in, and what bounds the work. */
export interface Frame {
  readonly text: string;
  scope: Scope;
  /** Names of the module, seen from within a function; the same as `scope` at the top. */
  readonly outer: Scope;
  readonly variables: Variables;
  /** Within a function, whose `locals()` set nothing of the module. */
  readonly inFunction?: boolean;
  readonly run: Run;
}

/** What all frames of a run share. */
export interface Run {
  stepsLeft: number;
  depth: number;
  /** Why names may have been set in ways that are not followed, and from where on. */
  poison: { readonly why: string; readonly from: number } | null;
  readonly functions: Map<number, SyntaxNode>;
  readonly lineOf: (offset: number) => number;
  /** `__name__`: `__main__` where the file is run. */
  readonly moduleName: string;
  /** Calls of names of the outside, in the order in which they are come across. */
  readonly calls: OutsideCall[];
  /** Conditions that are not known and on which the statement rests that is followed now, the innermost last. */
  readonly conditions: string[];
}

/** A call of something outside by its dotted name; `given` is null where its arguments are not known. */
export interface OutsideCall {
  readonly path: string;
  readonly given: Arguments | null;
  /** The condition on which it rests; null where it is certain, as far as is known. */
  readonly condition: string | null;
  readonly from: number;
  readonly to: number;
}

const MAX_DEPTH = 100;

export const textOf = (node: { from: number; to: number }, { text }: Frame): string =>
  text.slice(node.from, node.to);

/** Runs `act` one level deeper; past the limits, or where the work is too long, the answer is unknown. */
export function bounded(frame: Frame, act: () => PyValue): PyValue {
  const { run } = frame;
  if (run.depth >= MAX_DEPTH) return unknownValue('it is nested too deeply');
  if (run.stepsLeft <= 0) return unknownValue('it takes too many steps');
  run.stepsLeft -= 1;
  run.depth += 1;
  try {
    return act();
  } finally {
    run.depth -= 1;
  }
}

/** Steps that a value, or a stretch of source text, counts for where all of it is walked or copied. */
export const stepsOf = (value: PyValue): number =>
  value.type === 'str'
    ? value.value.length >> 6
    : value.type === 'list'
      ? value.items.length >> 3
      : value.type === 'dict'
        ? value.entries.size >> 3
        : 0;

/** Counts work that one step of the file makes beyond its own. */
export function charge({ run }: Frame, steps: number): void {
  run.stepsLeft -= steps;
}

/** Child nodes without comments; brackets and commas are kept. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'Comment') children.push(child);
  return children;
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', ';']);
const isPunctuation = (node: SyntaxNode): boolean => PUNCTUATION.has(node.name);
export const partsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter((child) => !isPunctuation(child));
