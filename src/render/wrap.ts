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
