/** A TOML literal. Text becomes a basic string; half of a surrogate pair, which TOML cannot hold, becomes U+FFFD. */
export function tomlLiteral(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const whole = value.replace(/\p{Surrogate}/gu, '\ufffd');
  return JSON.stringify(whole).replace(/[\u007f-\u{10ffff}]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
