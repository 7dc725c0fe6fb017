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
  /** Values set before, by their names. */
  readonly names: ReadonlyMap<string, string>;
  readonly outer: Surroundings;
  readonly at: Span;
  readonly file: string;
}

const PLACEHOLDER = /%\(([^)]*)\)|%([kdnsv])|\$\(([A-Za-z_]\w*)\)|@\([^)]*\)/g;
/** `%(processes * 2)`: one operation on whole numbers, as uWSGI does it from left to right. */
const SUM = /^([\w-]+)\s*([-+*/])\s*([\w-]+)$/;

/** A value with its placeholders filled in: `%k` detected cores, `%(name)` what was set before, `$(NAME)` the environment. */
export function filledIn(value: string, around: Around): Reading<string> {
  let from: Provenance = PLAIN;
  let why: string | null = null;
  const text = value.replaceAll(PLACEHOLDER, (whole, name?: string, magic?: string, variable?: string) => {
    const piece =
      name !== undefined
        ? ofName(name, around)
        : magic !== undefined
          ? ofMagic(magic, around)
          : variable !== undefined
            ? ofVariable(variable, around)
            : unknown(`${whole} is not read`, around.at);
    if (!piece.known) {
      why ??= piece.why;
      return '';
    }
    from = both(from, piece);
    return piece.value;
  });
  return why === null ? known(text, around.at, from) : unknown(why, around.at);
}

function ofName(name: string, around: Around): Reading<string> {
  const { names, at } = around;
  const set = names.get(name);
  if (set !== undefined) return known(set, at);
  const [, left = '', operator, right = ''] = SUM.exec(name.trim()) ?? [];
  const [a, b] = [left, right].map((part) => (/^\d+$/.test(part) ? part : names.get(part)));
  if (operator && a !== undefined && b !== undefined && /^\d+$/.test(a) && /^\d+$/.test(b))
    return known(String(calculated(Number(a), operator, Number(b))), at);
  return unknown(`%(${name.slice(0, 40)}) is not set before it`, at);
}

function calculated(a: number, operator: string, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return Math.max(0, a - b);
  if (operator === '*') return a * b;
  return b === 0 ? 0 : Math.floor(a / b);
}

function ofMagic(magic: string, { outer, at, file }: Around): Reading<string> {
  if (magic === 'k')
    return outer.cpuCount
      ? known(String(outer.cpuCount.value), at, { cpuCount: true, assumes: outer.cpuCount.assumes })
      : unknown('the CPU count is not known: give --cores or --machine-cores', at);
  if (magic === 'd') return known(`${directoryOf(file)}/`, at);
  if (magic === 'n') return known(baseName(file).replace(/\.\w+$/, ''), at);
  return magic === 's' ? known(baseName(file), at) : unknown(`%${magic} is not read`, at);
}

function ofVariable(name: string, { outer, at }: Around): Reading<string> {
  const value = outer.environment.get(name);
  if (value) return value.known ? known(value.value, at, value) : value;
  const { incomplete } = outer.environment;
  return unknown(incomplete === null ? notSet(name) : `${name} may be set by ${incomplete}`, at, name);
}
