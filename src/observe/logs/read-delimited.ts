import type { DelimitedFormat } from './log-format.js';
import { clearRow, type ReadLine } from './row.js';
import { storeOf } from './store.js';

const QUOTE = 34;
const BLANK = 32;

/**
 * Reads delimited lines (RFC 4180 without line breaks inside quotes, which access logs do not have). A line with fewer
 * columns than are needed does not have the format.
 */
export function readDelimited({ delimiter, columns }: DelimitedFormat): ReadLine {
  const separator = delimiter.charCodeAt(0);
  const stores = columns.map(storeOf);
  const needed = stores.findLastIndex((store) => store !== null) + 1;
  return (bytes, from, to, row) => {
    clearRow(row);
    let at = from;
    let column = 0;
    for (; column < needed && at <= to; column++) {
      while (bytes[at] === BLANK && at < to) at++;
      const quoted = bytes[at] === QUOTE && at < to;
      const start = quoted ? at + 1 : at;
      let end = start;
      if (quoted) {
        while (end < to && (bytes[end] !== QUOTE || bytes[end + 1] === QUOTE))
          end += bytes[end] === QUOTE ? 2 : 1;
        if (end >= to) return false;
        at = end + 1;
      } else {
        while (end < to && bytes[end] !== separator) end++;
        at = end;
        while (end > start && bytes[end - 1] === BLANK) end--;
      }
      stores[column]?.(bytes, start, end, row);
      while (at < to && bytes[at] !== separator) at++;
      at++;
    }
    return column === needed;
  };
}
