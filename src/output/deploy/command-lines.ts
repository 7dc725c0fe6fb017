import { shellLine, type Target } from './target.js';

/**
 * A command to be pasted into a shell: lines of at most `width` columns that end with a backslash, an option torn from its
 * value only where no line holds both, and the application in its place.
 */
export function brokenCommand(
  { program, words, application }: Pick<Target, 'program' | 'words' | 'application'>,
  width: number,
): readonly string[] {
  const parts: string[][] = [[program]];
  for (const word of words) {
    if (word.startsWith('-') || parts.length === 1) parts.push([word]);
    else parts.at(-1)!.push(word);
  }
  const lines: string[] = [];
  const fits = (piece: readonly string[]): boolean => shellLine(piece).length + CONTINUED <= width + 1;
  const pieces = [...parts, [...application]].flatMap((piece) =>
    fits(piece) ? [piece] : piece.map((word) => [word]),
  );
  for (const part of pieces.map((piece) => shellLine(piece))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + CONTINUED < width)
      lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line} \\` : line));
}

/** A space between two parts, and the space and backslash at a line's end. */
const CONTINUED = 3;
