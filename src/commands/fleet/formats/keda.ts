import { yamlText } from '../../../output/yaml.js';
import type { FleetTarget } from './target.js';

/** A ScaledObject for KEDA: on the CPU, and in a comment the target for requests in flight. */
export function fleetScaledObject({ autoscaling, replicas, head }: FleetTarget): string {
  const { minReplicas, maxReplicas, cpuTargetPercent, inFlightTarget } = autoscaling ?? {
    minReplicas: replicas,
    maxReplicas: replicas,
    cpuTargetPercent: 80,
    inFlightTarget: null,
  };
  const more =
    inFlightTarget === null
      ? []
      : [`With a metric of requests in flight, a target of ${inFlightTarget} per replica is the better one.`];
  return yamlText([...head, ...more], {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'web' },
    spec: {
      scaleTargetRef: { name: 'web' },
      minReplicaCount: minReplicas,
      maxReplicaCount: maxReplicas,
      triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: String(cpuTargetPercent) } }],
    },
  });
}
