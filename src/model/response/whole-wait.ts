import { deposit, latticeOf, plus, plusExponential, plusGeometric } from '../../math/convolution/grid.js';
import { boundedExponential } from '../../math/laws/bounded-exponential.js';
import type { Demand } from '../../math/laws/limited-mean.js';

/** A wait for a server that serves whole requests: given that there is one, a geometric number of residual services. */
export interface WholeWait {
  readonly probability: number;
  /** Given that there is a wait, and that the backlog has no end. */
  readonly meanMs: number;
  /** As long as a full backlog takes. */
  readonly mostMs: number;
  readonly busy: number;
  readonly serviceMs: number;
  /** Mean equilibrium residual of a service. */
  readonly residualMs: number;
}

/**
 * Utilization from which the residuals are made shorter instead of more numerous: 10⁶ of them are exponential to all digits
 * that count, while 1 − busy has lost its own.
 */
export const MOST_BUSY = 1 - 1e-6;

/** Residuals of this many steps and more are taken from the lattice of the services, shorter ones from a finer lattice. */
const COARSE_STEPS = 8;
const FINE_STEPS = 4;

/** Adds to services of the law `service`, the sum of `demands`, the wait behind others. */
export function plusWholeWait(
  service: Float64Array,
  step: number,
  wait: WholeWait,
  demands: readonly Demand[],
): Float64Array {
  if (wait.probability < 1e-9 || wait.meanMs <= step * 1e-3) return service;
  const busy = Math.min(wait.busy, 1 - (1 - MOST_BUSY) * Math.min(1, wait.mostMs / wait.meanMs));
  const scaledMs = wait.meanMs * (1 - busy);
  const factor = scaledMs / wait.residualMs;
  const coarse = Math.min(1, Math.max(0, (scaledMs / step - FINE_STEPS) / (COARSE_STEPS - FINE_STEPS)));
  const residual = new Float64Array(service.length);
  let exponential = 0;
  if (coarse > 0) addResiduals(residual, { step, service, wait, factor }, coarse);
  if (coarse < 1) {
    const fineStep = wait.residualMs / COARSE_STEPS;
    const [first, ...others] = demands.map((demand) => latticeOf(demand, fineStep, service.length));
    const fine = others.reduce(plus, first!);
    const services = { step: fineStep, service: fine, wait, factor: (factor * fineStep) / step };
    addResiduals(residual, services, 1 - coarse);
    exponential = (1 - coarse) * likeExponential((1 - busy) * (residualScv(services) - 1));
  }
  if (wait.mostMs < FAR_ABOVE * wait.meanMs)
    return bounded(service, step, wait, { residual, busy, exponential });
  // All terms of the geometric sum but that of no residual, each with one factor `busy` less.
  const waited = plusGeometric(service, [{ part: residual, busy, visits: 1, weight: 1 }]);
  const share = wait.probability / busy;
  const all = service.map((p, j) => Math.max(0, (1 - share) * p + share * waited[j]!));
  if (exponential === 0) return all;
  const limit = plusExponential(service, step, wait.meanMs);
  const { probability } = wait;
  return all.map(
    (p, j) =>
      (1 - exponential) * p + exponential * ((1 - probability) * service[j]! + probability * limit[j]!),
  );
}

/** Mean waits above which a full backlog takes too long to matter. */
const FAR_ABOVE = 25;

interface EndlessWait {
  readonly residual: Float64Array;
  readonly busy: number;
  /** How far the sum of residuals is taken as exponential. */
  readonly exponential: number;
}

/** Adds the wait on condition that it is no longer than a full backlog takes. */
function bounded(
  service: Float64Array,
  step: number,
  wait: WholeWait,
  { residual, busy, exponential }: EndlessWait,
): Float64Array {
  const cells = service.length;
  const none = new Float64Array(cells);
  none[0] = 1;
  const limit = latticeOf(boundedExponential(wait.meanMs, wait.mostMs), step, cells);
  const sum = plusGeometric(none, [{ part: residual, busy, visits: 1, weight: 1 }]);
  // A sum of no residuals is no wait.
  sum[0] = Math.max(0, sum[0]! - (1 - busy));
  const last = Math.min(cells - 1, Math.ceil(wait.mostMs / step));
  let total = 0;
  for (let j = 0; j <= last; j++) total += sum[j]!;
  // What is too long for the lattice, but not for the backlog, falls off as the mean wait does.
  const beyond = Math.max(0, wait.mostMs - (cells - 1) * step);
  total += Math.max(0, busy - total) * -Math.expm1(-beyond / wait.meanMs);
  const waits = limit.map(
    (p, j) => exponential * p + (j <= last && total > 0 ? ((1 - exponential) * sum[j]!) / total : 0),
  );
  const waited = plus(service, waits);
  return service.map((p, j) => (1 - wait.probability) * p + wait.probability * waited[j]!);
}

interface Services {
  readonly step: number;
  readonly service: Float64Array;
  readonly wait: WholeWait;
  /** What one step of a residual service is in steps of the lattice that is added to. */
  readonly factor: number;
}

/**
 * Distance of a wait's squared variability from that of an exponential law up to which it is taken as one, without the
 * half a percent that steps longer than a residual add to percentiles.
 */
const ALIKE = 0.01;

/** 1 where the squared variability is as far as {@link ALIKE} from 1, falling to 0 at twice that. */
const likeExponential = (distance: number): number =>
  Math.min(1, Math.max(0, 2 - Math.abs(distance) / ALIKE));

/** Squared variability of the residual, as far as the lattice of the services reaches. */
function residualScv({ step, service, wait }: Services): number {
  let beyond = 1;
  let second = 0;
  for (let j = 0; j < service.length; j++) {
    beyond -= service[j]!;
    second += Math.max(0, beyond) * (j * (j + 1) + 1 / 3);
  }
  const mean = wait.serviceMs / step;
  return second / mean / (wait.residualMs / step) ** 2 - 1;
}

/** Adds the law of the scaled residual, with `weight` in all and its own mean. */
function addResiduals(into: Float64Array, { step, service, wait, factor }: Services, weight: number): void {
  const cells = service.length;
  // The law's own mean and residual, not those of what the lattice holds of it.
  const mean = wait.serviceMs / step;
  const residual = new Float64Array(cells);
  let beyond = 1;
  for (let j = 0; j < cells; j++) {
    beyond -= service[j]!;
    if (beyond <= 1e-15) break;
    deposit(residual, 1, factor * j, beyond / mean / 2);
    deposit(residual, 1, factor * (j + 1), beyond / mean / 2);
  }
  // What lies beyond the service's lattice may be within it once scaled.
  let left = 1;
  let moment = (factor * wait.residualMs) / step;
  for (let j = 0; j < cells; j++) {
    left -= residual[j]!;
    moment -= residual[j]! * j;
  }
  if (left > 1e-12) deposit(residual, 1, Math.max(0, moment / left), left);
  for (let j = 0; j < cells; j++) into[j]! += weight * residual[j]!;
}
