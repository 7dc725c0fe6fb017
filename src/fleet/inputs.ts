import type { PartOfFleet } from '../input/quantity/part-of-fleet.js';
import type { PlanInputs } from '../profile/types.js';
import type { FleetQuestion } from './question.js';

/** The inputs of a fleet as they are printed: those of its request, and how its replicas are run. */
export function fleetInputs({ profile, update, ...question }: FleetQuestion): PlanInputs {
  // Shapes have their own cores and memory, and each fleet says itself what one of its replicas gets.
  const { cores: _, memoryMiB: __, ratePerReplica: ___, ...request } = profile.inputs;
  const { balancer, balancers, survive, zones, replicas, growthPerMinute, reactionMs } = question;
  return {
    ...request,
    replicas,
    balancer,
    balancers,
    survive,
    zones,
    surge: partText(update.surge),
    maxUnavailable: partText(update.maxUnavailable),
    growthPerMinute,
    reactionMs,
  };
}

/** As Kubernetes writes it: a number, or a percentage. */
const partText = (part: PartOfFleet): number | string =>
  part.kind === 'count' ? part.replicas : `${Number((100 * part.share).toPrecision(12))}%`;
