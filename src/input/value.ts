import { UsageError } from '../host/errors.js';
import { type Option, orUsageError, parseAs } from './option.js';
import { OPTIONS, type OptionName } from './options.js';

export const optionOf = (name: OptionName): Option<unknown> => OPTIONS[name];

/** Parses one text for an option. */
export const parseText = (name: OptionName, where: string, text: string): unknown =>
  parseAs(optionOf(name).type, where, text);

/**
 * Parses a value of a JSON or YAML document: numbers in the default unit, texts with units, true and false for
 * switches, and lists for repeatable options.
 */
export function parseData(name: OptionName, where: string, data: unknown): unknown {
  if (!optionOf(name).repeatable) return parseItem(name, where, data);
  const items: readonly unknown[] = Array.isArray(data) ? data : [data];
  return items.map((item) => parseItem(name, where, item));
}

/** Parses one value; for a repeatable option, one of its list. */
export function parseItem(name: OptionName, where: string, data: unknown): unknown {
  const option = optionOf(name);
  const { parseObject } = option.type;
  if (parseObject && typeof data === 'object' && data !== null)
    return orUsageError(where, () => parseObject.call(option.type, data));
  return parseText(name, where, textOf(option, where, data));
}

function textOf(option: Option<unknown>, where: string, data: unknown): string {
  if (typeof data === 'string') return data;
  if (typeof data === 'number') return String(data);
  if (typeof data === 'boolean' && option.type.isSwitch) return String(data);
  throw new UsageError(`${where}: takes ${option.type.accepts}, not ${kindOf(data)}`);
}

function kindOf(data: unknown): string {
  if (data === null || typeof data === 'boolean') return String(data);
  return Array.isArray(data) ? 'a list' : 'an object';
}
