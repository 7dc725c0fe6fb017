import type { ErrorShare } from '../model/error-shares.js';
import type { SimulatedErrors } from '../model/simulated-errors.js';
import type { Prediction } from '../model/types.js';
import type { Assumption, PlanInputs } from '../profile/types.js';
import type { Kind, MeasuredErrors, Settings } from '../servers/server.js';
import type { Drawing } from './drawing.js';
import type { DuringRestart } from './restart.js';

/** What limits a configuration. */
export type Bound = 'cpu' | 'memory' | 'gil' | 'slots' | 'slo' | 'connections' | 'availability' | 'heuristic';

export type StrategyId =
  | 'cpu-heuristic'
  | 'memory-bound'
  | 'io-ratio'
  | 'little'
  | 'square-root'
  | 'queueing';

type WarningCode = string;

export interface PlanWarning {
  /** Stable kebab-case id, known to `wcalc explain`. */
  readonly code: WarningCode;
  readonly message: string;
}

/** A prediction of one replica with what it gets, and the published errors of its shape. */
export type ConfigurationPrediction = Prediction & {
  /** Requests per second that it gets; null without a rate. */
  readonly ratePerReplica: number | null;
  /** Shares of the values that nine of ten cases stay within. */
  readonly errorShare: ErrorShare | null;
};

export interface Configuration {
  readonly server: string;
  /** null where the server has no worker classes. */
  readonly workerClass: string | null;
  /** How an ASGI application's code runs; null where the server's classes say it. */
  readonly handlers: Kind['handlers'];
  readonly workers: number;
  readonly threads: number;
  /** null where the class ignores it. */
  readonly workerConnections: number | null;
  readonly boundBy: Bound;
  readonly memoryMiB: number | null;
  readonly fitsMemory: boolean | null;
  /** null where no objective was given. */
  readonly meetsObjective: boolean | null;
  /** Whether it is met, in words: `within-error` where by less than the published error of the prediction. */
  readonly objective: 'met' | 'within-error' | 'missed' | null;
  readonly prediction: ConfigurationPrediction;
  /** While one of its workers is replaced. */
  readonly restart: DuringRestart;
  readonly settings: Settings;
  /** Why each setting has its value, by name; of the recommended and the given configuration. */
  readonly settingReasons?: Readonly<Record<string, string>>;
  /** What the recommendation, and each class at its best, keeps of the room that an operator leaves; null where it was not asked for. */
  readonly room?: KeptRoom;
  /** Plain sentences: why this, what gave way, and what would have to change to do better. */
  readonly why: string;
}

/** Each true where it is kept, false where it gave way, null where it was not asked for. */
interface KeptRoom {
  /** The objective is met also where the prediction is too low by its published error. */
  readonly margin: boolean | null;
  /** The rate is at most `maxUtilization` of the capacity. */
  readonly ceiling: boolean | null;
  readonly twoWorkers: boolean | null;
  /** A tenth of the memory stays free. */
  readonly freeMemory: boolean | null;
}

export interface StrategyResult {
  /** A StrategyId, or `formula:NAME` for the user's own. */
  readonly id: string;
  readonly label: string;
  readonly formula: string;
  /** null where the strategy needs an input that is missing; `note` says which. */
  readonly workers: number | null;
  readonly threads: number | null;
  readonly memoryMiB: number | null;
  readonly fitsMemory: boolean | null;
  readonly prediction: ConfigurationPrediction | null;
  readonly note?: string;
}

/** One step of how a number came about: the formula, the same with the user's numbers, its value and its source. */
export interface DerivationStep {
  readonly quantity: string;
  readonly formula: string;
  readonly substituted: string;
  readonly value: number | string;
  readonly source: string;
}

/** The model behind a prediction: what it assumes, and its absolute errors as shares. */
export interface ModelNote {
  /** As in the prediction's `method`. */
  readonly model: string;
  /** What `wcalc explain` knows it by. */
  readonly topic: string;
  /** What people call its workers. */
  readonly workerClass: string;
  readonly assumptions: readonly string[];
  readonly errors: {
    /** Against simulated random systems. */
    readonly simulated: SimulatedErrors;
    /** Against a real server that runs requests so; null where none was measured. */
    readonly measured: MeasuredErrors | null;
  };
}

/** An assumed input at both ends of its plausible range: what would be recommended, and what measures it. */
export interface MeasureNext {
  /** Key as in `inputs`. */
  readonly input: string;
  readonly flag: string;
  readonly low: number;
  readonly high: number;
  /** null where nothing fits. */
  readonly atLow: Ends | null;
  readonly atHigh: Ends | null;
  /** Whether the recommendation is another at one of the ends. */
  readonly changes: boolean;
  readonly command: string;
}

interface Ends {
  readonly workerClass: string | null;
  readonly workers: number;
  readonly threads: number;
  readonly p95Ms: number | null;
}

/** The answer of `plan`: exactly the JSON of the contract, plus fields it leaves open. */
export interface PlanResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'wcalc'; readonly version: string };
  readonly inputs: PlanInputs;
  readonly assumptions: readonly Assumption[];
  readonly recommendation: Configuration | null;
  /** The least memory that meets the objective, without the operator's room; null where that is the recommendation. */
  readonly leanest: Configuration | null;
  readonly given: Configuration | null;
  readonly strategies: readonly StrategyResult[];
  readonly classes: readonly Configuration[];
  readonly unsuitableClasses: readonly {
    readonly server: string;
    readonly workerClass: string | null;
    readonly reason: string;
  }[];
  readonly warnings: readonly PlanWarning[];
  readonly derivation: readonly DerivationStep[];
  /** Behind the recommendation and the given configuration. */
  readonly models: readonly ModelNote[];
  /** Where each value that was given came from, by option name: `--cores`, `WCALC_CORES`, `wcalc.yaml:3`. */
  readonly origins: Readonly<Record<string, string>>;
  /** Of the given (else the recommended) configuration, where charts are asked for. */
  readonly drawing?: Drawing;
  /** With `--explain`: the assumed inputs to measure, the one that matters most first. */
  readonly measureNext?: readonly MeasureNext[];
}

/** What people call the workers of a configuration: their class, or the server where it has none. */
export const labelOf = ({
  server,
  workerClass,
}: {
  readonly server: string;
  readonly workerClass: string | null;
}): string => workerClass ?? server;

/** A configuration in a few words: `4 sync workers`, `2 gthread workers × 4 threads`. */
export function headline(c: Pick<Configuration, 'server' | 'workerClass' | 'workers' | 'threads'>): string {
  const workers = `${c.workers} ${labelOf(c)} worker${c.workers === 1 ? '' : 's'}`;
  return c.threads > 1 ? `${workers} × ${c.threads} threads` : workers;
}
