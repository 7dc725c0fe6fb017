import { escaped } from './printable.js';
import { unicodeEscape } from './unicode-escape.js';

/** JSON for machines: one document, two-space indent, keys in the result's own order; what cannot be seen is escaped. */
export const json = (result: unknown): string => escaped(JSON.stringify(result, null, 2), jsonEscape);

/** JSON in one line. */
export const jsonLine = (result: unknown): string => escaped(JSON.stringify(result), jsonEscape);

/** `\u009b`; two of them for a character outside the first plane. */
const jsonEscape = (character: string): string => character.split('').map(unicodeEscape).join('');
