import type { Platform } from '../files/platforms/service.js';
import type { Prediction } from '../model/types.js';
import type { Assumption } from '../profile/types.js';
import type { Numbers, Severity } from '../servers/rule.js';
import type { RuleId } from './registry.js';

/** A place that breaks a rule, as data for every report. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Name of the server it is about. */
  readonly server: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly message: string;
  readonly fix: string;
  readonly numbers: Numbers;
  /** The line of the file, for people; control characters are taken out. */
  readonly sourceLine: string;
  /** Stays the same when other lines of the file change. */
  readonly fingerprint: string;
}

/** Something that people should know and that breaks no rule. */
export interface PlacedNote {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** How much of a server was judged: `partly` where some of what sizes it is not known, `not` where nothing of it is. */
export type Judged = 'fully' | 'partly' | 'not';

/** One server as it will run; null where not known. */
export interface CheckedServer {
  readonly name: string;
  /** The program that serves, such as `gunicorn`; null where not known. */
  readonly server: string | null;
  readonly judged: Judged;
  readonly platform: Platform;
  readonly files: readonly string[];
  readonly workerClass: string | null;
  readonly workers: number | null;
  readonly threads: number | null;
  readonly workerConnections: number | null;
  /** Requests served at once by all workers; null where unknown or without limit. */
  readonly slots: number | null;
  readonly timeoutSeconds: number | null;
  readonly cores: number | null;
  readonly memoryMiB: number | null;
  readonly memoryLimitMiB: number | null;
  /** The share of the rate that one copy gets; null where no rate was given. */
  readonly ratePerReplica: number | null;
  /** Copies at the upper end of an autoscaler. */
  readonly replicas: number | null;
  /** Of all copies during an update; null where no option speaks of a database. */
  readonly dbConnections: number | null;
  /** Of the limits of all copies; null without a price. */
  readonly pricePerMonth: number | null;
  readonly prediction: Prediction | null;
  /** Settings whose value cannot be known, and why. */
  readonly unknown: readonly PlacedNote[];
  /** What was taken for granted in evaluating the files. */
  readonly assumes: readonly string[];
}

export interface CheckResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'wcalc'; readonly version: string };
  readonly files: readonly string[];
  readonly servers: readonly CheckedServer[];
  /** New findings, worst first within each file. */
  readonly findings: readonly Finding[];
  /** Findings that the baseline accepts. */
  readonly accepted: readonly Finding[];
  readonly notes: readonly PlacedNote[];
  readonly assumptions: readonly Assumption[];
  readonly failures: readonly string[];
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly notes: number;
    readonly accepted: number;
    readonly serversJudged: number;
    readonly serversJudgedInPart: number;
    readonly serversNotJudged: number;
  };
  /** Why nothing at all could be judged, as a sentence; null where something was. */
  readonly nothingJudged: string | null;
  readonly failOn: Severity;
  readonly passed: boolean;
}
