/** A shell pattern as a regular expression for the whole text; null where it holds what is not followed. */
export function globPattern(
  pattern: string,
  part: 'whole' | 'shortest' | 'longest' = 'whole',
): RegExp | null {
  if (pattern.length > 200) return null;
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i]!;
    if (char === '*') source += part === 'shortest' ? '[^]*?' : '[^]*';
    else if (char === '?') source += '[^]';
    else if (char === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) return null;
      const set = pattern
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replace(/\\/g, '\\\\')
        .replace(/\[/g, '\\[');
      source += `[${set}]`;
      i = end;
    } else if (char === '\\') {
      i += 1;
      source += escaped(pattern[i] ?? '');
    } else source += escaped(char);
  }
  // Several stars in a row of text could take a time that grows with a power of its length.
  if ((source.match(/\*/g)?.length ?? 0) > 4) return null;
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}

const escaped = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Whether a text fits a pattern as a whole; undefined where the pattern is not followed. */
export function globMatches(text: string, pattern: string): boolean | undefined {
  const shape = globPattern(pattern);
  if (!shape || text.length > 4096) return undefined;
  return new RegExp(`^(?:${shape.source})$`).test(text);
}
