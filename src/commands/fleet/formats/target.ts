import type { Autoscaling, Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import type { Target } from '../../../output/deploy/target.js';
import { serverNamed } from '../../../servers/index.js';

/** A fleet as deployments take it. */
export interface FleetTarget extends Target {
  /** null where nothing is scaled, as a single replica is not. */
  readonly autoscaling: Autoscaling | null;
  /** Replicas that may be missing at once. */
  readonly unavailable: number;
  readonly surge: number;
  /** Replicas that may be drained at once. */
  readonly evictable: number;
  readonly zones: number;
}

export function targetOf(fleet: Fleet, { tool, inputs }: FleetResult): FleetTarget {
  const { shape, replicas, settings, server, update, autoscaling, why } = fleet;
  const { title, start } = serverNamed(server);
  return {
    server,
    title,
    settings,
    ...start(settings),
    cores: shape.cores,
    memoryMiB: shape.memoryMiB,
    replicas,
    head: [`Made by wcalc ${tool.version}.`, why],
    autoscaling: autoscaling && autoscaling.minReplicas > 1 ? autoscaling : null,
    unavailable: update.unavailable,
    surge: update.replicas - replicas,
    evictable: typeof inputs.survive === 'number' ? Math.max(1, inputs.survive) : 1,
    zones: typeof inputs.zones === 'number' ? inputs.zones : 1,
  };
}
