import { UsageError } from '../host/errors.js';
import type { LearntLaws, Origins } from '../input/learnt.js';
import type { Origin } from '../input/option.js';
import type { Values } from '../input/options.js';
import { lawOf } from '../math/laws/two-moment.js';
import { type CpuOrder, cpuOrderOf, type Workload } from '../model/types.js';
import { flagOf } from '../text/names.js';
import type { Assumptions } from './assume.js';
import { resolveDatabase } from './database.js';
import { ofMixedHandlers, withTimesOfParts } from './mixed-handlers.js';
import { splitServiceLaw } from './service-law.js';

const ASSUMED_IO_RATIO = 0.5;
const ASSUMED_SERVICE_MS = 100;
const ASSUMED_CV = 1;

interface Times {
  readonly cpuMs: number;
  readonly ioMs: number;
  readonly ioKnown: boolean;
}

export interface ResolvedWorkload {
  /** Its rate is that of all replicas together. */
  readonly workload: Workload;
  readonly ioKnown: boolean;
  /** Coefficients of variation of the two parts, as resolved; of a learnt law, its own is not computed here. */
  readonly cpuCv: number;
  readonly ioCv: number;
}

/** What a request does, from what was typed; the rest is assumed and listed. */
export function resolveWorkload(
  values: Values,
  origins: Origins,
  assumptions: Assumptions,
  learnt: LearntLaws = {},
): ResolvedWorkload {
  const overheadMs = values.overhead ?? 0;
  const typed = withTimesOfParts(values, origins);
  const { cpuMs, ioMs, ioKnown } = withoutTraces(resolveTimes(typed, origins, assumptions));
  if (cpuMs + ioMs + overheadMs === 0)
    throw new UsageError(
      `${
        ['cpuTime', 'ioTime', 'serviceTime']
          .filter((n) => n in values)
          .map((n) => flagOf(n as keyof Values))
          .join(' and ') || '--service-time'
      }: a request must take some time, got 0; accepted: ms: 100, 100ms, 0.1s`,
    );
  const { cpuCv, ioCv } = resolveVariation(values, origins, cpuMs, ioMs, assumptions);
  const laws = (learnt.service && splitServiceLaw(learnt.service, cpuMs, ioMs)) ?? learnt;
  const database = resolveDatabase(values, ioMs, assumptions);
  const each: Workload = {
    ratePerSecond: values.rate ?? null,
    cpu: laws.cpu ?? lawOf(cpuMs, cpuCv),
    io: laws.io ?? lawOf(ioMs, ioCv),
    ioCalls: resolveCalls(values, ioMs),
    overheadMs,
    cpuOrder: resolveOrder(values, ioMs, overheadMs, assumptions),
    ...(database && { database }),
  };
  const workload = ofMixedHandlers(each, typed, { cpuCv, ioCv });
  return { workload, ioKnown, cpuCv, ioCv };
}

/** What one of several equal replicas gets of what all get together: its share of the rate. */
export function ofOneReplica(workload: Workload, replicas: number): Workload {
  const { ratePerSecond } = workload;
  return ratePerSecond === null ? workload : { ...workload, ratePerSecond: ratePerSecond / replicas };
}

/** A part below a billionth of the request is none: no prediction could tell, and its arithmetic would underflow. */
function withoutTraces({ cpuMs, ioMs, ioKnown }: Times): Times {
  const least = 1e-9 * (cpuMs + ioMs);
  return { cpuMs: cpuMs < least ? 0 : cpuMs, ioMs: ioMs < least ? 0 : ioMs, ioKnown };
}

/** Where the order of a real server's requests matters and is not told, it is assumed. */
function resolveOrder(
  { cpuOrder }: Values,
  ioMs: number,
  overheadMs: number,
  assumptions: Assumptions,
): CpuOrder {
  const order = cpuOrderOf({ overheadMs, ...(cpuOrder && { cpuOrder }) });
  if (ioMs === 0 || overheadMs === 0) return order;
  const why =
    'requests of a real server seldom compute in equal parts, and wait longest where they compute before they wait; even spreads the CPU around the waits';
  return assumptions.orElse(cpuOrder, 'cpuOrder', 'cpuOrder', order, why);
}

function resolveCalls(values: Values, ioMs: number): number {
  if (ioMs === 0) return 0;
  if (values.ioCalls === 0)
    throw new UsageError(
      `--io-calls 0 contradicts the ${ioMs} ms of waiting that --io-time or --io-ratio gives; accepted: 1 or more, or no waiting`,
    );
  return values.ioCalls ?? 1;
}

/**
 * The two parts of a request. `--cpu-time/--io-time` and `--service-time/--io-ratio` are two ways to say it: both
 * from the same place contradict each other; from places of different rank (flags, environment, file, profile) the higher wins.
 */
function resolveTimes(values: Values, origins: Origins, assumptions: Assumptions): Times {
  const parts = given(values, origins, 'cpuTime', 'ioTime');
  const whole = given(values, origins, 'serviceTime', 'ioRatio');
  if (parts && whole && parts.rank === whole.rank)
    throw new UsageError(
      `${flagOf(parts.name)} and ${flagOf(whole.name)} contradict each other: give --cpu-time with --io-time, or --service-time with --io-ratio`,
    );
  if (parts && (!whole || parts.rank > whole.rank)) return fromParts(values, assumptions);
  const { cpuTime, ioTime } = values;
  const learntMs = cpuTime !== undefined && ioTime !== undefined ? cpuTime + ioTime : undefined;
  const learntRatio = learntMs ? ioTime! / learntMs : undefined;
  return fromWhole(values.serviceTime ?? learntMs, values.ioRatio ?? learntRatio, assumptions);
}

function fromParts({ cpuTime, ioTime }: Values, assumptions: Assumptions): Times {
  const why = 'as much waiting as computing, which is what the rule (2 × cores) + 1 assumes';
  const cpuMs = assumptions.orElse(cpuTime, 'cpuTimeMs', 'cpuTime', ioTime!, why);
  const ioMs = assumptions.orElse(ioTime, 'ioTimeMs', 'ioTime', cpuMs, why);
  return { cpuMs, ioMs, ioKnown: cpuTime !== undefined && ioTime !== undefined };
}

function fromWhole(
  serviceTime: number | undefined,
  ratio: number | undefined,
  assumptions: Assumptions,
): Times {
  const ioRatio = assumptions.orElse(
    ratio,
    'ioRatio',
    'ioRatio',
    ASSUMED_IO_RATIO,
    'as much waiting as computing, which is what the rule (2 × cores) + 1 assumes',
  );
  const serviceMs = assumptions.orElse(
    serviceTime,
    'serviceTimeMs',
    'serviceTime',
    ASSUMED_SERVICE_MS,
    'a common time of a web request; capacity and latency scale with it, so measure yours',
  );
  const ioMs = serviceMs * ioRatio;
  return { cpuMs: serviceMs - ioMs, ioMs, ioKnown: ratio !== undefined };
}

/** As with the times, the variation of the whole and of its parts contradict each other only from the same place. */
function resolveVariation(
  values: Values,
  origins: Origins,
  cpuMs: number,
  ioMs: number,
  assumptions: Assumptions,
) {
  const whole = given(values, origins, 'cv');
  const parts = given(values, origins, 'cpuCv', 'ioCv');
  if (whole && parts && whole.rank === parts.rank)
    throw new UsageError(
      `--cv and ${flagOf(parts.name)} contradict each other: give --cv for the whole request, or --cpu-cv with --io-cv for its parts`,
    );
  const { cv, cpuCv, ioCv } = values;
  if (cv !== undefined && (!parts || whole!.rank > parts.rank)) {
    // Independent parts of equal variation whose sum varies by cv.
    const each = (cv * (cpuMs + ioMs)) / (Math.hypot(cpuMs, ioMs) || 1);
    return { cpuCv: each, ioCv: each };
  }
  const why =
    'as variable as an exponential time, which suits many web requests; wcalc fit learns it from logs';
  // Without a rate nothing that varies is predicted.
  if (values.rate === undefined) return { cpuCv: cpuCv ?? ASSUMED_CV, ioCv: ioCv ?? ASSUMED_CV };
  return {
    cpuCv: cpuMs === 0 ? (cpuCv ?? 0) : assumptions.orElse(cpuCv, 'cpuCv', 'cpuCv', ASSUMED_CV, why),
    ioCv: ioMs === 0 ? (ioCv ?? 0) : assumptions.orElse(ioCv, 'ioCv', 'ioCv', ASSUMED_CV, why),
  };
}

const RANKS: readonly Origin['source'][] = ['detected', 'profile', 'file', 'environment', 'flag', 'batch'];

function given(values: Values, origins: Origins, ...names: (keyof Values)[]) {
  const ranked = names
    .filter((name) => values[name] !== undefined)
    .map((name) => ({ name, rank: RANKS.indexOf(origins[name]?.source ?? 'flag') }));
  return ranked.reduce<(typeof ranked)[number] | null>(
    (best, next) => (best && best.rank >= next.rank ? best : next),
    null,
  );
}
