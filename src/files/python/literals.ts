import { type PyValue, py, unknownValue } from './values.js';

/** A number as Python writes it: `1_000`, `0x1f`, `2.5`, `1e3`. */
export function numberLiteral(text: string): PyValue {
  const plain = text.replaceAll('_', '');
  if (/j$/i.test(plain) && !/^0x/i.test(plain)) return unknownValue('complex numbers are not read');
  const value = Number(plain);
  const whole = /^(0[xob]|\d+$)/i.test(plain);
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value)))
    return unknownValue(`the number ${text.slice(0, 24)} is too large`);
  return py({ type: whole ? 'int' : 'float', value });
}

const LONGEST = 10_000;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  0: '\0',
};

export interface StringForm {
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly body: string;
}

/** Splits a string literal into prefix and body. */
export function stringForm(text: string): StringForm | undefined {
  const match = /^([a-z]{0,2})('''|"""|'|")/i.exec(text);
  if (!match) return undefined;
  const [, prefix = '', quote = ''] = match;
  const from = prefix.length + quote.length;
  if (text.length < from + quote.length || !text.endsWith(quote)) return undefined;
  return {
    raw: /r/i.test(prefix),
    bytes: /b/i.test(prefix),
    body: text.slice(from, text.length - quote.length),
  };
}

export function stringLiteral(text: string): PyValue {
  const form = stringForm(text);
  if (!form || text.length > LONGEST) return unknownValue('this string is not read');
  if (form.bytes) return unknownValue('bytes are not read');
  const value = form.raw ? form.body : unescapeBody(form.body);
  return value === undefined
    ? unknownValue('this string has escapes that are not read')
    : py({ type: 'str', value });
}

export function unescapeBody(body: string): string | undefined {
  let strange = false;
  const value = body.replace(/\\([\s\S])/g, (whole, escaped: string) => {
    const plain = ESCAPES[escaped];
    if (plain === undefined && /[xuUN0-7ab fv]/.test(escaped)) strange = true;
    return plain ?? whole;
  });
  return strange ? undefined : value;
}
