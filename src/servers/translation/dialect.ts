import type { Scalar } from '../../files/reading.js';

/** What settings of different servers mean alike. Durations in seconds, sizes in MiB. */
export interface Meanings {
  /** What the application speaks. */
  readonly interface: 'wsgi' | 'asgi';
  readonly workers: number;
  /** Requests that one process works on at once. */
  readonly threads: number;
  /** Connections that one process holds at most. */
  readonly connections: number;
  /** Connections that may wait in the kernel. */
  readonly backlog: number;
  /** Workers that are always there, where more are started under load. */
  readonly leastWorkers: number;
  /** After how long a single request is ended. */
  readonly requestTimeout: number;
  /** After how long a worker that gives no sign of life is ended. */
  readonly workerTimeout: number;
  /** How long requests in flight get to finish at a stop. */
  readonly graceful: number;
  /** How long an idle connection is kept. */
  readonly keepalive: number;
  /** Requests after which a worker is replaced, and how far that is spread. */
  readonly maxRequests: number;
  readonly maxRequestsJitter: number;
  /** Age and size at which a worker is replaced. */
  readonly lifetime: number;
  readonly maxRss: number;
  /** The application is loaded before the workers are forked. */
  readonly preload: boolean;
  readonly address: string;
  readonly loop: string;
}

export type Meaning = keyof Meanings;

/** A setting that says a meaning. */
export interface Said {
  readonly name: string;
  /** The value as this server takes it, where it is another; null where it needs no setting then. */
  readonly value?: (meant: never) => string | number | boolean | null;
  /** What differs all the same, as a sentence without full stop. */
  readonly but?: string;
}

/** Why a server has no setting for a meaning. */
export interface Lacking {
  readonly lacks: string;
}

/** How a server's settings are put into common terms, and common terms into its settings. */
export interface Dialect {
  /** What its settings mean, by their names as they are read. */
  readonly means: Readonly<Record<string, Meant>>;
  /** How it says each meaning, or why it cannot. */
  readonly says: { readonly [M in Meaning]: Said | Lacking };
  /** Settings of its own that need no counterpart, and why. */
  readonly alone: Readonly<Record<string, string>>;
  /** Settings of its own that are missed elsewhere, and what takes their place. */
  readonly missed?: Readonly<Record<string, string>>;
}

/**
 * A dialect by how it says each meaning. What it says by a setting, that setting means; others that mean something, or mean it
 * in another unit, are in `means`.
 */
export function dialectOf({ means, ...dialect }: Omit<Dialect, 'means'> & Partial<Dialect>): Dialect {
  const said = (Object.entries(dialect.says) as [Meaning, Said | Lacking][]).filter(
    ([, way]) => way !== BY_KIND && !isLacking(way) && !Object.hasOwn(dialect.alone, way.name),
  ) as [Meaning, Said][];
  return {
    ...dialect,
    means: { ...Object.fromEntries(said.map(([meaning, { name }]) => [name, { meaning }])), ...means },
  };
}

export interface Meant {
  readonly meaning: Meaning;
  /** Its value in the unit of the meaning, where it is in another; null where it means nothing. */
  readonly value?: (written: Scalar) => Meanings[Meaning] | null;
}

/** `HOST:PORT` in two settings that a server takes apart. */
export const portOf = (address: string): number | null => {
  const port = /(?:^|:)(\d{1,5})$/.exec(address)?.[1];
  return port === undefined ? null : Number(port);
};

export const isLacking = (said: Said | Lacking): said is Lacking => 'lacks' in said;

/** What servers have in common that have one process. */
export const ONE_PROCESS: Lacking = { lacks: 'it has one process; run as many copies behind the proxy' };

/** The port alone, which says nothing of the host. */
export const PORT: Meant = { meaning: 'address', value: (port) => `:${String(port)}` };

/** What its kinds say of the application by themselves. */
export const BY_KIND: Said = { name: 'interface', value: () => null };

export const FIXED_NUMBER: Lacking = {
  lacks: 'the number of its workers is fixed; let the platform scale copies',
};
export const NEVER_REPLACED: Lacking = { lacks: 'it is never replaced; let the platform restart it' };
export const UNWATCHED: Lacking = { lacks: 'it does not watch itself; let the platform do so' };
export const WORKERS_UNWATCHED: Lacking = {
  lacks: 'it does not watch whether a worker answers; let the platform do so',
};
export const POOL_OF_APPLICATION: Lacking = {
  lacks:
    'synchronous code runs in a pool that the application sets: 40 threads per process in Starlette and FastAPI',
};
export const ENDS_NO_REQUEST: Lacking = {
  lacks: 'it ends no request: set a limit in the proxy, or a timeout in the application',
};
export const NO_LIMIT: Lacking = { lacks: 'it has no limit of connections or requests' };
export const IN_THREADS: Lacking = { lacks: 'it runs WSGI applications in threads' };
