import {
  both,
  known,
  notSet,
  PLAIN,
  type Provenance,
  type Reading,
  type Surroundings,
  unknown,
} from '../../files/reading.js';
import { baseName, directoryOf, type Span } from '../../files/text-file.js';

interface Around {
  /** Values set before, by their names; `_` is what a condition found. */
  readonly names: ReadonlyMap<string, string>;
  readonly outer: Surroundings;
  readonly at: Span;
  readonly file: string;
}

const MAGIC = /%([a-zA-Z])/g;
const PLACEHOLDER = /%\(([^)]*)\)|\$\(([^)]*)\)|@\([^)]*\)/g;
/** What something else fills in before uWSGI reads it: `{{ x }}`, `${X}`, `@X@`. */
const TEMPLATE = /\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{[^}]*\}|@[A-Z_]{2,}@/;

/**
 * A value with its placeholders filled in, as uWSGI does it: first `%k` (detected cores) and the like, then `$(NAME)` of
 * the environment, then `%(name)`, which was set before, and sums such as `%(%k * 2 + 1)`.
 */
export function filledIn(value: string, around: Around): Reading<string> {
  const template = TEMPLATE.exec(value)?.[0];
  if (template !== undefined)
    return unknown(`${template.slice(0, 40)} is filled in before uWSGI reads the file`, around.at);
  const pieces = new Pieces(around.at);
  const magic = value.replaceAll(MAGIC, (whole, letter: string) =>
    pieces.take(ofMagic(letter, around) ?? known(whole, around.at)),
  );
  const text = magic.replaceAll(PLACEHOLDER, (whole, sum?: string, variable?: string) => {
    if (sum !== undefined) return pieces.take(ofSum(sum, around));
    return pieces.take(
      variable === undefined ? unknown(`${whole} is not read`, around.at) : ofVariable(variable, around),
    );
  });
  return pieces.whole(text);
}

/** What the parts of a value rest on; the first that is not known makes all of it unknown. */
class Pieces {
  private from: Provenance = PLAIN;
  private why: Reading<string> | null = null;
  private readonly at: Span;

  constructor(at: Span) {
    this.at = at;
  }

  take(piece: Reading<string>): string {
    if (piece.known) this.from = both(this.from, piece);
    else this.why ??= piece;
    return piece.known ? piece.value : '';
  }

  whole = (text: string): Reading<string> => this.why ?? known(text, this.at, this.from);
}

/** `name`, or operations on whole numbers from left to right; a name that is not set counts as nothing. */
function ofSum(text: string, { names, at }: Around): Reading<string> {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const numberOf = (word: string) => (/^-?\d+$/.test(word) ? word : names.get(word));
  let value = numberOf(first);
  if (value === undefined) return unknown(`%(${text.slice(0, 40)}) is not set before it`, at);
  for (let i = 0; i < rest.length; i += 2) {
    const operator = rest[i]!;
    const operand = numberOf(rest[i + 1] ?? '');
    if (!/^[-+*/]$/.test(operator) || operand === undefined)
      return unknown(`%(${text.slice(0, 40)}) is not read`, at);
    value = String(calculated(Number.parseInt(value, 10) || 0, operator, Number.parseInt(operand, 10) || 0));
  }
  return known(value, at);
}

function calculated(a: number, operator: string, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return b === 0 ? 0 : Math.trunc(a / b);
}

/** Null where the letter stands for nothing. */
function ofMagic(letter: string, { outer, at, file }: Around): Reading<string> | null {
  const name = baseName(file);
  const directory = directoryOf(file) || '.';
  switch (letter) {
    case 'k':
      return outer.cpuCount
        ? known(String(outer.cpuCount.value), at, { cpuCount: true, assumes: outer.cpuCount.assumes })
        : unknown('the CPU count is not known: give --cores or --machine-cores', at);
    case 'd':
      return known(`${directory}/`, at);
    case 'n':
      return known(name.replace(/\.\w+$/, ''), at);
    case 's':
      return known(name, at);
    case 'p':
      return known(file, at);
    case 'e':
      return known(/\.(\w+)$/.exec(name)?.[1] ?? '', at);
    case 'c':
      return known(baseName(directory), at);
    default:
      return 'vVhoxitTjuUgGb'.includes(letter) ? unknown(`%${letter} is not read`, at) : null;
  }
}

/** `$(NAME)`, and from 2.1 on `$(NAME:-default)`. */
function ofVariable(text: string, { outer, at }: Around): Reading<string> {
  const [, name = text, fallback] = /^(\w+?):?-(.*)$/.exec(text) ?? [];
  const value = outer.environment.get(name);
  if (value) return value.known ? known(value.value, at, value) : value;
  const { incomplete } = outer.environment;
  if (incomplete !== null) return unknown(`${name} may be set by ${incomplete}`, at, name);
  if (fallback === undefined) return unknown(notSet(name), at, name);
  return known(fallback, at, { cpuCount: false, assumes: [notSet(name)] });
}
