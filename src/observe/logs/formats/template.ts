import { type Field, type FieldKind, type Store, storeOf } from '../reading/fields.js';
import type { ReadLine, Row } from '../reading/row.js';

/** A line's layout: literal texts and the fields between them. No two fields are neighbours. */
export type Piece = string | Field;

/** A compiled layout. */
export interface Template {
  readonly tells: ReadonlySet<FieldKind>;
  reader(): ReadLine;
}

/** How closely the fields that do not count are looked at. */
export type Strictness = 'every field' | 'fields that count';

/** Text that is not looked at. */
const ANYTHING = Symbol('anything');

/** One regular expression for a layout; each field that matters is a group of it, a request is two. */
export function compileTemplate(layout: readonly Piece[], strictness: Strictness): Template {
  const pieces = strictness === 'every field' ? layout : withoutMiddle(layout);
  const kinds: FieldKind[] = [];
  const fields: Field[] = [];
  const source = pieces.map((piece, n) => {
    if (piece === ANYTHING) return '.*';
    if (typeof piece === 'string') return escaped(piece);
    const next = pieces[n + 1];
    const behind = typeof next === 'string' ? next : '';
    kinds.push(piece.kind);
    if (piece.kind === 'request') fields.push({ kind: 'method' }, { kind: 'path' });
    else if (piece.kind !== 'skip') fields.push(piece);
    return patternOf(piece, behind);
  });
  // What comes behind a layout that ends with a literal is left alone.
  const end = typeof pieces.at(-1) === 'string' ? '' : '$';
  const pattern = new RegExp(`^${source.join('')}${end}`);
  return { tells: new Set(kinds), reader: () => patternReader(pattern, fields) };
}

/** Fields without blanks and quotes, which can be found from the right. */
const COMPACT: ReadonlySet<FieldKind> = new Set(['duration', 'cpu', 'io', 'pid', 'status']);

/**
 * Most bytes of a line are referrer and user agent, which need not be looked at: what is skipped before the last fields
 * that count becomes anything up to the last place of the literal before them.
 */
function withoutMiddle(pieces: readonly Piece[]): readonly (Piece | typeof ANYTHING)[] {
  const isCompact = (piece: Piece) => typeof piece === 'string' || COMPACT.has(piece.kind);
  const isSkipped = (piece: Piece) => typeof piece === 'string' || piece.kind === 'skip';
  const tail = pieces.findLastIndex((piece) => !isCompact(piece)) + 2;
  const literal = pieces[tail - 1];
  if (tail < 3 || typeof pieces[tail] !== 'object' || typeof literal !== 'string') return pieces;
  const run = pieces.slice(0, tail - 1).findLastIndex((piece) => !isSkipped(piece)) + 1;
  // Of a list with blanks only the last word would be left, were a blank all that comes before it.
  if (!/\S/.test(literal) || run >= tail - 1) return pieces;
  const begin = typeof pieces[run] === 'string' ? run + 1 : run;
  return [...pieces.slice(0, begin), ANYTHING, ...pieces.slice(tail - 1)];
}

/** A reader by a pattern whose groups are these fields, in order. */
export function patternReader(pattern: RegExp, fields: readonly Field[]): ReadLine {
  const stores: readonly Store[] = fields.map(storeOf);
  return (line, row) => {
    const match = pattern.exec(line);
    if (match === null) return 'broken';
    storeGroups(match, stores, row);
    return 'request';
  };
}

function storeGroups(match: RegExpExecArray, stores: readonly Store[], row: Row): void {
  for (let n = 0; n < stores.length; n++) {
    const text = match[n + 1];
    if (text !== undefined) stores[n]!(text, row);
  }
}

const QUOTED = String.raw`[^"\\]*(?:\\.[^"\\]*)*`;
/** Times with a blank in them are matched by their form. */
const TIME = String.raw`\d\d/\w{3}/\d{4}[: ][\d:.]{8,} ?[+-]\d{4}|\d{4}[-/]\d\d[-/]\d\d[ T][\d:.,]{8,}(?: ?Z| ?[+-]\d\d:?\d\d)?`;
const LIST = String.raw`[\d.]+(?:(?:, | : )(?:[\d.]+|-))+|-(?:(?:, | : )(?:[\d.]+|-))+`;

/** One word for each server that was tried. */
const WORDS = '[^ ,]*(?:(?:, | : )[^ ,]+)*';

/** The pattern of a field, which ends where the literal text behind it begins. */
function patternOf(field: Field, behind: string): string {
  const plain = behind.startsWith('"') ? QUOTED : `${upTo(behind)}*`;
  // Numbers and words hold no blanks, so that the next blank ends them, whatever comes behind it.
  const word = behind.startsWith(' ') ? '[^ ]*' : plain;
  switch (field.kind) {
    case 'skip':
      return behind.startsWith(' ') && field.list ? WORDS : plain;
    case 'time':
      return behind.startsWith('"') || behind.startsWith(']') ? `(${plain})` : `(${TIME}|${plain})`;
    case 'request':
      return requestPattern(behind);
    case 'duration':
    case 'cpu':
    case 'io':
      return behind.startsWith(' ') ? `(${LIST}|${word})` : `(${plain})`;
    case 'path':
    case 'method':
    case 'pid':
    case 'status':
      return `(${word})`;
  }
}

/** Anything but the character that ends a field: a quote or bracket behind a blank rather than the blank. */
function upTo(behind: string): string {
  if (behind === '') return '.';
  const end = behind[0] === ' ' && /["[({]/.test(behind[1] ?? '') ? behind[1]! : behind[0]!;
  return `[^${end.replace(/[\\\]^-]/, '\\$&')}]`;
}

/** Method and path; what is no request, such as the greeting of another protocol, has neither. */
function requestPattern(behind: string): string {
  if (behind.startsWith('"')) return String.raw`(?:([^ "\\]+) ([^ "\\]+)${QUOTED}|${QUOTED})`;
  if (behind === '') return '([^ ]+) ([^ ]+).*';
  if (behind.startsWith(' ')) return String.raw`([^ ]+) ([^ ]+)(?: HTTP/[\d.]+)?`;
  const rest = upTo(behind);
  return `([^ ]+) (${rest.replace('[^', '[^ ')}+)${rest}*`;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
