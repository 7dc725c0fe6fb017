import { lawCv, lawMean as meanOf } from '../../math/laws/moments.js';
import { type Facility, queueingOf, slotsOf } from '../discipline.js';
import { mergedUnread } from '../predict.js';
import { predictMeans } from '../predict-means.js';
import type { Predict, Prediction, Utilization, Workload } from '../types.js';
import { type Balancer, leastConnectionsRatio, powerOfTwoRatio } from './known-queues.js';
import { MOST_LOAD, narrowerBy } from './narrower.js';
import { rateOfWait } from './rate-of-wait.js';
import { regularityLeft } from './regularity.js';
import { equivalentUtilization, serviceCorrection, stagesOf } from './smooth-arrivals.js';

/** How requests reach the replicas of a fleet. */
export interface Spread {
  readonly replicas: number;
  readonly balancer: Balancer;
  /** Independent balancers, ≥ 1. */
  readonly balancers: number;
}

/** A rate at which nobody waits, as a share of the capacity. */
const IDLE = 1e-6;
/** Interpreter locks make queues of their own only where they are about as busy as the cores. */
const ONLY_ALIKE = 8;
/** Waits below this share of a request's own time are rounding. */
const NEGLIGIBLE = 1e-6;

/**
 * The predictions of `predict` for one of several replicas, whose `ratePerSecond` is its share. A random choice gives each
 * Poisson arrivals: the prediction is that of `predict`. Other balancers shorten the waits: the answer is that of the Poisson
 * rate at which the mean wait is as short.
 */
export function behindBalancer(predict: Predict, spread: Spread): Predict {
  if (spread.replicas === 1 || spread.balancer === 'random') return predict;
  return (facility, workload) => {
    const { ratePerSecond } = workload;
    if (ratePerSecond === null) return predict(facility, workload);
    const present = predictMeans(facility, workload);
    if (present.stable === false || present.meanMs === null) return predict(facility, workload);
    const { capacityPerSecond, utilization } = present;
    const equivalent = equivalentRate(facility, workload, ratePerSecond, present, spread);
    const found = mergedUnread(predict(facility, { ...workload, ratePerSecond: equivalent }), {
      capacityPerSecond,
      utilization,
    });
    if (spread.balancer !== 'power-of-two' || spread.replicas === 2 || found.meanMs === null) return found;
    const rates = { ratePerSecond, equivalent, capacityPerSecond };
    return narrowed(found, () => narrowerBy(facility, workload, rates, spread.replicas));
  };
}

const PERCENTILES = ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const;

/** A prediction whose percentiles are nearer to the mean by a factor, worked out when one is first read. */
function narrowed(prediction: Prediction, factorOf: () => number): Prediction {
  let factor: number | undefined;
  const meanMs = prediction.meanMs!;
  const nearer = (ms: number): number => {
    factor ??= factorOf();
    return meanMs + factor * (ms - meanMs);
  };
  const percentiles = Object.fromEntries(
    PERCENTILES.map((key) => [key, { enumerable: true, get: () => nearer(prediction[key]!) }]),
  );
  return Object.defineProperties(mergedUnread(prediction, {}), percentiles);
}

/** The Poisson rate with the same mean wait. */
function equivalentRate(
  facility: Facility,
  workload: Workload,
  ratePerSecond: number,
  present: Prediction,
  spread: Spread,
): number {
  const { capacityPerSecond } = present;
  const meanMs = (rate: number): number =>
    predictMeans(facility, { ...workload, ratePerSecond: rate }).meanMs ?? Number.POSITIVE_INFINITY;
  const least = Math.min(IDLE * capacityPerSecond, ratePerSecond);
  const aloneMs = meanOf(workload.cpu) + workload.overheadMs + ioMsOf(workload);
  const waitMs = present.meanMs! - aloneMs;
  const known = new Map<number, number>();
  const waitAt = (rate: number): number => {
    let found = known.get(rate);
    if (found === undefined) {
      found = Math.max(0, meanMs(rate) - aloneMs);
      known.set(rate, found);
    }
    return found;
  };
  if (waitMs <= NEGLIGIBLE * aloneMs) return ratePerSecond;
  const utilization = Math.min(ratePerSecond / capacityPerSecond, 1 - 1e-12);
  const inFlightAtCapacity = (capacityPerSecond / 1000) * aloneMs;
  const { replicas, balancer, balancers } = spread;
  let guess = ratePerSecond / 2;
  let shortened: number;
  if (balancer === 'round-robin') {
    const stages = stagesOf(replicas, balancers, utilization);
    guess = equivalentUtilization(stages, utilization) * capacityPerSecond;
    shortened = shortenedByTurns(
      facility,
      workload,
      present,
      (left, serviceScv) => {
        const arrivalScv = 1 - left * (1 - 1 / stages);
        const rate = equivalentUtilization(1 / arrivalScv, utilization) * capacityPerSecond;
        const correction = serviceCorrection(arrivalScv, serviceScv, utilization);
        return Math.min(1, (waitAt(rate) / waitMs) * correction);
      },
      replicas,
    );
  } else {
    const ratioOf = balancer === 'least-connections' ? leastConnectionsRatio : powerOfTwoRatio;
    shortened = mixed(
      ratioOf(replicas, serversOf(facility, inFlightAtCapacity), utilization),
      seenOf(facility, workload, present),
    );
  }
  const targetMs = waitMs * shortened;
  if (targetMs <= NEGLIGIBLE * aloneMs) return least;
  if (targetMs >= waitMs) return ratePerSecond;
  return rateOfWait(waitAt, targetMs, { least, most: ratePerSecond, capacityPerSecond, guess });
}

/** The share `applies` of the waits is shortened to `ratio`, the others stay as they are. */
const mixed = (ratio: number, applies: number): number => 1 + applies * (Math.min(1, ratio) - 1);

/** How far the queue of a replica is at its slots and at its interpreters' locks, and how far in as many lines as it has processes. */
interface Queues {
  /** Share of the waits that is for a slot, as a request arrives. */
  readonly outside: number;
  /** Lines that a replica's arrivals spread over by chance, in effect: at the slots and inside. */
  readonly linesAtSlots: number;
  readonly linesInside: number;
}

function queuesOf(
  facility: Facility,
  { ratePerSecond, cpu, io, overheadMs }: Workload,
  { cpu: atCpu, gil }: Utilization,
): Queues {
  const serviceMs = meanOf(cpu) + overheadMs + meanOf(io);
  const slots = slotsOf(facility) * facility.processes;
  const outside = Math.min(1, ((ratePerSecond ?? 0) * serviceMs) / (1000 * slots * Math.max(atCpu, gil)));
  const lines = (share: number): number => 1 + (linesOf(facility) - 1) * share;
  return {
    outside,
    linesAtSlots: lines(outside ** 2),
    linesInside: lines(Math.min(1, gil / atCpu) ** ONLY_ALIKE),
  };
}

/**
 * The share of the waits that turns leave, by `ratioOf` how much of their regularity is there. Requests that wait for a slot do
 * so as they arrive, those that wait for the CPU before each part of their own ({@link regularityLeft}). Where processes have
 * queues of their own, which of n a request gets is chance: each sees only an n-th of it (thinning leaves c² = 1 − (1 − c²)/n).
 */
function shortenedByTurns(
  facility: Facility,
  workload: Workload,
  { utilization, capacityPerSecond }: Prediction,
  ratioOf: (left: number, serviceScv: number) => number,
  replicas: number,
): number {
  const { ratePerSecond, cpu, io, ioCalls } = workload;
  if (ioCalls === 0 || !utilization) return ratioOf(1 / linesOf(facility), lawCv(cpu) ** 2);
  const { outside, linesAtSlots, linesInside } = queuesOf(facility, workload, utilization);
  const cpuScv = serviceScv({ ...workload, ioCalls: 0 });
  const left = regularityLeft(
    {
      ratePerMs: ratePerSecond! / 1000,
      utilization: Math.min(MOST_LOAD, ratePerSecond! / capacityPerSecond),
      scv: cpuScv,
      parts: ioCalls + 1,
      gapsMs: meanOf(io),
      gapsScv: lawCv(io) ** 2,
    },
    replicas,
  );
  const atSlots = outside > 0 ? ratioOf(1 / linesAtSlots, serviceScv(workload)) : 1;
  const inside = outside < 1 ? ratioOf(left / linesInside, cpuScv) : 1;
  return outside * atSlots + (1 - outside) * inside;
}

/** Which share of the waits a balancer shortens that counts requests: as many as are at the CPU of those that it counts. */
function seenOf(facility: Facility, workload: Workload, { utilization, meanMs }: Prediction): number {
  const ioMs = ioMsOf(workload);
  if (ioMs === 0 || !utilization || meanMs === null) return 1 / linesOf(facility);
  const { outside, linesAtSlots, linesInside } = queuesOf(facility, workload, utilization);
  return outside / linesAtSlots + ((1 - outside) * (meanMs - ioMs)) / meanMs / linesInside;
}

const ioMsOf = ({ io, ioCalls }: Workload): number => (ioCalls > 0 ? meanOf(io) : 0);

/** Queues of a replica that its requests spread over by chance. */
const linesOf = (facility: Facility): number => (queueingOf(facility) === 'split' ? facility.processes : 1);

/** Servers of the queue that forms: slots where they are limited, else as many as are at work when none is idle. */
function serversOf(facility: Facility, inFlightAtCapacity: number): number {
  const slots = slotsOf(facility) * facility.processes;
  return Math.max(1, Math.round(Math.min(slots, inFlightAtCapacity)));
}

/** Squared coefficient of variation of a request's whole time. */
function serviceScv(workload: Workload): number {
  const { cpu, io, overheadMs } = workload;
  const ioMs = ioMsOf(workload);
  const variance = (lawCv(cpu) * meanOf(cpu)) ** 2 + (lawCv(io) * ioMs) ** 2;
  return variance / (meanOf(cpu) + ioMs + overheadMs) ** 2;
}
