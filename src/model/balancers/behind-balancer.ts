import { lawCv, lawMean as meanOf } from '../../math/laws/moments.js';
import { type Facility, queueingOf, slotsOf } from '../discipline.js';
import { mergedUnread } from '../predict.js';
import { predictMeans } from '../predict-means.js';
import type { Predict, Prediction, Workload } from '../types.js';
import { type Balancer, leastConnectionsRatio, powerOfTwoRatio } from './known-queues.js';
import { rateOfWait } from './rate-of-wait.js';
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
    return mergedUnread(predict(facility, { ...workload, ratePerSecond: equivalent }), {
      capacityPerSecond,
      utilization,
    });
  };
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
  const aloneMs =
    meanOf(workload.cpu) + workload.overheadMs + (workload.ioCalls > 0 ? meanOf(workload.io) : 0);
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
  const visits = visitsOf(facility, workload, present, waitMs);
  const { replicas, balancer, balancers } = spread;
  let guess = ratePerSecond / 2;
  let shortened: number;
  if (balancer === 'round-robin') {
    const stages = stagesOf(replicas, balancers, utilization);
    guess = equivalentUtilization(stages, utilization) * capacityPerSecond;
    const correction = serviceCorrection(1 / stages, serviceScv(workload), utilization);
    shortened = mixed((waitAt(guess) / waitMs) * correction, visits.smooth);
  } else {
    const ratioOf = balancer === 'least-connections' ? leastConnectionsRatio : powerOfTwoRatio;
    shortened = mixed(ratioOf(replicas, serversOf(facility, inFlightAtCapacity), utilization), visits.seen);
  }
  const targetMs = waitMs * shortened;
  if (targetMs <= NEGLIGIBLE * aloneMs) return least;
  if (targetMs >= waitMs) return ratePerSecond;
  return rateOfWait(waitAt, targetMs, { least, most: ratePerSecond, capacityPerSecond, guess });
}

/** The share `applies` of the waits is shortened to `ratio`, the others stay as they are. */
const mixed = (ratio: number, applies: number): number => 1 + applies * (Math.min(1, ratio) - 1);

/**
 * What of the waits a balancer reaches. Requests that wait for a slot do so as they arrive. Those that wait for the CPU
 * inside do so before each part of their own: `smooth`, how much of the arrivals' regularity is left then, after waits of I/O
 * that blur what is shorter than they are; `seen`, which share of the requests that a balancer counts are at the CPU at all.
 * Where processes have queues of their own, a balancer evens out a replica, and which of its n processes then gets a request
 * is chance: each sees only an n-th of it (thinning leaves c² = 1 − (1 − c²)/n), as far as it is such a queue that forms.
 */
function visitsOf(
  facility: Facility,
  { ratePerSecond, cpu, io, ioCalls, overheadMs }: Workload,
  { utilization, meanMs }: Prediction,
  waitMs: number,
): { readonly smooth: number; readonly seen: number } {
  const ioMs = ioCalls > 0 ? meanOf(io) : 0;
  const queues = queueingOf(facility) === 'split' ? facility.processes : 1;
  if (ioMs === 0 || !utilization || meanMs === null) return { smooth: 1 / queues, seen: 1 / queues };
  const inside = Math.max(utilization.cpu, utilization.gil);
  const serviceMs = meanOf(cpu) + overheadMs + ioMs;
  const slots = slotsOf(facility) * facility.processes;
  const outside = Math.min(1, ((ratePerSecond ?? 0) * serviceMs) / (1000 * slots * inside));
  const parts = ioCalls + 1;
  const left = waitMs / parts / (waitMs / parts + ioMs / ioCalls);
  const smooth = (1 + ioCalls * left) / parts;
  const seen = (meanMs - ioMs) / meanMs;
  const apart = (share: number): number => 1 + (queues - 1) * share;
  const atSlots = apart(outside ** 2);
  const atLocks = apart(Math.min(1, utilization.gil / utilization.cpu) ** ONLY_ALIKE);
  const reached = (share: number): number => outside / atSlots + ((1 - outside) * share) / atLocks;
  return { smooth: reached(smooth), seen: reached(seen) };
}

/** Servers of the queue that forms: slots where they are limited, else as many as are at work when none is idle. */
function serversOf(facility: Facility, inFlightAtCapacity: number): number {
  const slots = slotsOf(facility) * facility.processes;
  return Math.max(1, Math.round(Math.min(slots, inFlightAtCapacity)));
}

/** Squared coefficient of variation of a request's whole time. */
function serviceScv({ cpu, io, ioCalls, overheadMs }: Workload): number {
  const ioMs = ioCalls > 0 ? meanOf(io) : 0;
  const variance = (lawCv(cpu) * meanOf(cpu)) ** 2 + (lawCv(io) * ioMs) ** 2;
  return variance / (meanOf(cpu) + ioMs + overheadMs) ** 2;
}
