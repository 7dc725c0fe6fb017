import type { LoadStep } from '../step.js';

/** Where a text stands, for sentences about it, and what the user says of it. */
export interface Place {
  readonly file: string;
  /** How the generator sent, where its results do not tell and the user does. */
  readonly generator?: LoadStep['loop'];
}

/** A report that is one JSON document. */
export interface DocumentFormat {
  readonly kind: 'document';
  readonly name: string;
  recognises(data: Readonly<Record<string, unknown>>): boolean;
  read(data: Readonly<Record<string, unknown>>, place: Place): readonly LoadStep[];
}

/** A report for people, of one run or of several one after the other. */
export interface TextFormat {
  readonly kind: 'text';
  readonly name: string;
  recognises(text: string): boolean;
  read(text: string, place: Place): readonly LoadStep[];
}

/** Takes what a generator wrote line by line. */
export interface StepReader {
  /** Throws a SourceError that names file and line where it cannot be read. */
  line(text: string, number: number): void;
  steps(): readonly LoadStep[];
}

/** Results as lines, of which there may be many. */
export interface LineFormat {
  readonly kind: 'lines';
  readonly name: string;
  recognises(firstLine: string): boolean;
  reader(firstLine: string, place: Place): StepReader;
}

export type LoadTestFormat = DocumentFormat | TextFormat | LineFormat;
