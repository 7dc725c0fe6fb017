import type { Scalar } from '../../files/reading.js';
import type { Layer } from '../deployments/deployment.js';

/**
 * A whole number of 0 or more as Gunicorn takes it; null where it refuses to start. A configuration file may give
 * whole numbers, truth values and their text in any base (`int(value, 0)`), the command line decimal digits
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
  if (layer !== 'configuration file') return isDecimal ? number : null;
  const isBased = /^0[xob][\da-f]+$/i.test(text) || (isDecimal && !/^0\d/.test(text));
  return isBased ? number : null;
}
