import { type CommandWord, literal } from './command-text.js';

/** A variable that a command text sets. */
export interface Assignment {
  readonly name: string;
  readonly value: CommandWord;
  /** It stands inside a condition or loop, so that it may not happen. */
  readonly isConditional: boolean;
}

const OPENING = new Set(['if', 'for', 'while', 'until', 'case']);
const CLOSING = new Set(['fi', 'done', 'esac']);
const PASSING = new Set(['then', 'do', 'else', 'elif', '!', '{', '}', 'time']);

/** A simple command without the shell keywords before it, and how many conditions and loops are open after them. */
export function withoutKeywords(
  words: readonly CommandWord[],
  depth: number,
): { readonly words: readonly CommandWord[]; readonly depth: number } {
  let [open, skip] = [depth, 0];
  for (; skip < words.length; skip += 1) {
    const word = literal(words[skip]) ?? '';
    if (OPENING.has(word)) open += 1;
    else if (CLOSING.has(word)) open = Math.max(0, open - 1);
    else if (!PASSING.has(word)) break;
  }
  return { words: words.slice(skip), depth: open };
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

const literalStart = (word: CommandWord): string =>
  word.parts[0]?.kind === 'text' ? word.parts[0].text : '';

export const isAssignment = (word: CommandWord): boolean => ASSIGNMENT.test(literalStart(word));

/** `A=1 B=2`, `export A=1`, `: "${A:=1}"`; nothing where the words run a program with variables of its own. */
export function assignmentsIn(words: readonly CommandWord[], isConditional: boolean): readonly Assignment[] {
  const first = words.find((word) => !isAssignment(word));
  const name = literal(first);
  if (first === undefined) return words.map((word) => assignmentOf(word, isConditional));
  if (name === ':') return words.slice(1).flatMap((word) => defaultOf(word, isConditional));
  if (name !== undefined && ['export', 'declare', 'local', 'readonly'].includes(name))
    return words.filter(isAssignment).map((word) => assignmentOf(word, isConditional));
  return [];
}

function assignmentOf(word: CommandWord, isConditional: boolean): Assignment {
  const [head, ...rest] = word.parts;
  const text = head?.kind === 'text' ? head.text : '';
  const cut = text.indexOf('=');
  const value = { ...word, parts: [{ kind: 'text' as const, text: text.slice(cut + 1) }, ...rest] };
  return { name: text.slice(0, cut), value, isConditional };
}

/** `${A:=1}` keeps a value that is there, which resolving the variable with its fallback does too. */
function defaultOf(word: CommandWord, isConditional: boolean): Assignment[] {
  const part = word.parts.find((each) => each.kind !== 'text' || each.text !== '');
  return part?.kind === 'variable' && part.fallback ? [{ name: part.name, value: word, isConditional }] : [];
}
