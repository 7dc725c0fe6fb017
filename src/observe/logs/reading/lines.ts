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
  let rest = '';
  let skipping = false;
  for await (const piece of pieces) {
    let at = 0;
    if (skipping) {
      const end = piece.indexOf('\n');
      if (end < 0) continue;
      skipping = false;
      at = end + 1;
    }
    const text = rest === '' ? piece : rest + piece.slice(at);
    if (rest !== '') at = 0;
    for (let end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', at)) {
      if (end - at > LONGEST_LINE) sink.tooLong(text.slice(at, at + BEGIN_SHOWN));
      else
        sink.line(
          text.slice(at, text.charCodeAt(end - 1) === CARRIAGE_RETURN && end > at ? end - 1 : end),
          false,
        );
      at = end + 1;
    }
    rest = text.slice(at);
    if (rest.length <= LONGEST_LINE) continue;
    sink.tooLong(rest.slice(0, BEGIN_SHOWN));
    rest = '';
    skipping = true;
  }
  if (rest !== '') sink.line(rest.endsWith('\r') ? rest.slice(0, -1) : rest, true);
}
