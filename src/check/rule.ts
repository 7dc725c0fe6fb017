import type { Span } from '../files/text-file.js';
import type { Facts } from './facts.js';
import type { Severity } from './severity.js';

/** Raw values behind a finding, units in their names. */
export type Numbers = Readonly<Record<string, number | string | boolean | null>>;

/** One place that breaks a rule. */
export interface Violation {
  readonly at: Span;
  /** One sentence with the numbers in it. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  readonly numbers: Numbers;
}

/** One way in which a server's settings can be wrong. */
export interface Rule {
  readonly severity: Severity;
  /** A few words, no full stop. */
  readonly title: string;
  /** What is found. */
  readonly summary: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it, in general. */
  readonly fix: string;
  /** Where the facts behind it come from. */
  readonly source: string;
  readonly check: (facts: Facts) => readonly Violation[];
}
