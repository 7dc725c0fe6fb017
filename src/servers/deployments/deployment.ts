import type { Copies, Platform, Resources, Traffic, Variable } from '../../files/platforms/service.js';
import type { Environment, Reading, Scalar, Unknown } from '../../files/reading.js';
import type { Span } from '../../files/text-file.js';
import type { Server } from '../server.js';

/** Where a server takes a setting from: the command line, a configuration file, or a variable by its name. */
export type Layer = string;

export const LINE_LAYER = 'command line';
export const FILE_LAYER = 'configuration file';

export interface Placed {
  readonly layer: Layer;
  readonly reading: Reading<Scalar>;
}

/** A setting as it will be in force, and what it overrides. */
export interface EffectiveSetting extends Placed {
  /** The same setting in lower layers, highest first. */
  readonly overridden: readonly Placed[];
  /** What was not read and may set it again in the same layer; absent where there is nothing. */
  readonly mayReset?: Unknown;
}

export interface Note {
  readonly at: Span;
  readonly message: string;
}

/** A source that was not read and may set the number of workers anew, although it is known what else sets it. */
export function mayChangeWorkers({
  settings,
  mayOverride,
  mayChange,
}: Pick<Deployment, 'settings' | 'mayOverride' | 'mayChange'>): Unknown | undefined {
  const workers = settings.get('workers');
  if (workers?.reading.known === false) return undefined;
  if (mayChange || !workers) return mayChange;
  return workers.mayReset ?? (workers.layer === FILE_LAYER ? mayOverride : undefined);
}

/** The version of a server that a project installs, and where it says so. */
export interface Pinned {
  readonly version: number;
  readonly at: Span;
}

/** How a Django project keeps the connections of its default database. */
export interface DjangoDatabase {
  /** Where its settings say so. */
  readonly at: Span;
  /** CONN_MAX_AGE: seconds that a connection is kept after its request; infinite for None. */
  readonly keptSeconds: number;
  readonly hasPool: boolean;
}

/** One server as the files will start it. */
export interface Deployment {
  /** For people: `web`, `Deployment api / app`, `gunicorn.conf.py`. */
  readonly name: string;
  readonly server: Server;
  readonly platform: Platform;
  /** Where it is started, or the top of its configuration file. */
  readonly at: Span;
  /** Every file that has a part in it. */
  readonly files: readonly string[];
  /** What is set; a setting that is not here has the server's own default. */
  readonly settings: ReadonlyMap<string, EffectiveSetting>;
  /** `module:app`. */
  readonly app: Reading<string> | null;
  readonly environment: Environment;
  /** Null where the application is no Django that was read. */
  readonly django: DjangoDatabase | null;
  /** The version that the project installs; absent where no file says one. */
  readonly pinned?: Pinned;
  readonly variables: readonly Variable[];
  readonly resources: Resources;
  readonly copies: Copies;
  readonly traffic: Traffic;
  /** What else uses the memory that it may use. */
  readonly sharedWith: readonly string[];
  readonly stopGraceSeconds: Reading<number> | null;
  readonly memoryDirectories: readonly string[];
  /** Options of the command line that the server does not have. */
  readonly unknownFlags: readonly { readonly flag: string; readonly at: Span }[];
  /** Names of the configuration file that the server ignores. */
  readonly ignoredNames: readonly { readonly name: string; readonly at: Span }[];
  /** Further settings that the server knows, and that its table does not list. */
  readonly others: readonly { readonly name: string; readonly value: string; readonly at: Span }[];
  /** What could not be known, and why. */
  readonly notes: readonly Note[];
  /** A source that was not read and that may set anew what a configuration file sets; absent where there is none. */
  readonly mayOverride?: Unknown;
  /** What was not read and may change anything of it; absent where there is nothing. */
  readonly mayChange?: Unknown;
  /** What was taken for granted of the whole server. */
  readonly assumes: readonly string[];
}

/** What starts, or may start, a server whose settings were not read. */
export interface Unjudged {
  readonly name: string;
  readonly platform: Platform;
  readonly at: Span;
  readonly files: readonly string[];
  /** The rule that it breaks, where it is more than that nothing was read. */
  readonly rule?: 'shell-missing';
  /** Its server, such as `uvicorn`, where that is known. */
  readonly server: string | null;
  /** What was not read, as a sentence without full stop. */
  readonly why: string;
  /** How to give it. */
  readonly give: string;
}
