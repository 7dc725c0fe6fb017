const LINE_FEED = 10;
const FOUR_LINE_FEEDS = 0x0a0a0a0a;

/** Finds line feeds four bytes at a time, which is faster than a loop over bytes and than a native call per line. */
export function lineEnds(bytes: Uint8Array): (from: number, to: number) => number {
  const words =
    bytes.byteOffset % 4 === 0
      ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
      : new Int32Array(0);
  return (from, to) => {
    let at = from;
    for (; (at & 3) !== 0 && at < to; at++) if (bytes[at] === LINE_FEED) return at;
    let word = at >> 2;
    const lastWord = Math.min(to >> 2, words.length);
    for (; word < lastWord; word++) {
      // A byte of `x` is zero exactly where a bit of this is set (Mycroft's test).
      const x = words[word]! ^ FOUR_LINE_FEEDS;
      if (((x - 0x01010101) & ~x & 0x80808080) !== 0) break;
    }
    for (at = Math.max(at, word << 2); at < to; at++) if (bytes[at] === LINE_FEED) return at;
    return to;
  };
}
