import { unicodeEscape } from '../unicode-escape.js';

/** A TOML literal. Text becomes a basic string; half of a surrogate pair, which TOML cannot hold, becomes U+FFFD. */
export function tomlLiteral(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const whole = value.replace(/\p{Surrogate}/gu, '\ufffd');
  return JSON.stringify(whole).replace(/[\u007f-\u{10ffff}]/gu, unicodeEscape);
}
