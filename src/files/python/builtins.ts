import { notSet, type Surroundings } from '../reading.js';
import { callMethod } from './methods.js';
import { number } from './operators.js';
import { equal, isNumeric, NONE, type PyValue, py, raised, toText, truth, unknownValue } from './values.js';

/** The variables as the file sees them: those it is started with, and those it sets itself. */
export interface Variables {
  readonly outer: Surroundings;
  readonly own: Map<string, PyValue>;
  /** What loads further variables from a file that is not followed; null where nothing does. */
  loads: string | null;
}

type Builtin = (args: readonly PyValue[], variables: Variables) => PyValue;

/** The names of the outside that are evaluated, by their dotted path. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  'multiprocessing.cpu_count': cpuCount,
  'os.cpu_count': cpuCount,
  'os.process_cpu_count': cpuCount,
  'os.sched_getaffinity': (args, variables) => {
    const count = cpuCount([], variables);
    return args.length === 1 && count.type === 'int' && count.value <= 4096
      ? {
          ...py({ type: 'list', items: Array.from({ length: count.value }, () => NONE) }),
          provenance: count.provenance,
        }
      : count;
  },
  'os.environ.items': (_args, variables) => listed(variables, 'items'),
  'os.environ.keys': (_args, variables) => listed(variables, 'keys'),
  'os.environ.copy': (_args, variables) => environmentDictionary(variables),
  'os.environ.get': getVariable,
  'os.getenv': getVariable,
  'os.environ.setdefault': ([name, value], variables) => {
    if (name?.type !== 'str' || value === undefined)
      return unknownValue('this os.environ.setdefault is not evaluated');
    const set = variableOf(name.value, variables);
    if (set !== undefined) return set;
    variables.own.set(name.value, value);
    return value;
  },
  int: (args) => toInt(args),
  float: ([v]) => {
    if (v === undefined) return number(0, true);
    const value = v.type === 'str' ? numberIn(v.value) : isNumeric(v) ? Number(v.value) : undefined;
    return value === undefined ? open(v, 'float') : number(value, true, v);
  },
  str: ([v]) => {
    const text = v === undefined ? '' : toText(v);
    if (text !== undefined) return py({ type: 'str', value: text }, ...(v ? [v] : []));
    return open(v, 'str');
  },
  bool: ([v]) => {
    const is = v === undefined ? false : truth(v);
    if (is !== undefined) return py({ type: 'bool', value: is }, ...(v ? [v] : []));
    return open(v, 'bool');
  },
  len: ([v]) => {
    if (v?.type === 'list') return py({ type: 'int', value: v.items.length }, v);
    if (v?.type === 'str') return py({ type: 'int', value: [...v.value].length }, v);
    return open(v, 'len');
  },
  max: (args) => extreme(args, (a, b) => a > b),
  min: (args) =>
    bounded(
      args,
      extreme(args, (a, b) => a < b),
    ),
  abs: ([v]) =>
    v && isNumeric(v) ? number(Math.abs(Number(v.value)), v.type === 'float', v) : open(v, 'abs'),
  round: ([v, digits]) => {
    if (!v || !isNumeric(v)) return open(v, 'round');
    if (digits === undefined || digits.type === 'none') return number(halfEven(Number(v.value)), false, v);
    return unknownValue('round() to decimals is not evaluated');
  },
  'math.ceil': ([v]) =>
    v && isNumeric(v) ? number(Math.ceil(Number(v.value)), false, v) : open(v, 'math.ceil'),
  'math.floor': ([v]) =>
    v && isNumeric(v) ? number(Math.floor(Number(v.value)), false, v) : open(v, 'math.floor'),
};

const open = (v: PyValue | undefined, name: string): PyValue =>
  v?.type === 'unknown' ? v : unknownValue(`${name}() of this is not evaluated`);

function cpuCount(_args: readonly PyValue[], { outer }: Variables): PyValue {
  if (!outer.cpuCount) return unknownValue('the CPU count is not known: give --cores or --machine-cores');
  return {
    ...py({ type: 'int', value: outer.cpuCount.value }),
    provenance: { cpuCount: true, assumes: outer.cpuCount.assumes },
  };
}

/** The value of an environment variable; undefined where it is certainly not set. */
export function variableOf(name: string, { outer, own, loads }: Variables): PyValue | undefined {
  const mine = own.get(name);
  if (mine) return mine;
  const given = outer.environment.get(name);
  if (given)
    return given.known
      ? { ...py({ type: 'str', value: given.value }), provenance: given }
      : unknownValue(given.why);
  const incomplete = outer.environment.incomplete ?? loads;
  return incomplete === null ? undefined : unknownValue(`${name} may be set by ${incomplete}`);
}

function getVariable([name, fallback]: readonly PyValue[], variables: Variables): PyValue {
  if (name?.type !== 'str') return open(name, 'os.environ.get');
  const set = variableOf(name.value, variables);
  if (set) return set;
  const value = fallback ?? NONE;
  return {
    ...value,
    provenance: {
      ...value.provenance,
      assumes: [...new Set([...value.provenance.assumes, notSet(name.value)])],
    },
  };
}

/** All variables as a dictionary; unknown where some may not be known by name. */
function environmentDictionary({ outer, own, loads }: Variables): PyValue {
  const { incomplete, names } = outer.environment;
  if (incomplete !== null || loads !== null || !names)
    return unknownValue(`variables may be set by ${incomplete ?? loads ?? 'more than is listed'}`);
  const all = [...new Set([...names(), ...own.keys()])];
  const variables = { outer, own, loads };
  const entries = new Map(all.map((name) => [name, variableOf(name, variables) ?? NONE]));
  return py({ type: 'dict', entries });
}

function listed(variables: Variables, method: 'items' | 'keys'): PyValue {
  const all = environmentDictionary(variables);
  return all.type === 'dict' ? callMethod(all, method, []) : all;
}

function toInt([v, base]: readonly PyValue[]): PyValue {
  if (v === undefined) return number(0, false);
  if (v.type === 'unknown') return v;
  if (isNumeric(v)) return number(Math.trunc(Number(v.value)), false, v);
  if (v.type === 'str' && (base === undefined || equal(base, number(10, false)))) {
    const text = v.value.trim();
    if (/^[+-]?\d+(_\d+)*$/.test(text)) return number(Number(text.replaceAll('_', '')), false, v);
    return raised('ValueError', `int() fails on ${JSON.stringify(v.value.slice(0, 40))}`, v);
  }
  if (v.type === 'none') return raised('TypeError', 'int() fails on None', v);
  return unknownValue('int() of this is not evaluated');
}

const numberIn = (text: string): number | undefined =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;

function extreme(args: readonly PyValue[], beats: (a: number, b: number) => boolean): PyValue {
  const items = args.length === 1 && args[0]!.type === 'list' ? args[0]!.items : args;
  const strange = items.find((item) => !isNumeric(item));
  if (strange) return open(strange, 'min or max');
  if (items.length === 0) return unknownValue('min or max of nothing');
  const best = items.reduce((a, b) => (beats(numberOf(b), numberOf(a)) ? b : a));
  return { ...best, provenance: py({ type: 'none' }, ...items).provenance };
}

/** `min(4, cpu_count())`: where the bound is the least, more CPUs do not make it more. */
function bounded(args: readonly PyValue[], least: PyValue): PyValue {
  const items = args.length === 1 && args[0]!.type === 'list' ? args[0]!.items : args;
  const isBound = items.some((item) => !item.provenance.cpuCount && numberOf(item) === numberOf(least));
  return isBound ? { ...least, provenance: { ...least.provenance, cpuCount: false } } : least;
}

const numberOf = (v: PyValue): number => ('value' in v ? Number(v.value) : Number.NaN);

/** Python rounds halves to the even neighbour. */
function halfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
