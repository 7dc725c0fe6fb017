import { type Known, type Reading, unknown } from '../reading.js';
import type { Span } from '../text-file.js';
import type { CommandWord, Place } from './command-text.js';
import type { Part } from './words.js';

/** The fields of one word while it is being expanded. */
export class Fields {
  private readonly place: Place | null;
  private readonly at: Span;
  /** What `IFS` holds where it is not what a shell begins with. */
  private readonly separators: Reading<string> | null;
  private readonly done: CommandWord[] = [];
  private parts: Part[] = [];
  private isOpen = false;
  /** The word of an array that the open field is. */
  private own: CommandWord | null = null;

  constructor(place: Place | null, at?: Span, separators: Reading<string> | null = null) {
    this.place = place;
    this.at = at ?? place!.source.at(place!.from, place!.to);
    this.separators = separators;
  }

  text(text: string, isQuoted: boolean): void {
    if (isQuoted) this.isOpen = true;
    if (text === '') return;
    this.isOpen = true;
    const last = this.parts.at(-1);
    if (last?.kind === 'text') this.parts[this.parts.length - 1] = { kind: 'text', text: last.text + text };
    else this.parts.push({ kind: 'text', text });
  }

  /** A variable's value: split at white space where it is not quoted. */
  value(reading: Reading<string>, raw: string, isQuoted: boolean): void {
    const [template, ...others] = reading.known ? [] : (reading.templates ?? []);
    if (template && others.length === 0 && !isQuoted && this.separators === null) {
      for (const piece of template) this.value(piece, raw, false);
      return;
    }
    if (!reading.known) {
      this.isOpen = true;
      this.parts.push({ kind: 'value', reading, text: raw, isSplit: !isQuoted });
      return;
    }
    const { separators } = this;
    if (!isQuoted && separators?.known === false) {
      const why = `${raw.slice(0, 40)} is split by an IFS that is not known`;
      this.value(unknown(why, this.at), raw, true);
      return;
    }
    const pieces = isQuoted
      ? [reading.value]
      : splitAt(reading.value, separators?.known ? separators.value : ' \t\n');
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) this.close();
      this.piece(reading, piece ?? '', isQuoted || piece === null);
    }
  }

  private piece(reading: Known<string>, text: string, isQuoted: boolean): void {
    if (!reading.cpuCount && reading.assumes.length === 0) this.text(text, isQuoted);
    else {
      if (isQuoted || text !== '') this.isOpen = true;
      if (text !== '') this.parts.push({ kind: 'value', reading: { ...reading, value: text }, text });
    }
  }

  /** The words of an array, or of `"$@"`: the first joins what stands before, the last what stands after. */
  words(words: readonly CommandWord[]): void {
    for (const [i, word] of words.entries()) {
      if (i > 0) this.close();
      if (!this.isOpen) this.own = word;
      this.isOpen = true;
      this.parts.push(...word.parts);
    }
  }

  private close(): void {
    const { parts } = this;
    if (this.isOpen)
      this.done.push(this.own ? { ...this.own, parts } : { parts, at: this.at, place: this.place });
    this.parts = [];
    this.isOpen = false;
    this.own = null;
  }

  finished(): readonly CommandWord[] {
    this.close();
    return this.done;
  }
}

/**
 * As a shell splits: white space of `IFS` in any number, each of its other characters by itself, with an empty word,
 * here null, where nothing stands before one.
 */
function splitAt(text: string, separators: string): readonly (string | null)[] {
  const chars = [...new Set(separators)];
  const oneOf = (some: readonly string[]) => some.map((char) => char.replace(/[\\\]^-]/, '\\$&')).join('');
  const space = oneOf(chars.filter((char) => /[ \t\n]/.test(char)));
  const mark = oneOf(chars.filter((char) => !/[ \t\n]/.test(char)));
  if (mark === '') return space === '' ? [text] : text.split(new RegExp(`[${space}]+`));
  const around = space && `[${space}]*`;
  const marked = `${around}[${mark}]${around}`;
  const pieces = text.split(new RegExp(space ? `${marked}|[${space}]+` : marked));
  const first = new RegExp(`^${marked}`).test(text) ? 0 : 1;
  return pieces.map((piece, i) => (piece === '' && i >= first && i < pieces.length - 1 ? null : piece));
}
