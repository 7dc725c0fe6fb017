import { type PyValue, py, unknownValue } from './values.js';

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
  replace: (text, [what, by]) =>
    what && by !== undefined && by.length <= 100 && text.length <= LONGEST
      ? text.replaceAll(what, by)
      : undefined,
};

export const isMethod = (self: PyValue, name: string): boolean =>
  (self.type === 'str' && Object.hasOwn(TEXT_METHODS, name)) || (self.type === 'dict' && name === 'get');

/** A call of a method of a known text or dictionary; nothing that changes a value. */
export function callMethod(self: PyValue, name: string, args: readonly PyValue[]): PyValue {
  const open = args.find((arg) => arg.type === 'unknown');
  if (open) return open;
  if (self.type === 'dict') {
    const [key, fallback = py({ type: 'none' })] = args;
    return key?.type === 'str'
      ? (self.entries.get(key.value) ?? fallback)
      : unknownValue('this get() is not evaluated');
  }
  const texts = args.flatMap((arg) => (arg.type === 'str' ? [arg.value] : []));
  if (self.type !== 'str' || texts.length !== args.length)
    return unknownValue(`.${name}() of this is not evaluated`);
  const result = TEXT_METHODS[name]?.(self.value, texts);
  if (result === undefined) return unknownValue(`.${name}() of this is not evaluated`);
  if (typeof result === 'boolean') return py({ type: 'bool', value: result }, self, ...args);
  if (typeof result === 'string')
    return result.length > LONGEST
      ? unknownValue('the text is too long')
      : py({ type: 'str', value: result }, self, ...args);
  return py({ type: 'list', items: result.map((value) => py({ type: 'str', value }, self)) }, self);
}
