import { isPrintable, printable } from '../text/printable.js';

/**
 * A result for a format that people or other programs read as text: the same data with every text made printable, so
 * that a name from a file can neither steer a terminal nor begin a line of its own. What is printable as it is, is handed on
 * untouched; what is worked out only when it is read is made printable then; parts that were one object stay one.
 */
export function printableResult<R>(result: R): R {
  return isClean(result, new Set()) ? result : (cleaned(result, new Map()) as R);
}

function isClean(value: unknown, seen: Set<object>): boolean {
  if (typeof value === 'string') return isPrintable(value);
  if (!isComposite(value) || seen.has(value)) return true;
  seen.add(value);
  if (value instanceof Map || value instanceof Set) return [...value].every((item) => isClean(item, seen));
  if (Array.isArray(value)) return value.every((item) => isClean(item, seen));
  return Object.entries(Object.getOwnPropertyDescriptors(value)).every(
    ([key, property]) =>
      !property.enumerable || (isPrintable(key) && !property.get && isClean(property.value, seen)),
  );
}

function cleaned(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'string') return printable(value);
  if (!isComposite(value)) return value;
  if (known.has(value)) return known.get(value);
  if (value instanceof Map || value instanceof Set) {
    const copy = value instanceof Map ? new Map() : new Set();
    known.set(value, copy);
    const items = [...value].map((item) => cleaned(item, known));
    for (const item of items)
      if (copy instanceof Map) copy.set((item as [unknown, unknown])[0], (item as [unknown, unknown])[1]);
      else copy.add(item);
    return copy;
  }
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    known.set(value, copy);
    for (const item of value) copy.push(cleaned(item, known));
    return copy;
  }
  const copy = Object.create(Object.getPrototypeOf(value)) as object;
  known.set(value, copy);
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    // What is not enumerable, such as a value that is made when it is asked for, is kept as it is.
    if (!property.enumerable) Object.defineProperty(copy, key, property);
    else if (property.get)
      Object.defineProperty(copy, printable(key), {
        enumerable: true,
        get: () => cleaned(Reflect.get(value, key), known),
      });
    else Reflect.set(copy, printable(key), cleaned(property.value, known));
  }
  return copy;
}

/** Numbers in bulk have no texts in them. */
const isComposite = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
