import type { Scalar } from '../../files/reading.js';
import type { Span } from '../../files/text-file.js';
import { type Deployment, FILE_LAYER, type Layer } from '../deployments/deployment.js';

/** A setting's value as it is in force; null where it is not known. */
export interface Value<T> {
  readonly value: T | null;
  readonly at: Span;
  /** Null: the server's default. */
  readonly layer: Layer | null;
  /** `cpu_count()` went into it. */
  readonly cpuCount: boolean;
}

export function settingValue<T>(
  { settings, at }: Pick<Deployment, 'settings' | 'at'>,
  name: string,
  fallback: T,
  read: (value: Scalar, layer: Layer) => T | null,
): Value<T> {
  const set = settings.get(name);
  if (!set) return { value: fallback, at, layer: null, cpuCount: false };
  const { reading, layer } = set;
  if (!reading.known) return { value: null, at: reading.at, layer, cpuCount: false };
  return { value: read(reading.value, layer), at: reading.at, layer, cpuCount: reading.cpuCount };
}

/**
 * A whole number of 0 or more as servers take it; null where they refuse to start. A configuration file may give whole
 * numbers, truth values and their text in any base (`int(value, 0)`), the command line decimal digits
 * (gunicorn/config.py: validate_pos_int, `type = int`).
 */
export function countOf(value: Scalar, layer: Layer): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (value === null || typeof value === 'object') return null;
  const text = value.trim().replace(/^\+/, '');
  const isDecimal = /^\d+(_\d+)*$/.test(text);
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(number)) return null;
  if (layer !== FILE_LAYER) return isDecimal ? number : null;
  const isBased = /^0[xob][\da-f]+$/i.test(text) || (isDecimal && !/^0\d/.test(text));
  return isBased ? number : null;
}

export const countValue = (
  deployment: Pick<Deployment, 'settings' | 'at'>,
  name: string,
  fallback: number,
): Value<number> => settingValue(deployment, name, fallback, countOf);

export const textValue = (
  deployment: Pick<Deployment, 'settings' | 'at'>,
  name: string,
  fallback: string,
): Value<string> =>
  settingValue(deployment, name, fallback, (value) =>
    value === null ? fallback : typeof value === 'string' ? value : null,
  );

export const switchValue = (
  deployment: Pick<Deployment, 'settings' | 'at'>,
  name: string,
  fallback: boolean,
): Value<boolean> =>
  settingValue(deployment, name, fallback, (value) => (typeof value === 'boolean' ? value : null));
