/** Longer lines are not read: no request needs so much. */
export const LONGEST_LINE = 1 << 20;

export interface LineSink {
  /** A line without its end. `isCut`: the log ends without a line end, so that the line may not be whole. */
  line(text: string, isCut: boolean): void;
  /** A line of more than {@link LONGEST_LINE} bytes; `begin` is its beginning. */
  tooLong(begin: string): void;
}

const CARRIAGE_RETURN = 13;
const BEGIN_SHOWN = 200;

/** Cuts pieces of text into lines, with memory that is bounded whatever the text. */
export async function eachLine(pieces: AsyncIterable<string>, sink: LineSink): Promise<void> {
  // A line that goes on in the next piece is put together alone: to join the pieces would copy all of their text.
  let rest = '';
  let skipping = false;
  for await (const piece of pieces) {
    let at = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', at)) {
      const text = rest === '' ? piece.slice(at, end) : rest + piece.slice(at, end);
      at = end + 1;
      rest = '';
      if (skipping) skipping = false;
      else if (text.length > LONGEST_LINE) sink.tooLong(text.slice(0, BEGIN_SHOWN));
      else sink.line(withoutReturn(text), false);
    }
    if (skipping) continue;
    rest += piece.slice(at);
    if (rest.length <= LONGEST_LINE) continue;
    sink.tooLong(rest.slice(0, BEGIN_SHOWN));
    rest = '';
    skipping = true;
  }
  if (rest !== '') sink.line(withoutReturn(rest), true);
}

const withoutReturn = (text: string): string =>
  text.charCodeAt(text.length - 1) === CARRIAGE_RETURN ? text.slice(0, -1) : text;
