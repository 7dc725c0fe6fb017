import stringWidth from 'string-width';
import type { Style } from '../../text/style.js';
import { wrap } from '../../text/wrap.js';

export interface PageContext {
  readonly width: number;
  readonly style: Style;
}

/** A part of a help page: a heading and lines below it. */
export const section = (heading: string, lines: readonly string[], { style }: PageContext): string =>
  `${style.strong(heading)}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;

const NARROW = 60;
const GAP = 2;

/** Terms and what they mean in two columns; where there is little room, one below the other. */
export function pairs(
  rows: readonly (readonly [string, string])[],
  { width, style }: PageContext,
): readonly string[] {
  const longest = Math.max(...rows.map(([term]) => term.length));
  const narrow = width < NARROW || longest > width / 2;
  const column = narrow ? 4 : longest + GAP;
  return rows.flatMap(([term, meaning]) => {
    const text = wrap(meaning, width - 2, ' '.repeat(column)).split('\n');
    if (narrow)
      return [
        style.accent(wrap(term, width - 2, '  ')).replace('\n', '\n  '),
        `    ${text[0]}`,
        ...text.slice(1),
      ];
    return [`${style.accent(term)}${' '.repeat(column - term.length)}${text[0]}`, ...text.slice(1)];
  });
}

/** A command in lines of no more than `width` columns where its words allow, each but the last ended by a backslash. */
export function commandLines(command: string, width: number): readonly string[] {
  if (stringWidth(command) <= width) return [command];
  const room = width - CONTINUED.length;
  const words = (command.match(WORDS) ?? []).flatMap((word) =>
    stringWidth(word) + INDENT.length > room ? (word.match(WORD) ?? []) : [word],
  );
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0) lines.push(word);
    else if (stringWidth(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(`${INDENT}${word}`);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line}${CONTINUED}` : line));
}

const CONTINUED = ' \\';
const INDENT = '  ';

const WORD = /(?:'[^']*'|"[^"]*"|\S)+/g;
/** An option stays with its value where there is room. */
const WORDS = /(?:--\S+ (?!-))?(?:'[^']*'|"[^"]*"|\S)+/g;
