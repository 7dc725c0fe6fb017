import { deploymentObject } from '../../../output/deploy/kubernetes.js';
import { yamlOf } from '../../../output/yaml.js';
import { hashComment } from '../../../text/quote/comment.js';
import type { FleetTarget } from './target.js';

const NAME = 'web';
const LABELS = { app: NAME };

/** A Deployment spread over zones, with its HorizontalPodAutoscaler and PodDisruptionBudget. */
export function fleetManifests(target: FleetTarget): string {
  const head = [...target.head, 'Replace the image, the name and app:app by your own; add your probes.'];
  const documents = [deployment(target), ...autoscaler(target), disruptionBudget(target)];
  return `${hashComment(head)}\n${documents.map((document) => yamlOf(document).trimEnd()).join('\n---\n')}`;
}

function deployment(target: FleetTarget): object {
  const { surge, unavailable, zones } = target;
  const object = deploymentObject(target);
  const { template, ...spec } = object.spec;
  return {
    ...object,
    spec: {
      ...spec,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } },
      template: {
        ...template,
        spec: {
          ...(zones > 1 && {
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'topology.kubernetes.io/zone',
                whenUnsatisfiable: 'DoNotSchedule',
                labelSelector: { matchLabels: LABELS },
              },
            ],
          }),
          ...template.spec,
        },
      },
    },
  };
}

function autoscaler({ autoscaling }: FleetTarget): object[] {
  if (!autoscaling) return [];
  const { minReplicas, maxReplicas, cpuTargetPercent } = autoscaling;
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: NAME },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
        minReplicas,
        maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuTargetPercent } },
          },
        ],
      },
    },
  ];
}

/** As many as are planned to be survivable may be drained at once; one where none is, or no node could ever be. */
const disruptionBudget = ({ evictable }: FleetTarget): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: NAME },
  spec: { maxUnavailable: evictable, selector: { matchLabels: LABELS } },
});
