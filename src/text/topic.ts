export type TopicKind =
  | 'strategy'
  | 'bound'
  | 'class'
  | 'server'
  | 'measure'
  | 'model'
  | 'formula'
  | 'rule elsewhere'
  | 'check rule'
  | 'warning';

/** One thing wcalc prints a name for. All texts are plain sentences; the docs are made from the same data. */
export interface Topic {
  /** Kebab-case, as typed after `wcalc explain`. */
  readonly id: string;
  /** Further names that are explained by it. */
  readonly also?: readonly string[];
  readonly kind: TopicKind;
  readonly title: string;
  readonly what: string;
  /** Legible formula with the names of the inputs in words. */
  readonly formula?: string;
  /** Where it holds and where it does not; of rules and warnings instead why it matters and what to do. */
  readonly holds?: string;
  readonly fails?: string;
  readonly why?: string;
  readonly fix?: string;
  readonly source: string;
  /** How the quantities begin that show this topic, in a plan's derivation, with the user's own numbers. */
  readonly derivedBy?: readonly string[];
  readonly seeAlso?: readonly string[];
}

/** With a capital, but for names that are written as they are: `cpu_count()`, `max_requests`. */
export const capital = (text: string): string =>
  /^\w*[_(]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

/** A phrase as a sentence. */
export const sentence = (text: string): string => `${capital(text)}${/[.!?]$/.test(text) ? '' : '.'}`;
