import { UsageError } from '../../host/errors.js';
import { type Field, type LineFormat, type LinePart, SKIP } from './log-format.js';

/**
 * Compiles the format strings of Gunicorn (`%(h)s … %(D)s`), nginx (`$remote_addr … $request_time`) and Apache
 * (`%h … %D`) into a line format. Throws a UsageError for a string without any variable.
 */
export function compileFormat(text: string): LineFormat {
  const syntax = SYNTAXES.find(({ variable }) => text.search(variable) >= 0);
  if (!syntax) {
    throw new UsageError(
      `--log-format: "${text}" has no variables; accepted: Gunicorn's %(D)s, nginx's $request_time or Apache's %D`,
    );
  }
  const pieces = piecesOf(text, syntax);
  const parts = partsOf(pieces, text);
  const told = parts.filter(({ field }) => field.kind === 'duration');
  return {
    kind: 'line',
    name: `${syntax.server} ${text}`,
    basis: syntax.server === 'nginx' ? 'response' : 'service',
    stamps: syntax.server === 'Apache' ? 'arrival' : 'end',
    resolutionMs: resolution(text, syntax.server, told.length > 0),
    start: pieces[0]?.kind === 'literal' ? pieces[0].text : '',
    parts,
  };
}

type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly field: Field };

interface Syntax {
  readonly server: 'Gunicorn' | 'nginx' | 'Apache';
  readonly variable: RegExp;
  field(name: string): Field;
  /** Brackets that a variable's text brings with it. */
  bracketed(name: string): boolean;
}

const ms = (msPerUnit: number): Field => ({ kind: 'duration', msPerUnit });
const CLF: Field = { kind: 'clf-time' };
const REQUEST: Field = { kind: 'request' };

/** gunicorn/glogging.py, Logger.atoms. */
const GUNICORN: Readonly<Record<string, Field>> = {
  t: CLF,
  r: REQUEST,
  m: { kind: 'method' },
  U: { kind: 'path' },
  s: { kind: 'status' },
  p: { kind: 'pid' },
  D: ms(1e-3),
  M: ms(1),
  L: ms(1e3),
  T: ms(1e3),
};

/** ngx_http_log_module, ngx_http_core_module and ngx_http_upstream_module. */
const NGINX: Readonly<Record<string, Field>> = {
  time_local: CLF,
  time_iso8601: { kind: 'time', msPerUnit: 1000 },
  msec: { kind: 'time', msPerUnit: 1000 },
  request: REQUEST,
  request_method: { kind: 'method' },
  request_uri: { kind: 'path' },
  uri: { kind: 'path' },
  status: { kind: 'status' },
  request_time: ms(1e3),
  upstream_response_time: ms(1e3),
};

/** mod_log_config. */
const APACHE: Readonly<Record<string, Field>> = {
  t: CLF,
  r: REQUEST,
  m: { kind: 'method' },
  U: { kind: 'path' },
  '>s': { kind: 'status' },
  s: { kind: 'status' },
  P: { kind: 'pid' },
  D: ms(1e-3),
  '{ms}T': ms(1),
  '{us}T': ms(1e-3),
  '{s}T': ms(1e3),
  T: ms(1e3),
};

const own = (table: Readonly<Record<string, Field>>, name: string): Field =>
  Object.hasOwn(table, name) ? table[name]! : SKIP;

const SYNTAXES: readonly Syntax[] = [
  {
    server: 'Gunicorn',
    variable: /%\(([^)]*)\)s/,
    field: (name) => own(GUNICORN, name),
    bracketed: (name) => name === 't',
  },
  {
    server: 'nginx',
    variable: /\$\{?([a-z0-9_]+)\}?/,
    field: (name) => own(NGINX, name),
    bracketed: () => false,
  },
  {
    server: 'Apache',
    variable: /%([<>]?(?:\{[^}]*\})?[a-zA-Z])/,
    field: (name) => own(APACHE, name),
    bracketed: (name) => name === 't',
  },
];

function piecesOf(text: string, { variable, field, bracketed }: Syntax): Piece[] {
  const pieces: Piece[] = [];
  const literal = (more: string) => {
    const last = pieces.at(-1);
    if (last?.kind === 'literal') pieces[pieces.length - 1] = { kind: 'literal', text: last.text + more };
    else if (more !== '') pieces.push({ kind: 'literal', text: more });
  };
  let at = 0;
  for (const match of text.matchAll(new RegExp(variable, 'g'))) {
    literal(text.slice(at, match.index));
    if (bracketed(match[1]!)) literal('[');
    pieces.push({ kind: 'field', field: field(match[1]!) });
    if (bracketed(match[1]!)) literal(']');
    at = match.index + match[0].length;
  }
  literal(text.slice(at).replace(/\n$/, ''));
  return onlyOneDuration(pieces);
}

/** Of several durations the last counts: nginx's upstream time leaves a slow client out and usually comes last. */
function onlyOneDuration(pieces: Piece[]): Piece[] {
  const isDuration = (piece: Piece) => piece.kind === 'field' && piece.field.kind === 'duration';
  const last = pieces.findLastIndex(isDuration);
  return pieces.map((piece, n) => (isDuration(piece) && n !== last ? { kind: 'field', field: SKIP } : piece));
}

function partsOf(pieces: readonly Piece[], text: string): LinePart[] {
  const parts: LinePart[] = [];
  pieces.forEach((piece, n) => {
    if (piece.kind !== 'field') return;
    const next = pieces[n + 1];
    if (next?.kind === 'field') {
      throw new UsageError(
        `--log-format: "${text}" has two variables with nothing between them, so that a line cannot be split`,
      );
    }
    parts.push({ field: piece.field, until: next?.text ?? '' });
  });
  return parts;
}

function resolution(text: string, server: string, told: boolean): number {
  if (!told) return 1;
  if (server === 'nginx' || text.includes('%(M)s') || text.includes('{ms}T')) return 1;
  return text.includes('%(D)s') || text.includes('%D') || text.includes('%(L)s') ? 1e-3 : 1000;
}
