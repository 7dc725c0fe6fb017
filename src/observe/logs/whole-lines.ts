import type { BrokenLine, ChunkReport } from './chunk-reader.js';
import { shown } from './chunk-reader.js';
import { CHUNK_BYTES, type LineCounter } from './counter.js';

/** A line that did not count, with where it stands. */
export interface BrokenExample {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

/** Feeds streams to a counter in chunks of whole lines, and finds out the numbers of broken lines. */
export interface LineFeeder {
  feed(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Waits until everything fed is counted. */
  settled(): Promise<void>;
  readonly examples: readonly BrokenExample[];
  /** Lines that were too long to be read. */
  readonly tooLong: number;
}

const LINE_FEED = 10;
const MOST_EXAMPLES = 5;

export function lineFeeder(counter: LineCounter): LineFeeder {
  const examples: BrokenExample[] = [];
  let tooLong = 0;
  /** Lines before the next chunk to be reported on, in order, so that each example gets its number. */
  let reports: Promise<void> = Promise.resolve();
  let lineNumber = 1;

  const keep = (file: string, broken: readonly BrokenLine[]) => {
    for (const { offset, text, why } of broken) {
      if (examples.length < MOST_EXAMPLES) examples.push({ file, line: lineNumber + offset, text, why });
    }
  };
  const submit = (file: string, buffer: Uint8Array, length: number) => {
    const counted = counter.count(buffer, length);
    // A failed thread fails every wait; the first that is awaited reports it.
    counted.catch(() => undefined);
    reports = reports.then(async () => {
      const report: ChunkReport = await counted;
      keep(file, report.broken);
      lineNumber += report.lines;
    });
    reports.catch(() => undefined);
  };
  const noteTooLong = (file: string, text: string) => {
    tooLong++;
    reports = reports.then(() => {
      keep(file, [{ offset: 0, text, why: `longer than ${CHUNK_BYTES} bytes` }]);
      lineNumber += 1;
    });
    reports.catch(() => undefined);
  };

  return {
    examples,
    get tooLong() {
      return tooLong;
    },
    settled: () => reports,
    async feed(file, pieces) {
      reports = reports.then(() => {
        lineNumber = 1;
      });
      let buffer = await counter.buffer();
      let filled = 0;
      let skipping = false;
      for await (const piece of pieces) {
        for (let at = 0; at < piece.length; ) {
          if (skipping) {
            const end = piece.indexOf(LINE_FEED, at);
            if (end < 0) break;
            skipping = false;
            at = end + 1;
            continue;
          }
          const taken = Math.min(piece.length - at, CHUNK_BYTES - filled);
          buffer.set(piece.subarray(at, at + taken), filled);
          filled += taken;
          at += taken;
          if (filled < CHUNK_BYTES) continue;
          const end = buffer.lastIndexOf(LINE_FEED);
          if (end < 0) {
            noteTooLong(file, shown(buffer, 0, CHUNK_BYTES));
            skipping = true;
            filled = 0;
            continue;
          }
          const next = await counter.buffer();
          const rest = buffer.slice(end + 1, filled);
          submit(file, buffer, end + 1);
          next.set(rest);
          buffer = next;
          filled = rest.length;
        }
      }
      submit(file, buffer, filled);
    },
  };
}
