import type { PartOfFleet } from '../input/quantity/part-of-fleet.js';
import type { UpdatePolicy } from './question.js';

/** Replicas beyond the wanted number, and missing from it, at most, while an update rolls. */
export interface RollingUpdate {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * What an update policy comes to for a number of replicas, as Kubernetes rounds: surge up, unavailable down, and one
 * unavailable where both come to 0, for the update must go on (`ResolveFenceposts` in kubernetes/pkg/controller/deployment).
 */
export function rollingUpdate(replicas: number, { surge, maxUnavailable }: UpdatePolicy): RollingUpdate {
  const more = partOf(replicas, surge, Math.ceil);
  const fewer = Math.min(replicas, partOf(replicas, maxUnavailable, Math.floor));
  return { surge: more, unavailable: more === 0 && fewer === 0 ? 1 : fewer };
}

/** Percentages are whole in Kubernetes; a rounding error must not make one replica more of 25 % of 4. */
const partOf = (replicas: number, part: PartOfFleet, round: (x: number) => number): number =>
  part.kind === 'count' ? part.replicas : round(Number((replicas * part.share).toPrecision(12)));
