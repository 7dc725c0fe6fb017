import { lookUp } from '../../text/lookup.js';
import { type PyValue, py, unknownValue } from './values.js';

/** `self[from:to]`. */
export function slice(self: PyValue, from: PyValue | undefined, to: PyValue | undefined): PyValue {
  const [start, end] = [from, to].map((bound) => (bound?.type === 'int' ? bound.value : undefined));
  if ((from && start === undefined) || (to && end === undefined))
    return unknownValue('this slice is not evaluated');
  if (self.type === 'str')
    return py({ type: 'str', value: [...self.value].slice(start, end).join('') }, self);
  return self.type === 'list'
    ? py({ type: 'list', items: self.items.slice(start, end) }, self)
    : unknownValue('this slice is not evaluated');
}

const LONGEST = 10_000;

const TEXT_METHODS: Readonly<
  Record<string, (text: string, args: readonly string[]) => string | boolean | string[] | undefined>
> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text, [marks]) => (marks === undefined ? text.trim() : undefined),
  startswith: (text, [start]) => (start === undefined ? undefined : text.startsWith(start)),
  endswith: (text, [end]) => (end === undefined ? undefined : text.endsWith(end)),
  isdigit: (text) => /^\d+$/.test(text),
  isnumeric: (text) => /^\d+$/.test(text),
  split: (text, [by]) => (by ? text.split(by) : text.trim() === '' ? [] : text.trim().split(/\s+/)),
  removeprefix: (text, [start = '']) => (text.startsWith(start) ? text.slice(start.length) : text),
  replace: (text, [what, by]) =>
    what && by !== undefined && by.length <= 100 && text.length <= LONGEST
      ? text.replaceAll(what, by)
      : undefined,
};

export const isMethod = (self: PyValue, name: string): boolean =>
  (self.type === 'str' && Object.hasOwn(TEXT_METHODS, name)) ||
  (self.type === 'dict' && ['get', 'items', 'keys', 'values'].includes(name));

const listOf = (entries: ReadonlyMap<string, PyValue>, name: string): PyValue[] =>
  [...entries].map(([key, value]) => {
    const text = py({ type: 'str', value: key });
    if (name === 'items') return py({ type: 'list', items: [text, value] });
    return name === 'keys' ? text : value;
  });

/** A call of a method of a known text or dictionary; nothing that changes a value. */
export function callMethod(self: PyValue, name: string, args: readonly PyValue[]): PyValue {
  const open = args.find((arg) => arg.type === 'unknown');
  if (open) return open;
  if (self.type === 'dict') {
    if (name !== 'get') return py({ type: 'list', items: listOf(self.entries, name) }, self);
    const [key, fallback = py({ type: 'none' })] = args;
    return key?.type === 'str'
      ? (self.entries.get(key.value) ?? fallback)
      : unknownValue('this get() is not evaluated');
  }
  const [by, most] = args;
  if (
    self.type === 'str' &&
    name === 'split' &&
    by?.type === 'str' &&
    most?.type === 'int' &&
    by.value !== ''
  )
    return splitAtMost(self.value, by.value, most.value, self);
  const texts = args.flatMap((arg) => (arg.type === 'str' ? [arg.value] : []));
  if (self.type !== 'str' || texts.length !== args.length)
    return unknownValue(`.${name}() of this is not evaluated`);
  const result = lookUp(TEXT_METHODS, name)?.(self.value, texts);
  if (result === undefined) return unknownValue(`.${name}() of this is not evaluated`);
  if (typeof result === 'boolean') return py({ type: 'bool', value: result }, self, ...args);
  if (typeof result === 'string')
    return result.length > LONGEST
      ? unknownValue('the text is too long')
      : py({ type: 'str', value: result }, self, ...args);
  return py({ type: 'list', items: result.map((value) => py({ type: 'str', value }, self)) }, self);
}

/** `text.split(by, most)`: the last part keeps the rest. */
function splitAtMost(text: string, by: string, most: number, self: PyValue): PyValue {
  const parts = text.split(by);
  const upTo = most < 0 ? parts.length : most;
  const items = [...parts.slice(0, upTo), ...(parts.length > upTo ? [parts.slice(upTo).join(by)] : [])];
  return py({ type: 'list', items: items.map((value) => py({ type: 'str', value }, self)) }, self);
}
