import { shellLine, type Target } from './target.js';

/**
 * A command to be pasted into a shell: lines of at most `width` columns, the backslash at their end included, an option torn
 * from its value only where no line holds both, and the application in its place.
 */
export function brokenCommand(
  { program, words, application }: Pick<Target, 'program' | 'words' | 'application'>,
  width: number,
): readonly string[] {
  const parts: string[][] = [[program]];
  for (const word of words) {
    if (word.startsWith('-')) parts.push([word]);
    else parts.at(-1)!.push(word);
  }
  const fits = (line: string): boolean => line.length + CONTINUED.length <= width;
  const pieces = [...parts, application].flatMap((part) =>
    fits(shellLine(part)) ? [shellLine(part)] : part.map((word) => shellLine([word])),
  );
  const lines: string[] = [];
  for (const piece of pieces) {
    const joined = lines.length > 0 ? `${lines.at(-1)} ${piece}` : piece;
    if (lines.length > 0 && fits(joined)) lines.splice(-1, 1, joined);
    else lines.push(piece);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line}${CONTINUED}` : line));
}

/** What ends a line that goes on in the next. */
const CONTINUED = ' \\';
