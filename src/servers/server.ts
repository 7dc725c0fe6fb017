import type { Discipline } from '../model/discipline.js';
import type { CommandLine } from './settings/command-line.js';

/** Requests in service per process: one, as many as threads, up to a limit of connections, or any number. */
type Concurrency = 'one' | 'threads' | 'connections' | 'unlimited';

/** What the application speaks. */
type Interface = 'wsgi' | 'asgi';

/**
 * How an ASGI application's code runs: on the loop, in a pool of threads, in a thread for each request; or some of it on the
 * loop and the rest in threads.
 */
export type HandlerKind = 'async' | 'threads' | 'django' | 'async+threads' | 'async+django';

/** Whether some of the code runs on the loop and the rest in threads. */
export const isMixed = (handlers: HandlerKind | null): boolean => handlers?.startsWith('async+') ?? false;

/** Whether a server of these kinds has worker classes to choose from. */
export const hasWorkerClasses = (kinds: readonly Kind[]): boolean =>
  kinds.some(({ workerClass }) => workerClass !== null);

/** A way in which a server runs requests: one of its worker classes, or its only one where it has none. */
export interface Kind {
  /** Unique within its server; the server's own name where it has no classes. */
  readonly name: string;
  readonly server: string;
  /** What people call its workers: `gthread`, `uvicorn`. */
  readonly label: string;
  /** Null where the server has no worker classes. */
  readonly workerClass: string | null;
  /** How an ASGI application's code runs in it; null where that is not for an option to say. */
  readonly handlers: HandlerKind | null;
  readonly concurrency: Concurrency;
  readonly application: Interface;
  readonly websockets: boolean;
  /** True where a slow client holds a worker or thread, so that a buffering proxy is needed. */
  readonly needsProxy: boolean;
  /** Threads of each process where they are not to be chosen; null where they are. */
  readonly fixedThreads: number | null;
  /** Whether there is one process whatever is asked for. */
  readonly isSingle: boolean;
  /** First and last major version of the server that has it. */
  readonly since: number;
  readonly until: number;
  /** What it asks of the application beyond what every WSGI application has. */
  readonly asks: 'nothing' | 'cooperation' | 'asgi';
  /** Whether its processes share one queue where connections are limited to their threads, and split it otherwise. */
  readonly sharesByLimit: boolean;
  /** Whether the timeout ends single requests, rather than processes that give no sign of life. */
  readonly timeoutEndsRequests: boolean;
  /** What must be installed beside the server. */
  readonly package: string | null;
  /** What whoever chooses it must know. */
  readonly note: string;
  readonly source: string;
}

/** How a Python file starts a server by itself. */
interface PythonStarts {
  /** Modules whose import shows that a file may start it. */
  readonly imports: readonly string[];
  /** Calls that start it, whose arguments are named as its options are. */
  readonly calls: readonly string[];
  /** Calls that serve in the caller's own process, whatever number of workers they are given. */
  readonly callsOfOneProcess?: readonly string[];
  /** Names of a call's arguments by place, after the application. */
  readonly parameters?: readonly string[];
}

/** How a server appears where it is started. */
interface Programs {
  /** Base name of its program. */
  readonly name: RegExp;
  /** Modules that `python -m` runs it by. */
  readonly modules: readonly string[];
  /** Word after the program that makes it serve, where it has commands of its own. */
  readonly subcommand?: string;
  /** How a Python file starts it; absent where none does. */
  readonly python?: PythonStarts;
  /** Prefix of variables that only its command line reads, not such a call. */
  readonly variables?: string;
}

/** A server as it is to be run. */
export interface Configuration {
  readonly kind: Kind;
  readonly workers: number;
  readonly threads: number;
  /** Connections that a worker accepts; null: the server's default, or the kind has no such limit. */
  readonly workerConnections: number | null;
}

export type Loop = 'asyncio' | 'uvloop';

/** What else decides how a server takes requests and runs them. */
export interface Circumstances {
  readonly version: number;
  readonly gil: boolean;
  readonly backlog: number;
  /** After how long a worker is killed, ms; 0 is never. */
  readonly timeoutMs: number;
  /** The event loop, where it is known. */
  readonly loop: Loop | null;
  /** Time in the queue after which a request is answered with an error, ms; left out where whoever waits is served. */
  readonly queueTimeoutMs?: number | undefined;
}

/** What else decides a server's settings. */
export interface Wanted extends Omit<Circumstances, 'gil'> {
  /** Of one copy of the server; null where it is not known. */
  readonly ratePerSecond: number | null;
  /** Requests of a worker after which its memory, if it grows, has grown to what is free; null where it is not known to grow. */
  readonly requestsUntilFull: number | null;
  readonly keepaliveMs: number;
  readonly preload: boolean;
}

/** One setting with the reason for its value. */
export interface Setting {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly why: string;
}

/** Settings by the server's own names, in the order in which they are printed. */
export type Settings = Readonly<Record<string, Setting['value']>>;

/** Stands for the user's own application, `module:variable`. */
export const APPLICATION = 'app:app';

/** Settings as a file of configuration takes them. */
export interface Reasoned {
  readonly settings: Settings;
  /** Why each setting has its value, by name. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Lines for the head: what the file is and what it was made for. */
  readonly head: readonly string[];
}

/** A file from which a server takes its settings. */
export interface ConfigurationFile {
  /** As its users call it. */
  readonly name: string;
  readonly text: string;
}

/** How a server is started with some settings: all that a deployment's files need. */
export interface Start {
  readonly program: string;
  /** Words that give it the settings on its command line. */
  readonly words: readonly string[];
  /** Words with which it listens on every address, without which nobody reaches it in a container; left out where it does anyway. */
  readonly listens?: readonly string[];
  /**
   * All of its words before the application where it is to listen on this port of every address, as a platform says by the variable
   * PORT. Left out where the server reads that variable by itself.
   */
  onPort?(port: string): readonly string[];
  /** Words that name the application, after the others. */
  readonly application: readonly string[];
  /** Variables that give it the same as `words`; null where it reads none. */
  readonly environment: Readonly<Record<string, string>> | null;
  /** Variables that it reads too, for whoever else looks at them. */
  readonly hints?: Readonly<Record<string, string>>;
  /** How long it lets requests finish when it is asked to stop, in seconds. */
  readonly gracefulSeconds: number;
}

/** What a server does where nothing is set. Durations in ms; 0 is never. */
interface Defaults {
  readonly workers: number;
  readonly threads: number;
  /** Connections that a worker accepts; null without a limit. */
  readonly workerConnections: number | null;
  readonly backlog: number;
  readonly timeoutMs: number;
  readonly gracefulTimeoutMs: number;
  readonly keepaliveMs: number;
}

/** Absolute errors of the analytic model against latencies measured on a real server: median and largest. */
export interface MeasuredErrors {
  /** Measured cases that count. */
  readonly cases: number;
  readonly meanMedian: number;
  readonly meanWorst: number;
  readonly p95Median: number;
  readonly p95Worst: number;
}

/** An application server: what is said of it everywhere. */
export interface Server {
  readonly name: string;
  readonly title: string;
  readonly versions: { readonly oldest: number; readonly newest: number };
  readonly kinds: readonly Kind[];
  readonly defaults: Defaults;
  /** Whether its workers are started afresh rather than forked, and so share no memory. */
  readonly spawns: boolean;
  /**
   * Whether a worker that is to be replaced (for its age, its memory, a reload) ends only after its successor has started, so
   * that there is one more meanwhile, rather than one fewer.
   */
  readonly startsSuccessorFirst?: boolean;
  /** Name of its setting that limits the connections of a worker, where it has one. */
  readonly connectionSetting?: string;
  /** Name of its setting that ends requests for their time in the queue, where it has one. */
  readonly queueTimeoutSetting?: string;
  /** Versions whose parent keeps a copy of the application too, the first and the last. */
  readonly parentCopies?: { readonly since: number; readonly until: number };
  readonly programs: Programs;
  readonly commandLine: CommandLine;
  /** By kind; empty where none was measured. */
  readonly measuredErrors: Readonly<Partial<Record<string, MeasuredErrors>>>;
  /** Names under which projects keep its own configuration file; null where it has none. */
  readonly files: RegExp | null;
  /** What it runs where this kind, or none, is asked for with so many threads. */
  runs(kind: Kind | null, threads: number): Kind;
  discipline(is: Configuration, circumstances: Circumstances): Discipline;
  settings(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[];
  start(settings: Settings): Start;
  /** Its own configuration file, or that of the variables it reads where it has none; null where it reads neither. */
  readonly configurationFile: ((said: Reasoned) => ConfigurationFile) | null;
}
