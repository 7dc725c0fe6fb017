import { lookUp } from '../../text/lookup.js';
import { notSet } from '../reading.js';
import { BUILTINS, type Variables, variableOf } from './builtins.js';
import type { Arguments } from './call.js';
import { type PyValue, py, raised, toText, unknownValue } from './values.js';

/** How a library takes a variable: what its own types are called, and whether it converts a default too. */
interface Library {
  readonly casts: readonly string[];
  readonly castsDefault: boolean;
  readonly failure: string;
}

const NO_CASTS: readonly string[] = [];
const CASTS = ['int', 'float', 'str', 'bool'];

/** python-decouple's `config`, and instances of django-environ's and environs' `Env` and Starlette's `Config`. */
const LIBRARIES: Readonly<Record<string, Library>> = {
  'decouple.config': { casts: NO_CASTS, castsDefault: true, failure: 'UndefinedValueError' },
  'environ.Env': { casts: CASTS, castsDefault: false, failure: 'ImproperlyConfigured' },
  'environs.Env': { casts: CASTS, castsDefault: false, failure: 'EnvError' },
  'starlette.config.Config': { casts: NO_CASTS, castsDefault: true, failure: 'KeyError' },
};

/** Classes whose instances are called for a variable. */
const CLASSES: ReadonlySet<string> = new Set(['environ.Env', 'environs.Env', 'starlette.config.Config']);

type SettingCall = PyValue & ({ type: 'object'; of: string } | { type: 'method' | 'name' });

/** Whether a call of this makes, or asks, a reader of variables. */
export const isSettingCall = (target: PyValue): target is SettingCall =>
  target.type === 'name'
    ? Object.hasOwn(LIBRARIES, target.path)
    : target.type === 'object' || (target.type === 'method' && target.self.type === 'object');

/** Attributes of such a reader that are its types: `env.int`. */
export const isSettingMethod = (self: PyValue, name: string): boolean =>
  self.type === 'object' && (lookUp(LIBRARIES, self.of)?.casts.includes(name) ?? false);

/** What an `Env` or `Config` is, and what one answers for a variable. */
export function callSetting(target: SettingCall, given: Arguments, variables: Variables): PyValue {
  if (target.type === 'name') {
    const path = target.path;
    if (CLASSES.has(path)) return readerOf(path, given);
    return variable(path, given.named.get('cast'), given, new Map(), variables);
  }
  const self = target.type === 'method' ? target.self : target;
  if (self.type !== 'object') return unknownValue('this call is not evaluated');
  const cast =
    target.type === 'method'
      ? py({ type: 'name', path: target.name })
      : (given.named.get('cast') ?? given.named.get('type'));
  return variable(self.of, cast, given, self.attributes, variables);
}

/** `Env(X=(int, 3))` says types and defaults beforehand; what else is given may name a file to read. */
function readerOf(of: string, { args, named }: Arguments): PyValue {
  const [file] = args;
  const fileName = file ?? named.get('env_file');
  if (fileName || named.has('environ') || named.has('env_prefix'))
    return unknownValue(`${of} reads more than the environment`);
  return py({ type: 'object', of, attributes: named });
}

function variable(
  of: string,
  cast: PyValue | undefined,
  { args, named }: Arguments,
  scheme: ReadonlyMap<string, PyValue>,
  variables: Variables,
): PyValue {
  const library = lookUp(LIBRARIES, of);
  const [name, second, third] = args;
  if (!library || name?.type !== 'str') return unknownValue('this call is not evaluated');
  const declared = scheme.get(name.value);
  const [schemeCast, schemeDefault] =
    declared?.type === 'list' ? declared.items : declared ? [declared, undefined] : [];
  const isDirect = library.casts.length > 0;
  // Env()(name, cast, default), Env().int(name, default), config(name, default, cast), Config()(name, cast, default).
  const takesCastSecond = (isDirect && cast === undefined) || of === 'starlette.config.Config';
  const given = {
    cast: cast ?? (takesCastSecond ? second : third) ?? schemeCast,
    fallback: named.get('default') ?? (takesCastSecond ? third : second) ?? schemeDefault,
  };
  const set = variableOf(name.value, variables);
  if (set) return converted(set, given.cast);
  if (!given.fallback) return raised(library.failure, notSet(name.value));
  const value = library.castsDefault ? converted(given.fallback, given.cast) : given.fallback;
  const assumes = [...new Set([...value.provenance.assumes, notSet(name.value)])];
  return { ...value, provenance: { ...value.provenance, assumes } };
}

const TRUE = new Set(['y', 'yes', 't', 'true', 'on', '1']);
const FALSE = new Set(['n', 'no', 'f', 'false', 'off', '0']);

/** A text as the type that is asked for; `bool` is what all of these libraries take for one. */
export function converted(value: PyValue, cast: PyValue | undefined): PyValue {
  if (cast === undefined || value.type === 'unknown') return value;
  if (cast.type !== 'name' || !CASTS.includes(cast.path))
    return cast.type === 'unknown' ? cast : unknownValue('this cast is not evaluated');
  if (cast.path !== 'bool' || value.type !== 'str')
    return value.type === 'none' && cast.path !== 'bool'
      ? value
      : BUILTINS[cast.path]!([value], NO_VARIABLES);
  const text = toText(value)!.trim().toLowerCase();
  if (TRUE.has(text)) return py({ type: 'bool', value: true }, value);
  if (FALSE.has(text)) return py({ type: 'bool', value: false }, value);
  return raised('ValueError', `${JSON.stringify(text.slice(0, 40))} is neither true nor false`, value);
}

const NO_VARIABLES: Variables = {
  outer: { environment: { get: () => undefined, incomplete: null }, cpuCount: null },
  own: new Map(),
  loads: null,
};

/** Calls that set variables from a file which is not followed. */
export const loadsDotenv = (path: string): boolean =>
  /^(dotenv\.(main\.)?load_dotenv|environ\.(Env\.)?read_env|environs\.Env\.read_env)$/.test(path);
