import stringWidth from 'string-width';

/**
 * Breaks text at spaces so that, begun in the column where `indent` ends, no line passes `width`; later lines begin
 * with `indent`. A word that is too long stays whole.
 */
export function wrap(text: string, width: number, indent = ''): string {
  const room = width - stringWidth(indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}

export interface Labelled {
  /** Columns of text to fill at most. */
  readonly width: number;
  /** Where the text begins beside its label. */
  readonly column: number;
  /** Where the label begins. */
  readonly indent?: number;
  readonly mark?: (label: string) => string;
}

/** Less room than this beside the labels, and a text stands below its own. */
const LEAST_ROOM = 24;

/** A label and its text beside it in a column; where that leaves little room, below it. */
export function labelled(
  label: string,
  text: string,
  { width, column, indent = 0, mark = (whole) => whole }: Labelled,
): string {
  const before = ' '.repeat(indent);
  if (width - column < LEAST_ROOM) {
    const below = ' '.repeat(indent + 2);
    return `${before}${mark(label)}\n${below}${wrap(text, width, below)}`;
  }
  return `${before}${mark(label.padEnd(column - indent))}${wrap(text, width, ' '.repeat(column))}`;
}
