import { followModule, MOST_CHARACTERS } from '../../files/python/module.js';
import type { PyValue } from '../../files/python/values.js';
import { known, type Reading, type Scalar, type Surroundings, unknown } from '../../files/reading.js';
import type { Source } from '../../files/text-file.js';
import { SourceError } from '../../host/errors.js';

/** The settings of a configuration file in Python, as far as they can be known without running it. */
export interface PythonConf<Name extends string = string> {
  readonly settings: ReadonlyMap<Name, Reading<Scalar>>;
  /** Names that look like settings and are none: servers ignore them silently. */
  readonly otherNames: ReadonlyMap<string, Reading<Scalar>>;
  /** Why settings that are not in `settings` may be set all the same; null where they are not. */
  readonly mayAlsoSet: string | null;
}

/** Reads a configuration file as the server would, without executing it; `isSetting` knows the names it takes. */
export function readPythonConf<Name extends string>(
  source: Source,
  outer: Surroundings,
  isSetting: (name: string) => name is Name,
): PythonConf<Name> {
  refuseExcess(source);
  const { names, poison, firstError } = followModule(source, outer);
  if (firstError !== null) {
    const { line, column } = source.at(Math.min(firstError, source.text.length));
    throw new SourceError(`${source.file}:${line}:${column}: this is not valid Python`);
  }
  const settings = new Map<Name, Reading<Scalar>>();
  const otherNames = new Map<string, Reading<Scalar>>();
  for (const [name, { value, from, to }] of names) {
    const at = source.at(from, to);
    const reading = poison && poison.from > from ? unknown(poison.why, at) : readingOf(value, at);
    if (isSetting(name)) settings.set(name, reading);
    else if (value.type !== 'name' && value.type !== 'function') otherNames.set(name, reading);
  }
  return { settings, otherNames, mayAlsoSet: poison?.why ?? null };
}

/** Python's own parser gives up at 200 nested brackets; configuration files are far below that. */
const DEEPEST = 200;

function refuseExcess({ file, text }: Source): void {
  if (text.length > MOST_CHARACTERS)
    throw new SourceError(
      `${file}: has ${text.length} characters; at most ${MOST_CHARACTERS} of Python are read`,
    );
  let depth = 0;
  for (const char of text) {
    if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST)
      throw new SourceError(`${file}: it is nested more than ${DEEPEST} levels deep, which is not read`);
  }
}

function readingOf(value: PyValue, at: ReturnType<Source['at']>): Reading<Scalar> {
  switch (value.type) {
    case 'float':
      return known<Scalar>({ float: value.value }, at, value.provenance);
    case 'int':
    case 'str':
    case 'bool':
      return known<Scalar>(value.value, at, value.provenance);
    case 'none':
      // os.environ.get('X') without a default: whoever wrote it counts on X being set.
      if (value.provenance.assumes.length > 0) return unknown(value.provenance.assumes[0]!, at);
      return known<Scalar>(null, at, value.provenance);
    case 'unknown':
      return unknown(value.why, at);
    case 'function':
    case 'method':
      return unknown('a function', at);
    case 'name':
      return unknown(`${value.path} is not evaluated`, at);
    default:
      return unknown(`a ${value.type}`, at);
  }
}
