import { printable } from './printable.js';

/** Longest sentence that is written, and longest text that it quotes, in characters. */
const LONGEST_SENTENCE = 1000;
const LONGEST_QUOTE = 100;

/** A sentence on standard error: one line, whatever was quoted in it. */
export const notice = (sentence: string): string => `wcalc: ${shortSentence(sentence)}\n`;

/**
 * A sentence as one printable line of bounded length. Long texts in quotation marks keep their beginning; where that
 * is not enough, the sentence keeps its beginning and its end.
 */
export function shortSentence(sentence: string): string {
  if (sentence.length <= LONGEST_SENTENCE) return printable(sentence);
  const quoted = sentence.replace(/"[^"]{101,}"/g, (quote) => `"${headOf(quote.slice(1), LONGEST_QUOTE)}…"`);
  if (quoted.length <= LONGEST_SENTENCE) return printable(quoted);
  return printable(
    `${headOf(quoted, LONGEST_SENTENCE * 0.6)} … ${tailOf(quoted, LONGEST_SENTENCE * 0.4 - 3)}`,
  );
}

/** Up to `length` code units from the beginning, no character halved. */
const headOf = (text: string, length: number): string => {
  const head = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head;
};

const tailOf = (text: string, length: number): string => {
  const tail = text.slice(-length);
  return /^[\udc00-\udfff]/.test(tail) ? tail.slice(1) : tail;
};
