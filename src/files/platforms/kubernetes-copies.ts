import { wholeNumber } from '../quantities.js';
import { known } from '../reading.js';
import { quantity, type YamlNode } from '../yaml-tree.js';
import { kindOfObject, nameOf } from './kubernetes-objects.js';
import type { Copies } from './service.js';

/** `maxReplicaCount` of a ScaledObject that says none (KEDA, ScaledObject specification). */
const KEDA_MOST = 100;

/** Copies of a workload: its own number, the most that the autoscaler which names it makes, and those of an update. */
export function copiesOf(object: YamlNode, scalers: readonly YamlNode[], isOnly: boolean): Copies {
  const kind = kindOfObject(object);
  const scaler = scalers.find((other) => {
    const target = other.path('spec', 'scaleTargetRef');
    const isNamed = target?.get('name')?.text === nameOf(object);
    return (isNamed || isOnly) && (target?.get('kind')?.text ?? kind) === kind;
  });
  const update = object.path('spec', 'strategy');
  const isRolling = kind === 'Deployment' && update?.get('type')?.text !== 'Recreate';
  const surge = update?.path('rollingUpdate', 'maxSurge')?.text ?? '25%';
  const most =
    scaler?.path('spec', 'maxReplicas') ??
    scaler?.path('spec', 'maxReplicaCount') ??
    object.path('spec', 'template', 'metadata', 'annotations', 'autoscaling.knative.dev/maxScale') ??
    object.path('spec', 'template', 'metadata', 'annotations', 'autoscaling.knative.dev/max-scale') ??
    null;
  return {
    replicas: quantity(object.path('spec', 'replicas'), wholeNumber, 'number'),
    most:
      most === null && scaler && kindOfObject(scaler) === 'ScaledObject'
        ? known(KEDA_MOST, scaler.at)
        : quantity(most, wholeNumber, 'number'),
    surge: isRolling ? (replicas) => surgeOf(surge, replicas) : null,
  };
}

/** Percentages are rounded up (Kubernetes, Deployments: Max Surge). */
function surgeOf(text: string, replicas: number): number {
  const match = /^(\d{1,4})(%?)$/.exec(text);
  if (!match) return 0;
  return match[2] ? Math.ceil((replicas * Number(match[1])) / 100) : Number(match[1]);
}
