import { type Environment, type Surroundings, type Unknown, unknown } from '../files/reading.js';
import type { CommandWord } from '../files/shell/command-text.js';
import type { Source, Span } from '../files/text-file.js';
import type { Topic } from '../text/topic.js';
import type { Deployment, Note } from './deployments/deployment.js';
import type { Running, ServerRule } from './rule.js';
import type { Server } from './server.js';
import type { ArgsReading } from './settings/command-line.js';
import type { SettingLayer } from './settings/layers.js';
import type { Dialect } from './translation/dialect.js';

/** How files that a server's settings name are found. */
export interface Lookup {
  /** Configuration files that were given and that no other file has claimed yet. */
  readonly given: readonly Source[];
  /** The file that a path means which `from` names; null where it is not there. */
  readonly find: (path: string, from: string, among?: readonly Source[]) => Source | null;
  /** The file that is mounted at a path; null where it was not given, undefined (or no answer at all) where none is. */
  readonly mounted?: (path: string) => Source | null | undefined;
  /** Opens a file by its path. */
  readonly load: (path: string) => Source | null;
  /** Called with each file that a server turns out to use. */
  readonly used: (source: Source) => void;
  /** Called with the sentence that says why a file could not be read. */
  readonly failed: (file: string, message: string) => void;
}

/** A server's start, as its reader takes it. */
export interface StartText {
  /** The word that names it. */
  readonly at: Span;
  /** The words after its program. */
  readonly words: readonly CommandWord[];
  readonly outer: Surroundings;
  /** The file that starts it. */
  readonly file: string;
  readonly lookup: Lookup;
}

/** What a server's start says of its settings. */
export interface StartReading {
  /** What a file that starts several calls this one. */
  readonly name?: string;
  /** In rising order of precedence. */
  readonly layers: readonly SettingLayer[];
  readonly app: ArgsReading['app'];
  readonly unknownFlags: ArgsReading['unknownFlags'];
  readonly ignoredNames: Deployment['ignoredNames'];
  /** What is set and has nothing to do with its size, where the table of settings does not list it. */
  readonly others?: Deployment['others'];
  readonly configFile: string | null;
  readonly notes: readonly Note[];
  /** A source that was not read and that may set anew what a configuration file sets; absent where there is none. */
  readonly mayOverride?: Unknown;
  /** What was taken for granted of the whole server. */
  readonly assumes: readonly string[];
}

/** What of a server is needed only where its settings are read, judged or explained. */
export interface Manual {
  readonly server: Server;
  read(start: StartText): StartReading;
  /** Whether a file is a configuration file of this server, by its name or content. */
  owns(source: Source): boolean;
  /** A configuration file that nothing refers to, as the servers that it starts; none where it is not one of this server's. */
  readAlone(source: Source, outer: Surroundings, lookup: Lookup): readonly StartReading[];
  running(deployment: Pick<Deployment, 'settings' | 'at'>): Running;
  /** How its settings are said in common terms, and common terms in its settings. */
  readonly dialect: Dialect;
  readonly rules: Readonly<Record<string, ServerRule>>;
  readonly topics: Readonly<Record<string, Topic>>;
}

/** A variable of the environment as the place of one setting; nothing where it is not set, unknown where it may be. */
export function variableLayer(
  environment: Environment,
  variable: string,
  setting: string,
  at: Span,
): SettingLayer[] {
  const value =
    environment.get(variable) ??
    (environment.incomplete === null
      ? undefined
      : unknown(`${variable} may be set by ${environment.incomplete}`, at, variable));
  return value ? [{ layer: variable, settings: new Map([[setting, value]]), mayAlsoSet: null }] : [];
}
