/** Shares of the target within which the autoscaler changes nothing (Kubernetes: --horizontal-pod-autoscaler-tolerance). */
export const TOLERANCE = 0.1;

/**
 * Replicas that a HorizontalPodAutoscaler wants: ⌈current × metric/target⌉, and as many as now while the ratio is within
 * the tolerance of 1 (Kubernetes, "Horizontal Pod Autoscaling", algorithm details).
 */
export function desiredReplicas(current: number, metric: number, target: number): number {
  const ratio = metric / target;
  if (Math.abs(ratio - 1) <= TOLERANCE + 1e-12) return current;
  return Math.ceil(Number((current * ratio).toPrecision(12)));
}

/**
 * The rate at which a replica is to be held so that the objective holds until a further one serves: the rate at its limit,
 * less what the tolerance lets pass, what the rate grows by in `reactionMs`, and what falls to the others where `gone` of
 * `replicas` are lost.
 */
export function targetRate(
  limitPerSecond: number,
  {
    growthPerMinute,
    reactionMs,
    replicas,
    gone,
  }: {
    readonly growthPerMinute: number;
    readonly reactionMs: number;
    readonly replicas: number;
    readonly gone: number;
  },
): number {
  const grown = 1 + (growthPerMinute * reactionMs) / 60_000;
  return (limitPerSecond * (1 - gone / replicas)) / (grown * (1 + TOLERANCE));
}
