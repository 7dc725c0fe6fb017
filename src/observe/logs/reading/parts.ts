import type { BytesOfFile, FileAccess } from '../../../host/host.js';
import { LONGEST_LINE } from './lines.js';

const PART_BYTES = 32 << 20;
const STEP_BYTES = 1 << 16;
const LINE_END = 10;

/**
 * Cuts a file behind line ends into parts of some MiB, whatever reads them, so that the same sums are rounded in the same way.
 * The last part goes to the end of the file, wherever that is when it is read.
 */
export async function partsOf(files: FileAccess, name: string, bytes: number): Promise<BytesOfFile[]> {
  const cuts = [0];
  for (let wanted = PART_BYTES; wanted < bytes; wanted += PART_BYTES) {
    const cut = wanted < cuts.at(-1)! ? null : await lineBegin(files, name, wanted);
    if (cut !== null && cut < bytes) cuts.push(cut);
  }
  return cuts.map((from, n) => ({ from, to: cuts[n + 1] ?? null }));
}

/** Where the first line begins behind a place in a file; null where none does soon. */
async function lineBegin(files: FileAccess, name: string, place: number): Promise<number | null> {
  for (let from = place; from < place + LONGEST_LINE; from += STEP_BYTES) {
    let at = from;
    for await (const piece of files.stream(name, { from, to: from + STEP_BYTES })) {
      const end = piece.indexOf(LINE_END);
      if (end >= 0) return at + end + 1;
      at += piece.length;
    }
  }
  return null;
}
