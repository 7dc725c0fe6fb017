import type { LearntValues, Origins } from '../../input/learnt.js';
import type { Values } from '../../input/options.js';
import type { Predict } from '../../model/types.js';
import { kindNamed, kindThatRuns } from '../../plan/kinds.js';
import { plan } from '../../plan/plan.js';
import { type Candidate, facilityFor, startPlanning } from '../../plan/search/candidate.js';
import type { Configuration, PlanResult } from '../../plan/types.js';
import { resolveProfile } from '../../profile/resolve.js';
import type { PlanInputs, Profile } from '../../profile/types.js';
import type { Measured } from './result.js';
import type { VariableName } from './vary.js';

/** Some inputs set to other values than were typed. */
export type Overrides = Readonly<Partial<Record<VariableName, number>>>;

/** The question that a sweep varies: its plan, and the one configuration that is followed. */
export interface Base {
  readonly plan: PlanResult;
  readonly configuration: Configuration;
  readonly followed: Followed;
  /** True where the user fixed the configuration; else it is the recommendation. */
  readonly isGiven: boolean;
  /** What the configuration gives with some inputs changed. */
  measure(overrides: Overrides): Measured;
  /** The whole plan with some inputs changed. */
  replan(overrides: Overrides): PlanResult;
}

/** What fixes a sweep's question apart from the inputs that vary; plain data, so that it can be sent to a worker thread. */
export interface Followed {
  readonly values: Values;
  readonly origins: Origins;
  readonly learnt: LearntValues | undefined;
  readonly inputs: PlanInputs;
  readonly configuration: Pick<
    Configuration,
    'server' | 'workerClass' | 'handlers' | 'workers' | 'threads' | 'workerConnections'
  >;
}

/** Plans once and fixes the configuration: the given one, else the recommended one. null where nothing fits. */
export function startSweep(
  values: Values,
  origins: Origins,
  predict: Predict,
  learnt?: LearntValues,
): Base | null {
  const base = plan(resolveProfile(values, origins, learnt), predict);
  const configuration = base.given ?? base.recommendation;
  if (!configuration) return null;
  const { server, workerClass, handlers, workers, threads, workerConnections } = configuration;
  const followed: Followed = {
    values,
    origins,
    learnt,
    inputs: base.inputs,
    configuration: { server, workerClass, handlers, workers, threads, workerConnections },
  };
  return {
    plan: base,
    configuration,
    followed,
    isGiven: base.given !== null,
    replan: (overrides) => plan(profileWith(followed, overrides), predict),
    measure: measurer(followed, predict),
  };
}

const profileWith = ({ values, origins, learnt, inputs }: Followed, overrides: Overrides): Profile =>
  resolveProfile(replaced(values, overrides, inputs), origins, learnt);

/** What the followed configuration gives with some inputs changed. */
export function measurer(followed: Followed, predict: Predict): Base['measure'] {
  const { configuration } = followed;
  // With as many connections as threads the processes share one queue; that stays so when the threads vary.
  const kind = kindNamed(configuration);
  const shares = kind.sharesByLimit && configuration.workerConnections === configuration.threads;
  return ({ workers, threads, workerConnections, ...inputs }) => {
    const planning = startPlanning(profileWith(followed, inputs), predict);
    const threadsNow = threads ?? configuration.threads;
    const candidate: Candidate = {
      kind: kindThatRuns(planning.profile, kind, threadsNow),
      workers: workers ?? configuration.workers,
      threads: threadsNow,
      workerConnections: workerConnections ?? (shares ? threadsNow : configuration.workerConnections),
    };
    const { profile } = planning;
    return {
      workers: candidate.workers,
      threads: candidate.threads,
      memoryMiB: planning.memoryOf(candidate).memoryMiB,
      prediction: predict(facilityFor(profile, candidate), profile.workload),
    };
  };
}

/** Inputs that say what a request does in more than one way: varying one must not contradict how another was typed. */
const REQUEST_INPUTS = ['serviceTime', 'ioRatio', 'cpuTime', 'ioTime', 'cv', 'cpuCv', 'ioCv'] as const;

function replaced(values: Values, overrides: Overrides, resolved: PlanInputs): Values {
  if (REQUEST_INPUTS.every((name) => overrides[name] === undefined)) return { ...values, ...overrides };
  const { serviceTime, ioRatio, cpuTime, ioTime, cv, cpuCv, ioCv, ...others } = values;
  const {
    serviceTime: whole,
    ioRatio: share,
    cpuTime: cpu,
    ioTime: io,
    cv: both,
    cpuCv: cpuOnly,
    ioCv: ioOnly,
    ...rest
  } = overrides;
  const baseCpu = Number(resolved.cpuTimeMs);
  const baseIo = Number(resolved.ioTimeMs);
  const total = whole ?? baseCpu + baseIo;
  const waiting = share ?? baseIo / (baseCpu + baseIo);
  const variation =
    both === undefined
      ? { cpuCv: cpuOnly ?? Number(resolved.cpuCv), ioCv: ioOnly ?? Number(resolved.ioCv) }
      : { cv: both };
  return {
    ...others,
    ...rest,
    ...variation,
    cpuTime: cpu ?? total * (1 - waiting),
    ioTime: io ?? total * waiting,
  };
}
