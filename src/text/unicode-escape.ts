/**
 * A character as `\u` and 4 digits or `\U` and 8, which YAML, TOML and Python read alike in double quotes; half of a
 * pair is always the former, as JSON has it.
 */
export function unicodeEscape(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
