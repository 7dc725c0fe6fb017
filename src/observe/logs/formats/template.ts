import { type Field, type FieldKind, type Store, storeOf } from '../reading/fields.js';
import type { ReadLine, Row } from '../reading/row.js';

/** A line's layout: literal texts and the fields between them. No two fields are neighbours. */
export type Piece = string | Field;

/** A compiled layout. */
export interface Template {
  /** Matches a whole line. */
  readonly pattern: RegExp;
  readonly tells: ReadonlySet<FieldKind>;
  reader(): ReadLine;
}

/** One regular expression for a layout; each field that matters is a group of it, a request is two. */
export function compileTemplate(pieces: readonly Piece[]): Template {
  const kinds: FieldKind[] = [];
  const fields: Field[] = [];
  const source = pieces.map((piece, n) => {
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
  return { pattern, tells: new Set(kinds), reader: () => patternReader(pattern, fields) };
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
