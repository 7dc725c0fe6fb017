import { unicodeEscape } from '../unicode-escape.js';

/** A Python literal. Text becomes a double-quoted string whose escapes Python and JSON share. */
export function pythonLiteral(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, unicodeEscape);
}
