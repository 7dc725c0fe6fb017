import type { Assignment, Command, Word, WordPart } from 'unbash';
import { both, concatenated, known, notSet, type Reading, unknown } from '../reading.js';
import type { Span } from '../text-file.js';
import { arithmetic } from './arithmetic.js';
import type { CommandWord } from './command-text.js';
import { Fields } from './fields.js';
import { addParameter } from './parameters.js';
import { resolveParts } from './resolve-word.js';
import type { ShellState } from './state.js';
import { substituted } from './substitution.js';

/** The words that a word of a script becomes: its variables filled in, split where the shell splits. */
export function expandWords(word: Word, state: ShellState): readonly CommandWord[] {
  const place = state.run.locate({ from: word.pos, to: word.end });
  const fields = new Fields(place, undefined, state.separators(place.source.at(place.from, place.to)));
  if (!word.parts) fields.text(word.value, true);
  else for (const part of word.parts) addPart(part, false, state, fields);
  return fields.finished();
}

/** A word as one text, not split: the right side of an assignment, a word that `case` or `[[` looks at. */
export function textOf(word: Word, state: ShellState): Reading<string> {
  const place = state.run.locate({ from: word.pos, to: word.end });
  const at = place.source.at(place.from, place.to);
  if (!word.parts) return known(word.value, at, state.from);
  return joined(word.parts, state, at);
}

function joined(parts: readonly WordPart[], state: ShellState, at: Span): Reading<string> {
  const fields = new Fields(null, at);
  for (const part of parts) addPart(part, true, state, fields);
  const words = fields.finished();
  const pieces = words.flatMap((word, i) => {
    const reading = resolveParts(word.parts, at, state.run.outer);
    return i > 0 ? [known(' ', at), reading] : [reading];
  });
  const whole = concatenated(pieces, at);
  return whole.known ? known(whole.value, at, both(state.from, whole)) : whole;
}

function addPart(part: WordPart, isQuoted: boolean, state: ShellState, fields: Fields): void {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      fields.text(part.value, part.type !== 'Literal');
      break;
    case 'DoubleQuoted':
    case 'LocaleString':
      if (!isListAlone(part.parts)) fields.text('', true);
      for (const inner of part.parts) addPart(inner, true, state, fields);
      break;
    case 'SimpleExpansion':
    case 'ParameterExpansion':
      addParameter(part, isQuoted, state, fields);
      break;
    case 'CommandExpansion':
      fields.value(substituted(part.script, part.text, state, placeOf(part, state)), part.text, isQuoted);
      break;
    case 'ArithmeticExpansion':
      fields.value(arithmeticOf(part, state), part.text, isQuoted);
      break;
    case 'BraceExpansion':
      // What a shell does not split it does not expand either: an assignment, a word that `case` looks at.
      if (isQuoted) fields.text(part.text, false);
      else fields.value(unexpanded(part, state), part.text, false);
      break;
    default:
      fields.text(part.text, false);
  }
}

const unexpanded = (part: WordPart, state: ShellState): Reading<string> =>
  unknown(`${part.text.slice(0, 40)} is not expanded`, placeOf(part, state));

/** `"$@"`, `"${list[@]}"`: as many words as there are, none where there are none. */
function isListAlone(parts: readonly WordPart[]): boolean {
  const [part] = parts;
  if (parts.length !== 1 || !part) return false;
  if (part.type === 'SimpleExpansion') return part.text === '$@';
  return part.type === 'ParameterExpansion' && part.index?.value === '@' && !part.prefix;
}

export const placeOf = (part: { readonly pos: number; readonly end: number }, { run }: ShellState): Span => {
  const { source, from, to } = run.locate({ from: part.pos, to: part.end });
  return source.at(from, to);
};

/** What arithmetic may ask. */
export const arithmeticWords = (state: ShellState, at: Span) => ({
  variable: (name: string): Reading<string> => {
    const value = state.get(name, at);
    if (value?.kind === 'text') return value.reading;
    return value ? unknown(`${name} is a list`, at) : unknown(notSet(name), at, name);
  },
  parts: (parts: readonly WordPart[]): Reading<string> => joined(parts, state, at),
});

function arithmeticOf(part: WordPart & { type: 'ArithmeticExpansion' }, state: ShellState): Reading<string> {
  const at = placeOf(part, state);
  return arithmetic(part.expression, arithmeticWords(state, at), at);
}

/** The words that follow a command's name. */
export const wordsAfter = (node: Command): readonly Word[] =>
  node.suffix.filter((part) => part.type === 'Word');

/** The words of a command after its name, expanded. */
export const expanded = (node: Command, state: ShellState): readonly CommandWord[] =>
  node.suffix.flatMap((part) => {
    if (part.type === 'Word') return expandWords(part, state);
    // `env A=1 gunicorn`: after the name it is a word like others.
    return part.type === 'Assignment' ? assignmentWord(part, state) : [];
  });

export const expandedWithName = (node: Command, state: ShellState): readonly CommandWord[] => [
  ...(node.name ? expandWords(node.name, state) : []),
  ...expanded(node, state),
];

function assignmentWord(part: Assignment, state: ShellState): readonly CommandWord[] {
  const place = state.run.locate({ from: part.pos, to: part.end });
  const at = place.source.at(place.from, place.to);
  if (part.value.type !== 'Word') return [];
  const value = textOf(part.value, state);
  const head = `${part.name}${part.append ? '+' : ''}=`;
  return [
    {
      parts: [
        { kind: 'text', text: head },
        { kind: 'value', reading: value, text: part.value.text },
      ],
      at,
      place,
    },
  ];
}
