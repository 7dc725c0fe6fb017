import { UsageError } from '../../../host/errors.js';
import { lookUp } from '../../../text/lookup.js';
import { MS_PER_UNIT } from '../reading/durations.js';
import { type Field, SKIP } from '../reading/fields.js';
import type { LogFormat } from './log-format.js';
import { SYNTAXES, type Syntax } from './syntaxes.js';
import { compileTemplate, type Piece, type Strictness } from './template.js';

/**
 * Compiles the format strings of Gunicorn (`%(h)s … %(D)s`), nginx (`$remote_addr … $request_time`), Apache (`%h … %D`) and
 * uWSGI (`%(addr) … %(msecs)`). A unit behind a variable makes it a duration in that unit, whatever its name:
 * `$request_time:ms`. Throws a UsageError for a string without any variable or of more
 * than 4096 characters.
 */
export function compileFormat(text: string, strictness: Strictness = 'fields that count'): LogFormat {
  if (text.length > LONGEST)
    throw new UsageError(`--log-format: has ${text.length} characters; accepted: at most ${LONGEST}`);
  const syntax = SYNTAXES.find(({ recognises }) => recognises.test(text));
  if (!syntax) {
    throw new UsageError(
      `--log-format: "${text}" has no variables; accepted: Gunicorn's %(D)s, nginx's $request_time, Apache's %D or uWSGI's %(msecs)`,
    );
  }
  const variables = variablesOf(text, syntax);
  const duration = chosenDuration(variables);
  const pieces = piecesOf(text, variables, (variable) =>
    variable.field.kind === 'duration' && variable !== duration ? LISTED : variable.field,
  );
  return {
    name: `${syntax.server} ${text}`,
    basis: duration?.ofProxy || syntax.server === 'nginx' ? 'response' : 'service',
    stamps: syntax.server === 'Apache' ? 'arrival' : 'end',
    resolutionMs: duration?.resolutionMs ?? 1,
    certain: false,
    remedy: null,
    ...compileTemplate(pieces, strictness),
  };
}

/** Far more than any server's, and far less than what a regular expression can hold. */
const LONGEST = 4096;

interface Variable {
  readonly at: number;
  readonly length: number;
  readonly field: Field;
  readonly bracketed: boolean;
  readonly resolutionMs: number;
  /** The unit was written behind it. */
  readonly unitGiven: boolean;
  readonly ofProxy: boolean;
}

/** A duration that does not count. */
const LISTED: Field = { kind: 'skip', list: true };

const UNIT = /^:(ns|us|ms|s)(?![A-Za-z0-9_])/;

function variablesOf(text: string, syntax: Syntax): Variable[] {
  return [...text.matchAll(syntax.variable)].map((match) => {
    const name = match[1]!;
    const known = lookUp(syntax.fields, name) ?? null;
    const unit = UNIT.exec(text.slice(match.index + match[0].length))?.[1];
    const given = unit === undefined ? undefined : MS_PER_UNIT[unit]!;
    return {
      at: match.index,
      length: match[0].length + (unit === undefined ? 0 : unit.length + 1),
      field: given === undefined ? (known ?? SKIP) : inUnit(known, given),
      bracketed: syntax.bracketed.includes(name),
      resolutionMs: given === undefined ? syntax.resolutionMs(name) : given === 1e3 ? 1 : given,
      unitGiven: given !== undefined,
      ofProxy: /upstream/.test(name),
    };
  });
}

/** A unit behind a time stamp is that of its number; behind anything else it makes a duration. */
const inUnit = (known: Field | null, msPerUnit: number): Field =>
  known?.kind === 'time' ? { kind: 'time', msPerUnit } : { kind: 'duration', msPerUnit };

/**
 * Of several durations one counts: the one whose unit the user wrote, else the upstream's, which leaves a slow client out,
 * else the finest, else the last.
 */
function chosenDuration(variables: readonly Variable[]): Variable | undefined {
  const rank = ({ unitGiven, ofProxy, resolutionMs }: Variable) =>
    (unitGiven ? 4 : 0) + (ofProxy ? 2 : 0) - Math.min(1, resolutionMs / 1000);
  return variables
    .filter(({ field }) => field.kind === 'duration')
    .reduce<Variable | undefined>((best, next) => (best && rank(best) > rank(next) ? best : next), undefined);
}

function piecesOf(
  text: string,
  variables: readonly Variable[],
  fieldOf: (variable: Variable) => Field,
): Piece[] {
  const pieces: Piece[] = [];
  const add = (piece: Piece) => {
    const last = pieces.at(-1);
    if (piece === '') return;
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (typeof piece === 'string' || typeof last !== 'object') pieces.push(piece);
    else
      throw new UsageError(
        `--log-format: "${text}" has two variables with nothing between them, so that a line cannot be split`,
      );
  };
  let at = 0;
  for (const variable of variables) {
    add(text.slice(at, variable.at));
    if (variable.bracketed) add('[');
    add(fieldOf(variable));
    if (variable.bracketed) add(']');
    at = variable.at + variable.length;
  }
  add(text.slice(at).replace(/\n$/, ''));
  return pieces;
}
