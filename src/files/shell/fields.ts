import type { Known, Reading } from '../reading.js';
import type { Span } from '../text-file.js';
import type { CommandWord, Place } from './command-text.js';
import type { Part } from './words.js';

/** The fields of one word while it is being expanded. */
export class Fields {
  private readonly place: Place | null;
  private readonly at: Span;
  private readonly done: CommandWord[] = [];
  private parts: Part[] = [];
  private isOpen = false;
  /** The word of an array that the open field is. */
  private own: CommandWord | null = null;

  constructor(place: Place | null, at?: Span) {
    this.place = place;
    this.at = at ?? place!.source.at(place!.from, place!.to);
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
    if (!reading.known) {
      this.isOpen = true;
      this.parts.push({ kind: 'value', reading, text: raw });
      return;
    }
    const pieces = isQuoted ? [reading.value] : reading.value.split(/[ \t\n]+/);
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) this.close();
      this.piece(reading, piece, isQuoted);
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
