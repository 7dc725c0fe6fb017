import type { TestExpression, Word } from 'unbash';
import { lookUp } from '../../text/lookup.js';
import { both, PLAIN, type Provenance, type Reading } from '../reading.js';
import { type CommandWord, literal } from './command-text.js';
import { expandWords, textOf } from './expand.js';
import { globMatches } from './glob.js';
import { resolveParts } from './resolve-word.js';
import type { ShellState } from './state.js';

/** How a command ended: well, badly, or not known. */
export interface Status {
  readonly ok: boolean | undefined;
  /** What the answer rests on. */
  readonly from: Provenance;
}

export const OK: Status = { ok: true, from: PLAIN };
export const FAILED: Status = { ok: false, from: PLAIN };
export const OPEN: Status = { ok: undefined, from: PLAIN };

const not = ({ ok, from }: Status): Status => ({ ok: ok === undefined ? undefined : !ok, from });

export const and = (a: Status, b: () => Status): Status => {
  if (a.ok === false) return a;
  const second = b();
  if (second.ok === false) return second;
  return { ok: a.ok === undefined ? undefined : second.ok, from: both(a.from, second.from) };
};

export const or = (a: Status, b: () => Status): Status => not(and(not(a), () => not(b())));

/** `[[ … ]]`. */
export function testOf(node: TestExpression, state: ShellState): Status {
  switch (node.type) {
    case 'TestGroup':
      return testOf(node.expression, state);
    case 'TestNot': {
      const inner = testOf(node.operand, state);
      return node.negations.length % 2 === 1 ? not(inner) : inner;
    }
    case 'TestLogical': {
      const [first, ...rest] = node.operands;
      const join = node.operator === '&&' ? and : or;
      return rest.reduce(
        (status, operand) => join(status, () => testOf(operand, state)),
        testOf(first!, state),
      );
    }
    case 'TestUnary':
      return unary(node.operator, textOf(node.operand, state), isSet(node.operand, state));
    case 'TestBinary':
      return isQuoted(node.right)
        ? quotedTest(node.operator, textOf(node.left, state), node.right, state)
        : binary(node.operator, textOf(node.left, state), textOf(node.right, state), true);
  }
}

/** What stands in quotes is no pattern: `[[ $X == "a*" ]]`. */
function quotedTest(operator: string, left: Reading<string>, word: Word, state: ShellState): Status {
  return operator === '=~' ? OPEN : binary(operator, left, textOf(word, state), false);
}

/** Whether all of a word stands in quotes, or nothing in it could be a pattern. */
const isQuoted = (word: Word): boolean =>
  word.parts ? word.parts.every(({ type }) => /Quoted$/.test(type)) : word.text !== word.value;

/** Whether the name that `-v` asks of is set. */
function isSet(word: Word, state: ShellState): boolean | undefined {
  const value = state.get(word.value, state.run.locate({ from: word.pos, to: word.end }).source.at(0));
  if (value === undefined) return undefined;
  return value.kind === 'list' || value.reading.known ? true : undefined;
}

function unary(operator: string, operand: Reading<string>, set: boolean | undefined): Status {
  if (operator === '-v') return { ok: set, from: PLAIN };
  if (operator !== '-z' && operator !== '-n') return OPEN;
  if (!operand.known) return OPEN;
  return { ok: (operand.value === '') === (operator === '-z'), from: operand };
}

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

function binary(operator: string, left: Reading<string>, right: Reading<string>, isPattern: boolean): Status {
  if (!left.known || !right.known) return OPEN;
  const from = both(left, right);
  const numeric = lookUp(NUMERIC, operator);
  if (numeric) {
    const [a, b] = [left.value, right.value].map((text) =>
      /^\s*-?\d+\s*$/.test(text) ? Number(text) : Number.NaN,
    );
    return Number.isNaN(a! + b!) ? OPEN : { ok: numeric(a!, b!), from };
  }
  if (operator === '=~') return { ok: regexMatches(left.value, right.value), from };
  const equal = isPattern ? globMatches(left.value, right.value) : left.value === right.value;
  if (operator === '=' || operator === '==') return { ok: equal, from };
  return operator === '!=' ? not({ ok: equal, from }) : OPEN;
}

/** Only expressions that take no more than linear time are tried: no repetition of what repeats. */
function regexMatches(text: string, source: string): boolean | undefined {
  if (source.length > 100 || text.length > 1000 || /[+*?}]\)?[+*{]|\([^)]*[+*]/.test(source))
    return undefined;
  if ((source.match(/[+*]/g)?.length ?? 0) > 2 || /\[\[:/.test(source)) return undefined;
  try {
    return new RegExp(source).test(text);
  } catch {
    return undefined;
  }
}

/** `[ … ]` and `test …`, the closing bracket taken off. */
export function testWords(words: readonly CommandWord[], state: ShellState): Status {
  let at = 0;
  const read = (word: CommandWord) => resolveParts(word.parts, word.at, state.run.outer);
  const primary = (): Status => {
    const first = literal(words[at]);
    if (first === '!' && words.length - at > 1) {
      at += 1;
      return not(primary());
    }
    if (first === '(') {
      at += 1;
      const inner = alternatives();
      at += 1;
      return inner;
    }
    const operator = literal(words[at + 1]) ?? '';
    if (words[at + 2] && (Object.hasOwn(NUMERIC, operator) || ['=', '==', '!='].includes(operator))) {
      const [left, right] = [read(words[at]!), read(words[at + 2]!)];
      at += 3;
      return binary(operator, left, right, false);
    }
    if (first && /^-[a-zA-Z]$/.test(first) && words[at + 1] && !/^-[ao]$/.test(operator)) {
      const operand = read(words[at + 1]!);
      at += 2;
      return unary(first, operand, undefined);
    }
    // `[ -n $X ]` with nothing left of X asks of the text -n itself.
    if (first === '-n' || first === '-z') {
      at += 1;
      return first === '-z' ? OK : FAILED;
    }
    if (words[at] === undefined) return FAILED;
    const value = read(words[at]!);
    at += 1;
    return value.known ? { ok: value.value !== '', from: value } : OPEN;
  };
  const chain = (): Status => {
    let status = primary();
    while (literal(words[at]) === '-a') {
      at += 1;
      const next = primary();
      status = and(status, () => next);
    }
    return status;
  };
  const alternatives = (): Status => {
    let status = chain();
    while (literal(words[at]) === '-o') {
      at += 1;
      const next = chain();
      status = or(status, () => next);
    }
    return status;
  };
  const status = alternatives();
  return at >= words.length ? status : OPEN;
}

/** Whether a word of `case` fits one of the patterns of an arm. */
export function fitsArm(word: Reading<string>, patterns: readonly Word[], state: ShellState): Status {
  if (!word.known) return patterns.some(({ text }) => text === '*') ? { ok: undefined, from: PLAIN } : OPEN;
  let open = false;
  for (const pattern of patterns) {
    const written = pattern.parts?.some(
      ({ type }) => type === 'SimpleExpansion' || type === 'ParameterExpansion',
    )
      ? textOf(pattern, state)
      : { known: true as const, value: pattern.value };
    const fits = !written.known
      ? undefined
      : isQuoted(pattern)
        ? word.value === written.value
        : globMatches(word.value, written.value);
    if (fits) return { ok: true, from: word };
    open ||= fits === undefined;
  }
  return open ? OPEN : { ok: false, from: word };
}

/** The words of `[`, expanded, as `testWords` takes them. */
export const testArguments = (words: readonly Word[], state: ShellState): readonly CommandWord[] =>
  words.flatMap((word) => expandWords(word, state));
