import { steady } from '../math/numeric/steady.js';
import { type Facility, slotsOf } from './discipline.js';
import { QUOTA_PERIOD_MS } from './linux.js';
import { methodOf } from './method-of.js';
import { METHODS } from './methods.js';
import { loopsWithThreads } from './mixed/loops-with-threads.js';
import { onCores, onLinux, type Problem, problemOf } from './problem.js';
import { throttling } from './response/quota.js';
import type { Share } from './response/response.js';
import {
  asShared,
  asUnlimited,
  capacityOf,
  commonShare,
  evenCapacityOf,
  isThrottled,
  isUneven,
  mayMeetTheLimit,
  solve,
  steadily,
} from './solve.js';
import { unevenQueues } from './threads/uneven-queues.js';
import type { ConnectionWait, Prediction, Utilization, Workload } from './types.js';

/** What a facility does under a workload, as far as it is worked out: the capacity at once, the means when they are asked for. */
export interface Forecast {
  readonly problem: Problem;
  readonly ratePerMs: number;
  readonly capacityPerSecond: number;
  /** Name of the model. */
  readonly method: string;
  /** Null without a rate. */
  readonly utilization: Utilization | null;
  /** Worked out once, when first called. */
  means(): Means;
}

/** The means of a forecast, and what its percentiles are made of. */
interface Means
  extends Pick<Prediction, 'stable' | 'waitProbability' | 'meanMs' | 'rejectProbability' | 'connectionWait'> {
  /** Null where there are no response times. */
  readonly mixture: readonly Share[] | null;
  /** A rough idea of the 99th percentile. */
  readonly guessMs: number;
}

const NO_MEANS = { waitProbability: null, meanMs: null, mixture: null, guessMs: 0 };

export function forecast(facility: Facility, workload: Workload): Forecast {
  const problem = problemOf(facility, workload);
  const capacityPerSecond = capacityOf(problem);
  const rate = workload.ratePerSecond;
  const ratePerMs = (rate ?? 0) / 1000;
  let found: Means | undefined;
  return {
    problem,
    ratePerMs,
    capacityPerSecond,
    method: METHODS[methodOf(facility)].label,
    utilization: rate === null ? null : utilizationOf(problem, ratePerMs),
    means: () => {
      found ??= meansOf(problem, rate, capacityPerSecond);
      return found;
    },
  };
}

function meansOf(problem: Problem, rate: number | null, capacityPerSecond: number): Means {
  if (rate === null) return { ...NO_MEANS, stable: null, rejectProbability: null };
  const overload = (): Means => ({
    ...NO_MEANS,
    stable: false,
    rejectProbability: overflow(problem, rate, capacityPerSecond),
  });
  if (rate >= capacityPerSecond) return overload();
  const { mixture, meanMs, waitProbability, rejectProbability, connections } = throttled(
    problem,
    rate / 1000,
  );
  if (!mixture) return overload();
  const { cpu, io } = problem;
  const waitingMs = Math.max(0, meanMs - cpu.mean - io.mean);
  const spread = Math.sqrt(cpu.scv * cpu.mean ** 2 + io.scv * io.mean ** 2 + waitingMs ** 2);
  return {
    stable: true,
    waitProbability,
    meanMs,
    rejectProbability: steady(rejectProbability),
    ...(connections && { connectionWait: toldWait(connections) }),
    mixture,
    guessMs: meanMs + 3 * spread,
  };
}

const toldWait = ({ probability, meanMs }: ConnectionWait): ConnectionWait => ({ probability, meanMs });

function utilizationOf({ facility, pool, cpu, io, mixed }: Problem, ratePerMs: number): Utilization {
  const { connections } = pool;
  // Where loops hand requests to threads, these are the slots.
  const { cpu: ownCpu, io: ownIo, facility: slotted } = mixed?.pooled ?? { cpu, io, facility };
  const slots = pool.processes * slotsOf(slotted);
  const inSlotsMs = (mixed?.pooledShare ?? 1) * (ownCpu.mean + ownIo.mean + facility.holdMs);
  return {
    cpu: Math.min(1, (ratePerMs * cpu.mean) / facility.cores),
    gil: pool.locked ? Math.min(1, (ratePerMs * cpu.mean) / facility.processes) : 0,
    slots: Number.isFinite(slots) ? Math.min(1, (ratePerMs * inSlotsMs) / slots) : null,
    ...(connections && {
      connections: Math.min(
        1,
        (ratePerMs * io.mean * connections.share) / (facility.processes * connections.connections),
      ),
    }),
  };
}

/** What must be refused when the rate is above the capacity: the rest, unless the processes take connections without end. */
function overflow({ facility }: Problem, rate: number, capacityPerSecond: number): number {
  return Number.isFinite(slotsOf(facility)) ? Math.max(0, 1 - capacityPerSecond / rate) : 0;
}

interface Solved {
  readonly mixture: readonly Share[] | null;
  readonly meanMs: number;
  readonly waitProbability: number;
  readonly rejectProbability: number;
  readonly connections?: ConnectionWait | undefined;
}

/** Part of a period's budget that, carried over, makes half of the way from whole CPUs to a fluid share of them; from simulation. */
const HALF_WAY = 0.4;

/**
 * A fractional number of cores is a quota on whole ones: between the whole ones, at full speed until the period's budget is
 * spent, and a steady fraction of them, as the work carried over from period to period grows.
 */
function throttled(problem: Problem, ratePerMs: number): Solved {
  if (!isThrottled(problem)) return queued(problem, ratePerMs);
  const fluid = queued(steadily(problem, evenCapacityOf(problem) / 1000), ratePerMs);
  if (!fluid.mixture) return fluid;
  const { cores } = problem.facility;
  const whole = queued(onCores(problem, Math.ceil(cores)), ratePerMs);
  const { cpu } = problem;
  const carried = throttling(ratePerMs, cpu.mean, cpu.scv, cores).carriedMs;
  return blend(whole, fluid, carried / (carried + HALF_WAY * cores * QUOTA_PERIOD_MS));
}

/** With queues of the processes' own that soon overflow into the backlog, between split and shared. */
function queued(asked: Problem, ratePerMs: number): Solved {
  const problem = onLinux(asked, ratePerMs);
  const common = commonShare(problem, ratePerMs);
  const own = solved(problem, ratePerMs);
  if (!own.mixture) return own;
  if (mayMeetTheLimit(problem, ratePerMs)) return atTheLimit(problem, ratePerMs, own);
  return common < 1e-3 ? own : blend(own, solved(asShared(problem), ratePerMs), common);
}

/** A limit on connections makes loops slots like threads for those who meet it, `limited`; for the others it is not there. */
function atTheLimit(problem: Problem, ratePerMs: number, limited: Solved): Solved {
  const { waitProbability: met, rejectProbability } = limited;
  const others = solved(asUnlimited(problem), ratePerMs);
  const waitProbability = met + (1 - met) * others.waitProbability;
  return { ...blend(others, limited, met), waitProbability, rejectProbability };
}

function solved(problem: Problem, ratePerMs: number): Solved {
  if (problem.mixed) {
    const mixed = loopsWithThreads(problem, ratePerMs);
    return mixed ? { ...mixed, rejectProbability: 0 } : OVERLOADED;
  }
  if (isUneven(problem)) {
    const uneven = unevenQueues(problem, ratePerMs);
    return uneven ? { ...uneven, rejectProbability: 0 } : OVERLOADED;
  }
  const { stable, parts, meanMs, waitProbability, rejectProbability, connections } = solve(
    problem,
    ratePerMs,
  );
  if (!stable || !parts) return { mixture: null, meanMs: 0, waitProbability: 1, rejectProbability };
  return { mixture: [{ weight: 1, parts }], meanMs, waitProbability, rejectProbability, connections };
}

const OVERLOADED: Solved = { mixture: null, meanMs: 0, waitProbability: 1, rejectProbability: 0 };

/** `share` of the second, the rest of the first. */
function blend(first: Solved, second: Solved, share: number): Solved {
  if (!first.mixture || !second.mixture) return first.mixture ? first : second;
  const between = (a: number, b: number): number => (1 - share) * a + share * b;
  return {
    mixture: [
      ...first.mixture.map(({ weight, parts }) => ({ weight: (1 - share) * weight, parts })),
      ...second.mixture.map(({ weight, parts }) => ({ weight: share * weight, parts })),
    ],
    meanMs: between(first.meanMs, second.meanMs),
    waitProbability: between(first.waitProbability, second.waitProbability),
    rejectProbability: between(first.rejectProbability, second.rejectProbability),
    connections: first.connections &&
      second.connections && {
        probability: between(first.connections.probability, second.connections.probability),
        meanMs: between(first.connections.meanMs, second.connections.meanMs),
      },
  };
}
