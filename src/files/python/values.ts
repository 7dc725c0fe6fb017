import { both, PLAIN, type Provenance } from '../reading.js';

/** What the evaluator can hold of Python; everything else is `unknown`, with the reason. */
export type PyData =
  | { readonly type: 'int' | 'float'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'none' }
  | { readonly type: 'list'; readonly items: readonly PyValue[] }
  | { readonly type: 'dict'; readonly entries: ReadonlyMap<string, PyValue> }
  /** Something outside by its dotted name: a module, a function of one, `os.environ`. */
  | { readonly type: 'name'; readonly path: string }
  /** A method of a value, not yet called. */
  | { readonly type: 'method'; readonly self: PyValue; readonly name: string }
  /** A function of the file itself. */
  | { readonly type: 'function'; readonly node: FunctionNode }
  /** An instance of a class of the outside, by its dotted name, with the attributes that are known. */
  | { readonly type: 'object'; readonly of: string; readonly attributes: ReadonlyMap<string, PyValue> }
  /** A class of the file itself whose instances are known. */
  | { readonly type: 'class'; readonly instance: PyValue }
  /** `raises` names the exception where it is certain that the expression fails. */
  | { readonly type: 'unknown'; readonly why: string; readonly raises?: string };

/** Offsets of a function's definition in its file. */
export interface FunctionNode {
  readonly from: number;
  readonly to: number;
}

export type PyValue = PyData & {
  readonly provenance: Provenance;
  /** Values that it holds at any depth, itself included, those of a shared list each time that it is held. */
  readonly size: number;
};

export const py = (data: PyData, ...sources: readonly PyValue[]): PyValue => ({
  ...data,
  size: sizeOf(data),
  provenance: sources.reduce((all, source) => both(all, source.provenance), PLAIN),
});

function sizeOf(data: PyData): number {
  if (data.type !== 'list' && data.type !== 'dict') return 1;
  let size = 1;
  for (const item of data.type === 'list' ? data.items : data.entries.values()) size += item.size;
  return Math.min(size, Number.MAX_SAFE_INTEGER);
}

export const unknownValue = (why: string): PyValue => py({ type: 'unknown', why });
/** An expression that certainly fails with this exception. */
export const raised = (raises: string, why: string, ...sources: readonly PyValue[]): PyValue =>
  py({ type: 'unknown', why, raises }, ...sources);
export const NONE: PyValue = py({ type: 'none' });

export const isNumeric = (
  v: PyValue,
): v is PyValue & ({ type: 'int' | 'float'; value: number } | { type: 'bool'; value: boolean }) =>
  v.type === 'int' || v.type === 'float' || v.type === 'bool';

/** Python's truth of a value; undefined where it is not known. */
export function truth(v: PyValue): boolean | undefined {
  switch (v.type) {
    case 'int':
    case 'float':
      return v.value !== 0;
    case 'bool':
      return v.value;
    case 'str':
      return v.value !== '';
    case 'none':
      return false;
    case 'list':
      return v.items.length > 0;
    case 'dict':
      return v.entries.size > 0;
    case 'function':
    case 'method':
      return true;
    default:
      return undefined;
  }
}

/** Lists that hold each other over and over are never compared to the end. */
const MOST_COMPARED = 1000;

/** Python's `==`; undefined where it is not known, as of what is very large. */
export function equal(a: PyValue, b: PyValue): boolean | undefined {
  if (a.type === 'unknown' || b.type === 'unknown') return undefined;
  if (isNumeric(a) && isNumeric(b)) return Number(a.value) === Number(b.value);
  if (a.type === 'str' && b.type === 'str') return a.value === b.value;
  if (a.type === 'none' || b.type === 'none')
    return a.type === 'name' || b.type === 'name' ? undefined : a.type === b.type;
  if (a.type === 'list' && b.type === 'list') {
    if (a.items.length !== b.items.length) return false;
    if (Math.max(a.size, b.size) > MOST_COMPARED) return undefined;
    const pairs = a.items.map((item, i) => equal(item, b.items[i]!));
    return pairs.includes(false) ? false : pairs.includes(undefined) ? undefined : true;
  }
  const simple = new Set(['int', 'float', 'bool', 'str', 'list', 'dict']);
  return simple.has(a.type) && simple.has(b.type) && a.type !== b.type ? false : undefined;
}

/** Whether two values are certainly the same, so that it does not matter which branch was taken. */
export function same(a: PyValue, b: PyValue): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'name') return b.type === 'name' && a.path === b.path;
  if (a.type === 'function') return b.type === 'function' && a.node.from === b.node.from;
  return equal(a, b) === true;
}

/** `str(value)` where it is the same in every Python. */
export function toText(v: PyValue): string | undefined {
  switch (v.type) {
    case 'str':
      return v.value;
    case 'int':
      return String(v.value);
    case 'float':
      return Number.isInteger(v.value) && Math.abs(v.value) < 1e16
        ? `${v.value}.0`
        : Math.abs(v.value) >= 1e-4 && Math.abs(v.value) < 1e16
          ? String(v.value)
          : undefined;
    case 'bool':
      return v.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return undefined;
  }
}
