import type { Span } from '../../../files/text-file.js';
import { behindBalancer } from '../../../model/balancers/behind-balancer.js';
import { predict } from '../../../model/predict.js';
import { limitRate } from '../../../plan/limit-rate.js';
import type { Facts } from '../../facts.js';
import { predictionOf } from '../../predicted.js';

/**
 * A balancer may spread requests more evenly than is assumed, and others take over the share of one that is lost only until
 * the autoscaler has another: what is missed by less than this is no fault.
 */
export const DOUBT = 1.25;

/** What an autoscaler does with a server. */
interface Scaled {
  readonly least: { readonly value: number; readonly at: Span };
  /** Null where the target, the requested CPU, the workload or an objective is not known. */
  readonly target: {
    readonly at: Span;
    /** Of the requested CPU. */
    readonly share: number;
    /** What a replica gets at the target. */
    readonly ratePerSecond: number;
    /** What it may get at most within the objective. */
    readonly limitPerSecond: number;
    readonly objective: string;
  } | null;
}

/** How the files have a server scaled; null where they do not. */
export function scaled(facts: Facts): Scaled | null {
  const { scaling } = facts.deployment.copies;
  if (!scaling?.least.known) return null;
  return { least: scaling.least, target: targetOf(facts, scaling.least.value) };
}

function targetOf(
  { deployment, question, times, cores, ...running }: Facts,
  leastReplicas: number,
): Scaled['target'] {
  const percent = deployment.copies.scaling?.cpuPercent;
  const request = deployment.resources.cpuRequest ?? deployment.resources.cpuLimit;
  const { workload, objective } = question;
  if (!percent?.known || !request?.known || !workload || !times?.cpuMs || !cores) return null;
  if (objective.assumed || objective.limits.length === 0) return null;
  // With one of the least lost.
  const replicas = Math.max(1, leastReplicas - 1);
  const predicted = behindBalancer(predict, { ...question.balancing, replicas });
  const at = (ratePerSecond: number) =>
    predictionOf(
      deployment.server,
      running,
      cores.value,
      { ...question, workload: { ...workload, ratePerSecond } },
      running.version,
      predicted,
    );
  const limitPerSecond = limitRate(at, objective);
  if (limitPerSecond === null) return null;
  const share = percent.value / 100;
  return {
    at: percent.at,
    share,
    ratePerSecond: (1000 * share * request.value) / times.cpuMs,
    limitPerSecond,
    objective: objective.limits.map(({ text }) => text).join(', '),
  };
}

/** The fewest copies that are ever meant to run: the lower end of an autoscaler, else their number; null where neither is said. */
export function leastCopies({ deployment, question }: Facts): number | null {
  const { scaling, replicas } = deployment.copies;
  if (scaling) return scaling.least.known ? scaling.least.value : null;
  return question.replicas ?? (replicas?.known ? replicas.value : null);
}
