import { shellWord } from '../../text/quote/shell.js';

/** What a deployment's settings are made from: how the server is started, and what it may use. */
export interface Target {
  readonly server: string;
  /** What people call it. */
  readonly title: string;
  /** By the server's own names. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly program: string;
  /** Words that give the program its settings. */
  readonly words: readonly string[];
  /** Words with which it listens on every address; left out where it does anyway. */
  readonly listens?: readonly string[];
  /** Words in place of `words` where it is to listen on this port; left out where the server reads PORT by itself. */
  onPort?(port: string): readonly string[];
  /** Words that name the application, after the others. */
  readonly application: readonly string[];
  /** Variables that give the same settings; null where the server reads none. */
  readonly environment: Readonly<Record<string, string>> | null;
  /** Variables that say of it what other programs look for. */
  readonly hints?: Readonly<Record<string, string>>;
  /** How long the server lets requests finish. */
  readonly gracefulSeconds: number;
  readonly cores: number;
  /** null where the plan was made without memory. */
  readonly memoryMiB: number | null;
  readonly replicas: number;
  /** Comment lines: what made this and why these numbers. */
  readonly head: readonly string[];
}

/** Whole MiB that hold this much: limits are rounded up, never below what was planned. */
export const wholeMiB = (memoryMiB: number): number => Math.ceil(memoryMiB);

/** Whole parts of so many to a core, rounded up: never below what was planned, nor above it for a product's last digit. */
export const wholeParts = (cores: number, toACore: number): number =>
  Math.ceil(Number((cores * toACore).toFixed(6)));

/** Seconds beyond the server's own graceful time before a platform kills what has not stopped. */
const GRACE_MARGIN_SECONDS = 10;

/** How long a platform must wait after it asked the server to stop. */
export const graceSeconds = ({ gracefulSeconds }: Target): number => gracefulSeconds + GRACE_MARGIN_SECONDS;

/** Words as one shell line, each quoted where needed. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(' ');

/** Text whose `$` begins no name that the platform would put in: Compose and Kubernetes both read `$$` as `$`. */
export const withoutReferences = (text: string): string => text.replaceAll('$', '$$$$');

/** Words of a container's command after its program: it is to be reached from outside. */
export const wordsInContainer = ({ words, listens = [], application }: Target): readonly string[] => [
  ...words,
  ...listens,
  ...application,
];

/** The whole command of a container. */
export const commandInContainer = (target: Target): readonly string[] => [
  target.program,
  ...wordsInContainer(target),
];

/** The whole command, its application included. */
export const commandOf = ({ program, words, application }: Target): readonly string[] => [
  program,
  ...words,
  ...application,
];
