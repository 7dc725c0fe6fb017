import type { ParameterExpansionPart, WordPart } from 'unbash';
import { both, known, notSet, PLAIN, type Provenance, type Reading, unknown } from '../reading.js';
import type { Span } from '../text-file.js';
import type { CommandWord } from './command-text.js';
import { placeOf, textOf } from './expand.js';
import type { Fields } from './fields.js';
import { globPattern } from './glob.js';
import { resolveParts } from './resolve-word.js';
import type { ShellState } from './state.js';

type Parameter = Extract<WordPart, { type: 'SimpleExpansion' | 'ParameterExpansion' }>;

/** Adds what a parameter stands for to the fields of a word. */
export function addParameter(part: Parameter, isQuoted: boolean, state: ShellState, fields: Fields): void {
  const at = placeOf(part, state);
  const name = part.type === 'SimpleExpansion' ? part.text.slice(1) : part.parameter;
  const index = part.type === 'ParameterExpansion' ? part.index?.value : undefined;
  const isPlain = part.type === 'SimpleExpansion' || (!part.prefix && !part.operation);
  const value = state.get(name, at);
  const isAll = index === '@' || index === '*';
  if ((name === '@' || name === '*') && isPlain) addArguments(name, part.text, isQuoted, state, fields, at);
  else if (isPlain && value?.kind === 'list') {
    const place = index ?? '0';
    const item = value.words.at(Number(place));
    if (isAll && index === '*' && isQuoted) fields.value(joinedArgs(value.words, at, state), part.text, true);
    else if (isAll) fields.words(value.words);
    else if (/^-?\d+$/.test(place)) fields.words(item ? [item] : []);
    else fields.value(unknown(`${part.text.slice(0, 40)} is not worked out`, at), part.text, isQuoted);
  } else if (isPlain && isAll && !value) fields.words([]);
  else if (value?.kind === 'list' && isAll && part.type === 'ParameterExpansion' && part.prefix !== '#')
    fields.value(unknown(`${part.text.slice(0, 40)} is not worked out`, at), part.text, isQuoted);
  else fields.value(parameter(part, name, state, at), part.text, isQuoted);
}

function addArguments(
  name: '@' | '*',
  raw: string,
  isQuoted: boolean,
  state: ShellState,
  fields: Fields,
  at: Span,
): void {
  if (!state.args) fields.value(unknown('what is passed on is not known', at), raw, isQuoted);
  else if (isQuoted && name === '*') fields.value(joinedArgs(state.args, at, state), raw, true);
  else fields.words(state.args);
}

/** `"$*"`: the words with the first character of `IFS` between them. */
function joinedArgs(args: readonly CommandWord[], at: Span, state: ShellState): Reading<string> {
  const separators = state.separators(at);
  if (separators?.known === false) return unknown('it is joined by an IFS that is not known', at);
  const between = { kind: 'text' as const, text: separators?.value.slice(0, 1) ?? ' ' };
  const parts = args.flatMap((word, i) => (i > 0 ? [between, ...word.parts] : [...word.parts]));
  return resolveParts(parts, at, state.run.outer);
}

/** The value of `$X`, `$1`, `$#`, `${X:-…}` and the like. */
function parameter(part: Parameter, name: string, state: ShellState, at: Span): Reading<string> {
  if (name === '#') return state.args ? known(String(state.args.length), at) : unknown('$# is not known', at);
  const set = setValueOf(name, state, at);
  if (part.type === 'SimpleExpansion') return set ?? unknown(notSet(name), at, name);
  if (part.prefix === '#') return lengthOf(name, part, state, at);
  if (part.prefix === '!') return indirect(set, name, state, at);
  const { operation } = part;
  if (!operation) return set ?? unknown(notSet(name), at, name);
  if (operation.type === 'Default') return withDefault(operation, set, name, state, at);
  if (!set?.known) return set ?? unknown(notSet(name), at, name);
  return changed(operation, set, state, at) ?? unknown(`${part.text.slice(0, 40)} is not worked out`, at);
}

/** A variable's text; undefined where nothing sets it. Arguments that are not there are empty. */
function setValueOf(name: string, state: ShellState, at: Span): Reading<string> | undefined {
  if (/^\d+$/.test(name)) {
    if (name === '0') {
      const { script } = state.run;
      return script === null ? unknown('$0 is not known', at) : known(`./${script}`, at);
    }
    if (!state.args) return unknown(`$${name} is not known`, at);
    const word = state.args[Number(name) - 1];
    return word && resolveParts(word.parts, at, state.run.outer);
  }
  if (!/^[A-Za-z_]/.test(name)) return unknown(`$${name} is not known`, at);
  const value = state.get(name, at);
  if (value?.kind === 'list')
    return value.words[0] && resolveParts(value.words[0].parts, at, state.run.outer);
  return value?.reading;
}

function lengthOf(name: string, part: ParameterExpansionPart, state: ShellState, at: Span): Reading<string> {
  if (name === '@' || name === '*')
    return state.args ? known(String(state.args.length), at) : unknown('$# is not known', at);
  const value = state.get(name, at);
  if (value?.kind === 'list' && part.index) return known(String(value.words.length), at);
  const set = setValueOf(name, state, at);
  return set?.known ? known(String([...set.value].length), at, set) : (set ?? known('0', at));
}

/** `${!NAME}`: the variable that NAME names. */
function indirect(
  set: Reading<string> | undefined,
  name: string,
  state: ShellState,
  at: Span,
): Reading<string> {
  if (!set?.known) return set ?? unknown(notSet(name), at, name);
  return setValueOf(set.value, state, at) ?? unknown(notSet(set.value), at, set.value);
}

type Operation = NonNullable<ParameterExpansionPart['operation']>;

function withDefault(
  { operator, operand }: Extract<Operation, { type: 'Default' }>,
  set: Reading<string> | undefined,
  name: string,
  state: ShellState,
  at: Span,
): Reading<string> {
  const isArgument = /^\d+$/.test(name);
  const from: Provenance =
    set || isArgument ? (set?.known ? set : PLAIN) : { ...PLAIN, assumes: [notSet(name)] };
  if (set && !set.known) return set;
  const isThere = set !== undefined && !(operator.startsWith(':') && set.value === '');
  const instead = (): Reading<string> => {
    const value = textOf(operand, state);
    return value.known ? known(value.value, at, both(value, from)) : value;
  };
  switch (operator.replace(':', '')) {
    case '+':
      return isThere ? instead() : known('', at, from);
    case '?':
      return isThere ? set : unknown(notSet(name), at, name);
    case '=': {
      if (isThere) return set;
      const value = instead();
      state.setText(name, value);
      return value;
    }
    default:
      return isThere ? set : instead();
  }
}

/** `${X%.*}`, `${X/a/b}`, `${X,,}`. */
function changed(
  operation: Operation,
  set: Reading<string> & { readonly known: true },
  state: ShellState,
  at: Span,
): Reading<string> | null {
  const of = (text: string) => known(text, at, set);
  if (operation.type === 'CaseModification' && !operation.operand) {
    const isUpper = operation.operator.startsWith('^');
    const change = (text: string) => (isUpper ? text.toUpperCase() : text.toLowerCase());
    return of(
      operation.operator.length === 2
        ? change(set.value)
        : change(set.value.slice(0, 1)) + set.value.slice(1),
    );
  }
  if (operation.type === 'Slice') {
    const [from, length] = [operation.offset, operation.length].map((word) => word && textOf(word, state));
    if (!from?.known || (length && !length.known)) return null;
    const text = sliced(set.value, from.value, length?.value);
    return text === null ? null : of(text);
  }
  if (operation.type !== 'Remove' && operation.type !== 'Replace') return null;
  const written = textOf(operation.type === 'Remove' ? operation.operand : operation.pattern, state);
  const isShort = operation.operator.length === 1;
  const shape =
    written.known && set.value.length < 4096
      ? globPattern(written.value, isShort ? 'shortest' : 'longest')
      : null;
  if (!shape) return null;
  if (operation.type === 'Replace') {
    const by = textOf(operation.replacement, state);
    if (!by.known || (operation.operator !== '/' && operation.operator !== '//')) return null;
    return of(set.value.replace(new RegExp(shape.source, isShort ? '' : 'g'), () => by.value));
  }
  return of(
    operation.operator.startsWith('#')
      ? withoutHead(set.value, shape)
      : withoutTail(set.value, shape, isShort),
  );
}

/** `${X:FROM:LENGTH}` for whole numbers of 0 or more; null for others. */
function sliced(text: string, from: string, length: string | undefined): string | null {
  if (![from, length ?? '0'].every((number) => /^\d{1,6}$/.test(number.trim()))) return null;
  const start = Number(from);
  return [...text].slice(start, length === undefined ? undefined : start + Number(length)).join('');
}

const withoutHead = (text: string, shape: RegExp): string =>
  text.replace(new RegExp(`^(?:${shape.source})`), '');

/** The shortest or the longest end of a text that fits. */
function withoutTail(text: string, shape: RegExp, isShortest: boolean): string {
  const whole = new RegExp(`^(?:${shape.source})$`);
  const starts = Array.from({ length: text.length + 1 }, (_, i) => (isShortest ? text.length - i : i));
  const start = starts.find((from) => whole.test(text.slice(from)));
  return start === undefined ? text : text.slice(0, start);
}
