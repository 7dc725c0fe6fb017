import type { Load } from '../find-file.js';
import type { Reading, Unknown } from '../reading.js';
import type { CommandText } from '../shell/command-text.js';
import type { Source, Span } from '../text-file.js';

/** What kind of file describes how a server is started. */
export type Platform =
  | 'conf'
  | 'procfile'
  | 'dockerfile'
  | 'compose'
  | 'kubernetes'
  | 'systemd'
  | 'supervisor'
  | 'fly'
  | 'render'
  | 'cloud-foundry'
  | 'app-platform'
  | 'railway'
  | 'app-engine'
  | 'ecs'
  | 'script'
  | 'environment';

/** Platforms that run the server in a container, whose CPU limit `cpu_count()` does not see. */
export const CONTAINERS: ReadonlySet<Platform> = new Set(['dockerfile', 'compose', 'kubernetes', 'ecs']);

/** Platforms that run the server in a virtual machine, which has no more CPUs than its limit. */
export const VIRTUAL_MACHINES: ReadonlySet<Platform> = new Set(['fly']);

export interface Variable {
  readonly name: string;
  readonly value: Reading<string>;
}

/** What the files say a server may use; null where they do not. */
export interface Resources {
  readonly cpuLimit: Reading<number> | null;
  readonly cpuRequest: Reading<number> | null;
  readonly memoryLimitMiB: Reading<number> | null;
  readonly memoryRequestMiB: Reading<number> | null;
}

export const NO_RESOURCES: Resources = {
  cpuLimit: null,
  cpuRequest: null,
  memoryLimitMiB: null,
  memoryRequestMiB: null,
};

/** Copies of a server, and how many run at once while a new version is rolled out. */
export interface Copies {
  readonly replicas: Reading<number> | null;
  /** Upper end of an autoscaler. */
  readonly most: Reading<number> | null;
  /** Copies beyond `replicas` during a rolling update, for a number of replicas. */
  readonly surge: ((replicas: number) => number) | null;
  readonly scaling: Scaling | null;
  readonly budget: DisruptionBudget | null;
}

/** What adds and removes copies by itself. */
export interface Scaling {
  /** Lower end of what it leaves. */
  readonly least: Reading<number>;
  /** Busy share of the requested CPU that it holds copies at, percent; null where it goes by something else. */
  readonly cpuPercent: Reading<number> | null;
}

/** What limits how many copies are taken away at once on purpose. */
export interface DisruptionBudget {
  /** As it is written: `maxUnavailable: 1`. */
  readonly setting: string;
  readonly at: Span;
  /** Copies of so many that it lets go at once. */
  readonly evictable: (replicas: number) => number;
}

export const ONE_COPY: Copies = { replicas: null, most: null, surge: null, scaling: null, budget: null };

/** What stands in front of a server and sends it requests; null where the files do not say. */
export interface Traffic {
  /** Requests that the platform sends to one copy at once, at most, with the name of the setting. */
  readonly concurrency: { readonly name: string; readonly limit: Reading<number> } | null;
  /** How long the balancer in front keeps a connection without requests, with its name. */
  readonly idle: { readonly balancer: string; readonly seconds: number; readonly at: Span } | null;
  /** How long the server may fail to answer before the platform starts it anew. */
  readonly liveness: { readonly seconds: number; readonly at: Span } | null;
}

export const NO_TRAFFIC: Traffic = { concurrency: null, idle: null, liveness: null };

/** One process, container or unit as its file describes it; whether it is Gunicorn is found out later. */
export interface ServiceReading {
  readonly name: string;
  readonly platform: Platform;
  readonly file: string;
  readonly at: Span;
  /** What replaces the image's entry point; null where nothing does. */
  readonly entrypoint: CommandText | null;
  readonly command: CommandText | null;
  /** Later ones win. */
  readonly environment: readonly Variable[];
  /** Why there may be further variables; null where none is referred to. */
  readonly environmentIncomplete: string | null;
  readonly resources: Resources;
  readonly copies: Copies;
  readonly traffic: Traffic;
  /** What else uses the memory that it may use. */
  readonly sharedWith: readonly string[];
  /** How long the platform waits between asking to stop and killing. */
  readonly stopGraceSeconds: Reading<number> | null;
  /** Directories that are in memory. */
  readonly memoryDirectories: readonly string[];
  /** The image is built from a Dockerfile of the project: its directory, and the path of the file where it is named. */
  readonly build: {
    readonly directory: string;
    readonly dockerfile: string | null;
    readonly target: string | null;
  } | null;
  /** What an image takes over from the project. */
  readonly copied: readonly CopiedPath[];
  /** The image that a Dockerfile begins with, which may start something by itself. */
  readonly base: { readonly image: string; readonly at: Span } | null;
  /** The image is named and no build is: another project may have made it. */
  readonly image: string | null;
  /** Files and directories that stand over those of the image; later ones win. */
  readonly mounts: readonly Mount[];
  /** What was not read and may change any of it; absent where there is nothing. */
  readonly mayChange?: Unknown;
}

/** What readers of one file may ask of others. */
export interface ReaderContext {
  readonly dotenv: readonly Variable[];
  readonly overrides: readonly Variable[];
  readonly load: Load;
  /** Takes a configuration file that another file holds. */
  readonly addConf: (source: Source) => void;
}

/** A file or directory that an image takes over. */
export interface CopiedPath {
  /** Path in the project, from the directory that the image is built in. */
  readonly from: string;
  /** Its path in the image; that of the directory it is put into where `isInto`. */
  readonly to: string;
  readonly isInto: boolean;
}

/** A file or directory that is mounted into what runs. */
export interface Mount {
  /** Its path there. */
  readonly to: string;
  /** Its path in the project, or its text where another file holds it; null where it is kept elsewhere. */
  readonly from: string | Source | null;
}

export const EMPTY_SERVICE = {
  entrypoint: null,
  command: null,
  environment: [],
  environmentIncomplete: null,
  resources: NO_RESOURCES,
  copies: ONE_COPY,
  traffic: NO_TRAFFIC,
  sharedWith: [],
  stopGraceSeconds: null,
  memoryDirectories: [],
  build: null,
  copied: [],
  mounts: [],
  base: null,
  image: null,
} as const satisfies Partial<ServiceReading>;
