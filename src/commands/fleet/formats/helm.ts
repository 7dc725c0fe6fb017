import { helmObject } from '../../../output/deploy/helm.js';
import { yamlText } from '../../../output/yaml.js';
import type { FleetTarget } from './target.js';

/** Helm values by the names that `helm create` charts use, with their `autoscaling`. */
export function fleetHelmValues(target: FleetTarget): string {
  const { autoscaling } = target;
  return yamlText(target.head, {
    ...helmObject(target),
    ...(autoscaling && {
      autoscaling: {
        enabled: true,
        minReplicas: autoscaling.minReplicas,
        maxReplicas: autoscaling.maxReplicas,
        targetCPUUtilizationPercentage: autoscaling.cpuTargetPercent,
      },
    }),
  });
}
