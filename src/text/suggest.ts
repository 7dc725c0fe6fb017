import { distance } from 'fastest-levenshtein';

/** The known word that `typed` was probably meant to be, or undefined where none is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  if (wanted === '' || wanted.length > LONGEST) return undefined;
  let best: { readonly word: string; readonly cost: number } | undefined;
  for (const word of known) {
    const cost = costOf(wanted, word.toLowerCase());
    if (cost <= tolerance(wanted) && (!best || cost < best.cost)) best = { word, cost };
  }
  return best?.word;
}

/** ` (did you mean --cores?)`, or nothing where no known word is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const word = nearest(typed, known);
  return word === undefined ? '' : ` (did you mean ${word}?)`;
}

/** Nobody mistypes longer names; the distance takes quadratic time. */
const LONGEST = 60;

const tolerance = (wanted: string): number => Math.max(1, Math.floor(wanted.length / 3));

/** A name that was cut short or run on counts as one slip: `--worker` is near `--workers`, `--memory` near `--mem`. */
function costOf(typed: string, word: string): number {
  const cut = Math.min(typed.length, word.length) >= 3 && (word.startsWith(typed) || typed.startsWith(word));
  const slips = Math.min(
    distance(typed, word),
    ...swaps(typed).map((swapped) => 1 + distance(swapped, word)),
  );
  return cut ? Math.min(slips, 1) : slips;
}

/** Two letters in the wrong order are one slip: `coers` is near `cores`. */
const swaps = (typed: string): readonly string[] =>
  Array.from(
    { length: typed.length - 1 },
    (_, at) => typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2),
  );
