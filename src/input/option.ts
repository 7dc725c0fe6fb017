import { UsageError } from '../host/errors.js';

/**
 * How one kind of value is written: its text form both ways. `parse` throws a {@link ValueError} whose message says
 * what was wrong and what is accepted; the caller puts the option's or file's name before it.
 */
export interface OptionType<T> {
  readonly name: string;
  /** What is accepted, for help and messages: `MiB: 1024, 1GiB, 512Mi, 1.5G`. */
  readonly accepts: string;
  parse(text: string): T;
  format(value: T): string;
  /** A list or an object of a JSON or YAML document, where one is accepted. */
  parseObject?(data: object): T;
  /** All accepted words, where they can be listed. */
  readonly choices?: readonly string[];
  /** A switch takes no value on the command line. */
  readonly isSwitch?: boolean;
}

/** Wrong text for an {@link OptionType}. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

type OptionGroup =
  | 'Machine'
  | 'Memory'
  | 'Request'
  | 'Objective'
  | 'Server'
  | 'Application'
  | 'Fleet'
  | 'Model'
  | 'Input'
  | 'Output';

/** What an option can do beyond describing a system and asking for an answer. */
export type Power = 'writes' | 'reads' | 'reaches' | 'accepts' | 'computes';

/** The power of one value, where not all of an option's values have one. */
export type PowerOfValue = (value: unknown) => Power | undefined;

/** One option, from which arguments, help, completion, man page, reference, environment names and config keys are made. */
export interface Option<T> {
  readonly type: OptionType<T>;
  readonly group: OptionGroup;
  /** One line, lower case, no full stop. */
  readonly help: string;
  /** How to find the value, for the page of `wcalc help OPTION`: paragraphs of plain sentences. */
  readonly measuring?: readonly string[];
  /** The default as shown; the profile decides what it means. */
  readonly fallback?: string;
  readonly repeatable?: true;
  readonly alias?: string;
  /** Not read from environment and config file (such as `--config` itself). */
  readonly flagOnly?: true;
  /** Refused where nobody gave it on purpose; by value where only some values can do it. See SECURITY.md. */
  readonly power?: Power | PowerOfValue;
}

/** Where a value came from. */
export interface Origin {
  readonly source: 'flag' | 'environment' | 'file' | 'profile' | 'detected' | 'batch';
  /** `--cores`, `WCALC_CORES`, `wcalc.yaml:3`. */
  readonly where: string;
}

/** Parses one text; `where` (`--cores`, `WCALC_CORES`, `wcalc.yaml:3`) begins the message of a {@link UsageError} when it is wrong. */
export const parseAs = <T>(type: OptionType<T>, where: string, text: string): T =>
  orUsageError(where, () => type.parse(text));

/** Reads anything; where that throws a {@link ValueError}, `where` begins the message of a {@link UsageError}. */
export const orUsageError = <T>(where: string, read: () => T): T =>
  orElse(read, (message) => new UsageError(`${where}: ${message}`));

/** Parses one text; where it is wrong, throws what is made of the {@link ValueError}'s message. */
export const parseOr = <T>(type: OptionType<T>, text: string, error: (message: string) => Error): T =>
  orElse(() => type.parse(text), error);

function orElse<T>(read: () => T, error: (message: string) => Error): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof ValueError ? error(thrown.message) : thrown;
  }
}
