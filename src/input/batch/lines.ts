/** A line of a stream; `tooLong` lines come without their text. */
export type Line =
  | { readonly number: number; readonly text: string; readonly tooLong: false }
  | { readonly number: number; readonly tooLong: true };

/**
 * The lines of a UTF-8 stream, in groups as they arrive, so that an answer can be written before the next read.
 * Memory stays bounded: of a line longer than `maxLength` characters nothing is kept.
 */
export async function* lineGroups(
  stream: AsyncIterable<Uint8Array>,
  maxLength: number,
): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  let tooLong = false;
  const end = (text: string): Line => {
    number += 1;
    const line: Line =
      tooLong || text.length > maxLength
        ? { number, tooLong: true }
        : { number, text: text.endsWith('\r') ? text.slice(0, -1) : text, tooLong: false };
    tooLong = false;
    return line;
  };
  for await (const chunk of stream) {
    const [first = '', ...more] = decoder.decode(chunk, { stream: true }).split('\n');
    rest += first;
    const lines: Line[] = [];
    for (const piece of more) {
      lines.push(end(rest));
      rest = piece;
    }
    if (rest.length > maxLength) {
      tooLong = true;
      rest = '';
    }
    if (lines.length > 0) yield lines;
  }
  rest += decoder.decode();
  if (rest !== '' || tooLong) yield [end(rest)];
}
