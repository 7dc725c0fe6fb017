import type { Source, Span } from '../text-file.js';
import { type Part, splitWords, type VariableStyle, type Word } from './words.js';

/** A word of a command, with where it stands in its file. */
export interface CommandWord {
  readonly parts: readonly Part[];
  readonly at: Span;
  /** null where the word stands inside a value whose place alone is known. */
  readonly place: Place | null;
}

/** What starts a server: a line that a shell (or something like it) splits, or a list of words. */
export type CommandText =
  | {
      readonly kind: 'line';
      readonly text: string;
      readonly isShell: boolean;
      readonly variables: VariableStyle;
      readonly place: Place;
    }
  | { readonly kind: 'words'; readonly words: readonly CommandWord[] };

/** Where a text stands in its source; the text may have lost quotes, escapes or line breaks on the way. */
export interface Place {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
}

export interface PlacedCommand {
  readonly words: readonly CommandWord[];
}

/** The longest text that is taken apart, in characters. */
export const LONGEST_COMMAND = 64 * 1024;

/** The words of a text that no shell reads, with places; undefined where quotes do not match or it is far too long. */
export function placedCommands(command: CommandText): readonly PlacedCommand[] | undefined {
  if (command.kind === 'words') return [{ words: command.words }];
  if (command.text.length > LONGEST_COMMAND) return undefined;
  const { text, variables, place } = command;
  const locate = locator(text, place);
  const words = splitWords(text, variables);
  return words && [{ words: words.map((word) => placedWord(word.parts, locate(word))) }];
}

const spanOf = ({ source, from, to }: Place): Span => source.at(from, to);

export const placedWord = (parts: readonly Part[], place: Place): CommandWord => ({
  parts,
  at: spanOf(place),
  place,
});

/** Finds the raw text of each word in the source, in order. */
export function locator(
  text: string,
  { source, from, to }: Place,
): (word: Pick<Word, 'from' | 'to'>) => Place {
  const region = source.text.slice(from, to);
  // A text of the same length is the region with some characters blanked out.
  const exact = text.length === region.length ? 0 : region.indexOf(text);
  let cursor = 0;
  return (word) => {
    if (exact >= 0) return { source, from: from + exact + word.from, to: from + exact + word.to };
    const raw = text.slice(word.from, word.to);
    const found = region.indexOf(raw, cursor);
    if (found < 0) return { source, from: from + cursor, to: Math.min(to, from + cursor + 1) };
    cursor = found + raw.length;
    return { source, from: from + found, to: from + cursor };
  };
}

/** A word that stands for itself. */
export const plainWord = (text: string, place: Place): CommandWord =>
  placedWord([{ kind: 'text', text }], place);

/** The text of a word whose parts are all known; undefined where some are not. */
export function literal(word: CommandWord | undefined): string | undefined {
  if (!word) return undefined;
  const texts = word.parts.map(knownText);
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** The text that a part certainly stands for. */
export function knownText(part: Part | undefined): string | undefined {
  if (part?.kind === 'text') return part.text;
  return part?.kind === 'value' && part.reading.known ? part.reading.value : undefined;
}

/** A word as a shell would be given it again, variables included. */
export function scriptOf({ parts }: CommandWord): string {
  return parts.map(scriptPart).join('');
}

function scriptPart(part: Part): string {
  if (part.kind === 'value' && part.reading.known) return part.reading.value;
  if (part.kind !== 'variable') return part.text;
  if (part.mayBeCommand) return part.name === 'nproc' ? '$(nproc)' : `\${${part.name}-$(${part.name})}`;
  const fallback = part.fallback
    ? `${part.emptyToo ? ':' : ''}-${part.fallback.map(scriptPart).join('')}`
    : '';
  return `\${${part.name}${fallback}}`;
}
