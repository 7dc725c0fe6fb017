import type { Reading } from '../files/reading.js';
import type { Span } from '../files/text-file.js';
import type { Prediction, Workload } from '../model/types.js';
import type { Deployment } from './deployments/deployment.js';
import type { Kind } from './server.js';
import type { Value } from './settings/setting-value.js';

export type Severity = 'error' | 'warning' | 'note';

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
  /** It holds for the version of the server, which may be no more than assumed. */
  readonly byVersion?: true;
}

/** One way in which a server's settings can be wrong. */
export interface Rule<Subject> {
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
  /** The place or places that break it; null where none does. */
  readonly check: (subject: Subject) => Violation | readonly Violation[] | null;
}

export const violationsOf = <Subject>({ check }: Rule<Subject>, subject: Subject): readonly Violation[] =>
  [check(subject) ?? []].flat();

/** A rule about one server's settings; it stands in that server's folder. */
export type ServerRule = Rule<ServerSubject>;

/** A value that stands in a file or comes from an option (then without a place). */
export interface Limit {
  readonly value: number;
  readonly at: Span | null;
}

/** A server as it will run by its settings. */
export interface Running {
  readonly workers: Value<number>;
  readonly threads: Value<number>;
  /** What runs in the end, whatever is written. */
  readonly kind: Value<Kind>;
  /** The kind as it is written, where it is none that is known. */
  readonly writtenKind: string | null;
  /** Connections that a worker accepts at most. */
  readonly connections: Value<number>;
  readonly backlog: Value<number>;
  /** After how long a worker is killed; 0 is never. */
  readonly timeoutSeconds: Value<number>;
  readonly gracefulTimeoutSeconds: Value<number>;
  /** After how long in the queue a request is answered with an error, 0 is never; left out where there is no such thing. */
  readonly queueTimeoutSeconds?: Value<number>;
  /** How long an idle connection is kept, by the setting that says so; null where none is kept, or without limit. */
  readonly keepalive: { readonly name: string; readonly seconds: Value<number> } | null;
}

/** What the user says of the application and its surroundings. */
export interface Wishes {
  /** Null where no option speaks of requests. */
  readonly workload: Workload | null;
  /** True where the share of waiting was given. */
  readonly ioKnown: boolean;
  readonly gil: boolean;
  readonly websockets: boolean;
  readonly proxy: boolean;
  readonly dbPool: number | null;
  /** How long the balancer in front keeps an idle connection, ms; null where it was not said. */
  readonly proxyIdleMs: number | null;
  /** Connections that the proxy in front keeps open to one copy of the server; null where it was not said. */
  readonly proxyConnections: number | null;
  /** Longest request that is known to happen, ms. */
  readonly slowestMs: number | null;
  /** The kernel's limit of a listen backlog. */
  readonly somaxconn: number;
  /** Memory in MiB; null where unknown. */
  readonly memory: { readonly perWorkerMiB: number | null; readonly sharedMiB: number };
}

/** Everything that rules may ask of one server; computed once. */
export interface ServerSubject extends Running {
  readonly deployment: Deployment;
  /** Major version of the server. */
  readonly version: number;
  /** Who says the version: an option, a file of the project, or nobody, in which case it is the newest. */
  readonly versionFrom: 'option' | Span | 'assumed';
  readonly question: Wishes;
  /** Mean CPU and waiting of a request in ms; null where they were not given. */
  readonly times: { readonly cpuMs: number; readonly serviceMs: number } | null;
  readonly cores: Limit | null;
  readonly memoryLimit: Limit | null;
  /** Null where something it needs is not known. */
  readonly prediction: Prediction | null;
}

export const limitOf = (flag: number | null, file: Reading<number> | null): Limit | null => {
  if (flag !== null) return { value: flag, at: null };
  return file?.known ? { value: file.value, at: file.at } : null;
};

/** Connections that the proxy in front keeps open to each worker, as far as it was said. */
export const keptByProxy = ({ question, workers }: Pick<ServerSubject, 'question' | 'workers'>): number =>
  Math.ceil((question.proxyConnections ?? 0) / Math.max(1, workers.value ?? 1));
