import { grouped } from '../../../text/lookup.js';
import { fieldOfColumn } from '../columns/column-names.js';
import { chooseDuration, type NumberColumn } from '../columns/duration-choice.js';
import { durationMs, namesItsUnit } from '../reading/durations.js';
import { type Field, type FieldKind, SKIP } from '../reading/fields.js';
import { timeOf } from '../reading/times.js';
import { shapeOfTokens, splitAtSlash, type Token, tokensOf } from './line-tokens.js';
import type { Guess } from './log-format.js';
import { compileTemplate, type Piece } from './template.js';

/** Share of the sample that must have the same shape. */
const ENOUGH = 0.5;
/** Share of a column's values that must have a form, for some lines of any log are broken. */
const NEARLY_ALL = 0.8;

/** One place in the lines, with the values that it has in each. */
interface Column {
  readonly token: Token;
  readonly values: readonly string[];
}

/**
 * Recognises access logs of any layout: the time, the request and the status by their forms, and what durations there are by
 * their names, forms and distribution. Throws a UsageError where a number may be a duration and nothing tells its unit.
 */
export function guessLineFormat(sample: readonly string[]): Guess | null {
  const columns = columnsOf(sample);
  if (!columns) return null;
  const kinds = kindsOf(columns);
  if (!kinds.includes('request') && !(kinds.includes('method') && kinds.includes('path'))) return null;
  const choice = chooseDuration(numbersOf(columns, kinds), {
    hasPid: kinds.includes('pid'),
    suggest: (n) => suggestion(columns, kinds, n),
  });
  const fields = columns.map(
    (_, n): Field =>
      n === choice?.column ? { kind: 'duration', msPerUnit: choice.msPerUnit } : fieldOf(kinds[n]!),
  );
  return {
    format: {
      name: `${headName(columns, kinds)}${choice ? ` with ${choice.name}` : ''}`,
      basis: choice?.basis ?? 'service',
      stamps: 'end',
      resolutionMs: choice?.resolutionMs ?? 1,
      certain: false,
      remedy: null,
      ...compileTemplate(piecesOf(columns, fields), 'fields that count'),
    },
    note: choice?.note ?? null,
  };
}

/** The columns of the lines that have the most common shape; null where most lines have no shape in common. */
function columnsOf(sample: readonly string[]): Column[] | null {
  const tokens = sample.flatMap((line) => {
    const found = tokensOf(line);
    return found ? [found] : [];
  });
  const shapes = [...grouped(tokens, shapeOfTokens).values()];
  const alike = shapes.reduce((most, next) => (next.length > most.length ? next : most), []);
  if (alike.length <= ENOUGH * sample.length) return null;
  const isSplit = (n: number) => alike.every((tokens) => /^\d+\/\d+$/.test(tokens[n]!.value));
  const split = alike.map((tokens) => splitAtSlash(tokens, isSplit));
  return split[0]!.map((token, n) => ({ token, values: split.map((tokens) => tokens[n]!.value) }));
}

type Kind = Exclude<FieldKind, 'cpu' | 'io'> | 'bytes';

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PROPFIND)$/;
const REQUEST = /^[A-Z]+ \S+( HTTP\/[\d.]+| \d(\.\d)?)?$/;

/** What each column is, by its form and its place behind the request. */
function kindsOf(columns: readonly Column[]): Kind[] {
  const kinds = columns.map((column): Kind => kindByForm(column));
  const request = kinds.findIndex((kind) => kind === 'request' || kind === 'path');
  // Bare words of a request: the protocol is none of the numbers.
  const status = columns.findIndex(
    (column, n) => n > request && kinds[n] === 'skip' && mostly(column, /^[1-5]\d\d$/),
  );
  if (!kinds.includes('status') && request >= 0 && status >= 0) kinds[status] = 'status';
  const bytes = kinds.indexOf('status') + 1;
  if (bytes > 0 && kinds[bytes] === 'skip' && mostly(columns[bytes]!, /^(\d+|-)$/)) kinds[bytes] = 'bytes';
  return kinds;
}

const mostly = ({ values }: Column, form: RegExp): boolean => {
  const told = values.filter((value) => value !== '-' && value !== '');
  return told.length > 0 && told.filter((value) => form.test(value)).length >= NEARLY_ALL * told.length;
};

function kindByForm(column: Column): Kind {
  const { token, values } = column;
  // `<812>` as Gunicorn's %(p)s, `[812]` as the prefix of its messages.
  if (mostly(column, /^<\d+>$/) || (token.behind === ']' && mostly(column, /^\d+$/))) return 'pid';
  if (token.key !== '' && mostly(column, /^\d+$/)) {
    const named = fieldOfColumn(token.key)?.kind;
    if (named === 'pid' || named === 'status') return named;
  }
  if (token.behind !== '' && mostly(column, REQUEST)) return 'request';
  if (token.behind === '' && mostly(column, METHODS)) return 'method';
  if (token.behind === '' && mostly(column, /^(\/|https?:\/\/)/)) return 'path';
  // A bare number is a time only where it counts seconds, ms or µs since 1970.
  const isTime = (text: string) =>
    /^\d/.test(text) && /^\d+(\.\d+)?$/.test(text)
      ? /^1\d{9}(\d{3}|\d{6})?(\.\d+)?$/.test(text)
      : !Number.isNaN(timeOf(text, null));
  if (values.filter(isTime).length >= NEARLY_ALL * values.length) return 'time';
  return 'skip';
}

/** Columns that could hold a duration. */
function numbersOf(columns: readonly Column[], kinds: readonly Kind[]): NumberColumn[] {
  const bytes = kinds.indexOf('bytes');
  return columns.flatMap(({ token, values }, n) => {
    if (kinds[n] !== 'skip') return [];
    const told = values.map((text, row) => ({ text, row })).filter(({ text }) => text !== '-' && text !== '');
    const isNumber = (text: string) =>
      /^\d+(\.\d+)?$/.test(text) || namesItsUnit(text) || / : |, /.test(text);
    const numbers = told.filter(({ text }) => isNumber(text) && Number.isFinite(durationMs(text, 1)));
    if (numbers.length === 0 || numbers.length < NEARLY_ALL * told.length) return [];
    return [
      {
        column: n,
        key: token.key,
        texts: numbers.map(({ text }) => text),
        bytes: bytes < 0 ? [] : numbers.map(({ row }) => Number(columns[bytes]!.values[row])),
      },
    ];
  });
}

const fieldOf = (kind: Kind): Field => {
  switch (kind) {
    case 'time':
      return { kind, msPerUnit: null };
    case 'request':
    case 'method':
    case 'path':
    case 'pid':
    case 'status':
      return { kind };
    default:
      return SKIP;
  }
};

/** The combined format is told by referrer and agent in quotes behind the bytes. */
function headName(columns: readonly Column[], kinds: readonly Kind[]): string {
  const [time, bytes] = [kinds.indexOf('time'), kinds.indexOf('bytes')];
  if (columns[time]?.token.behind !== ']' || bytes < 0) return 'access log';
  const [referrer, agent] = [columns[bytes + 1], columns[bytes + 2]];
  return referrer?.token.behind === '"' && agent?.token.behind === '"'
    ? 'combined log format'
    : 'common log format';
}

/** Literals and fields; a user's name before the time may have blanks, so that all of it is one field. */
function piecesOf(columns: readonly Column[], fields: readonly Field[]): Piece[] {
  const time = fields.findIndex((field) => field.kind !== 'skip');
  const isOpen = time > 1 && columns[time]!.token.before.endsWith('[');
  const pieces: Piece[] = [];
  const add = (literal: string) => {
    const last = pieces.at(-1);
    if (typeof last === 'string') pieces[pieces.length - 1] = last + literal;
    else if (literal !== '') pieces.push(literal);
  };
  columns.forEach(({ token, values }, n) => {
    if (isOpen && n > 0 && n < time) return;
    add(isOpen && n === time ? ' [' : token.before);
    const isList = values.some((value) => / : |, /.test(value)) && token.behind === '';
    pieces.push(fields[n]!.kind === 'skip' && isList && !isOpen ? { kind: 'skip', list: true } : fields[n]!);
    add(token.behind);
  });
  return pieces;
}

/** The layout as a format string, with the column in question as a duration. */
function suggestion(columns: readonly Column[], kinds: readonly Kind[], asked: number): string {
  const names = columns.map((_, n) => (n === asked ? '$duration:ms' : nameFor(kinds[n]!, n)));
  return columns.map(({ token }, n) => `${token.before}${names[n]}${token.behind}`).join('');
}

const nameFor = (kind: Kind, n: number): string =>
  kind === 'time' || kind === 'request' || kind === 'method' || kind === 'path' || kind === 'status'
    ? `$${kind}`
    : kind === 'pid'
      ? '$process_id'
      : `$f${n + 1}`;
