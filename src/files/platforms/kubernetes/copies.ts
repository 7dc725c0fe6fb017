import { wholeNumber } from '../../quantities.js';
import { known } from '../../reading.js';
import { quantity, type YamlNode } from '../../yaml-tree.js';
import type { Copies, DisruptionBudget, Scaling } from '../service.js';
import { kindOfObject, nameOf } from './objects.js';

/** `maxReplicaCount` of a ScaledObject that says none (KEDA, ScaledObject specification). */
const KEDA_MOST = 100;

interface Around {
  readonly object: YamlNode;
  /** HorizontalPodAutoscalers and ScaledObjects. */
  readonly scalers: readonly YamlNode[];
  /** PodDisruptionBudgets. */
  readonly budgets: readonly YamlNode[];
  /** Whether there is no other workload. */
  readonly isOnly: boolean;
}

/** Copies of a workload: its own number, its autoscaler, its updates, and what a drain may take away. */
export function copiesOf({ object, scalers, budgets, isOnly }: Around): Copies {
  const scaler = scalers.find((other) => scales(other, object, isOnly)) ?? null;
  const update = object.path('spec', 'strategy');
  const isRolling = kindOfObject(object) === 'Deployment' && update?.get('type')?.text !== 'Recreate';
  const surge = update?.path('rollingUpdate', 'maxSurge')?.text ?? '25%';
  const most =
    scaler?.path('spec', 'maxReplicas') ??
    scaler?.path('spec', 'maxReplicaCount') ??
    object.path('spec', 'template', 'metadata', 'annotations', 'autoscaling.knative.dev/maxScale') ??
    object.path('spec', 'template', 'metadata', 'annotations', 'autoscaling.knative.dev/max-scale') ??
    null;
  const budget = budgets.find((other) => selects(other, object));
  return {
    replicas: quantity(object.path('spec', 'replicas'), wholeNumber, 'number'),
    most:
      most === null && scaler && kindOfObject(scaler) === 'ScaledObject'
        ? known(KEDA_MOST, scaler.at)
        : quantity(most, wholeNumber, 'number'),
    surge: isRolling ? (replicas) => roundedUp(surge, replicas) ?? 0 : null,
    scaling: scaler && scalingOf(scaler),
    budget: budget ? budgetOf(budget) : null,
  };
}

/** Whether an autoscaler is about a workload: by kind, and by name where there are several, which a kustomization may have changed. */
function scales(scaler: YamlNode, object: YamlNode, isOnly: boolean): boolean {
  const target = scaler.path('spec', 'scaleTargetRef');
  const kind = kindOfObject(object);
  return (
    (target?.get('kind')?.text ?? kind) === kind && (isOnly || target?.get('name')?.text === nameOf(object))
  );
}

function scalingOf(scaler: YamlNode): Scaling {
  const least = scaler.path('spec', 'minReplicas') ?? scaler.path('spec', 'minReplicaCount');
  const isKeda = kindOfObject(scaler) === 'ScaledObject';
  const name = scaler.path('metadata', 'name') ?? scaler;
  return {
    // Kubernetes: minReplicas defaults to 1; KEDA: minReplicaCount to 0.
    least: quantity(least, wholeNumber, 'number') ?? known(isKeda ? 0 : 1, name.at),
    cpuPercent: quantity(isKeda ? kedaTarget(scaler) : cpuTarget(scaler), wholeNumber, 'percentage'),
  };
}

/** The busy share of the requested CPU that autoscaling/v2, or v1, holds a workload at. */
function cpuTarget(scaler: YamlNode): YamlNode | null {
  for (const metric of scaler.path('spec', 'metrics')?.items() ?? []) {
    const resource = metric.get('resource') ?? metric.get('containerResource');
    if (resource?.get('name')?.text !== 'cpu') continue;
    // v2beta1 has it beside the name.
    return resource.path('target', 'averageUtilization') ?? resource.get('targetAverageUtilization');
  }
  return scaler.path('spec', 'targetCPUUtilizationPercentage');
}

function kedaTarget(scaler: YamlNode): YamlNode | null {
  const trigger = scaler
    .path('spec', 'triggers')
    ?.items()
    .find((one) => one.get('type')?.text === 'cpu');
  const type = trigger?.get('metricType')?.text ?? trigger?.path('metadata', 'type')?.text;
  return type === 'Utilization' ? (trigger?.path('metadata', 'value') ?? null) : null;
}

/** Whether a budget's labels are all among those of a workload's pods; one with expressions is not read. */
function selects(budget: YamlNode, object: YamlNode): boolean {
  const selector = budget.path('spec', 'selector');
  const wanted = selector?.get('matchLabels')?.entries() ?? [];
  if (wanted.length === 0 || selector?.get('matchExpressions')) return false;
  const labels = object.path('spec', 'template', 'metadata', 'labels');
  return wanted.every(({ key, value }) => value.text !== undefined && labels?.get(key)?.text === value.text);
}

/** Percentages are rounded up, of both (Kubernetes, Specifying a Disruption Budget: rounding logic). */
function budgetOf(budget: YamlNode): DisruptionBudget | null {
  for (const name of ['minAvailable', 'maxUnavailable'] as const) {
    const node = budget.path('spec', name);
    const text = node?.text?.trim();
    if (!node || text === undefined || roundedUp(text, 1) === null) continue;
    const evictable = (replicas: number): number => {
      const count = roundedUp(text, replicas)!;
      return Math.max(0, Math.min(replicas, name === 'maxUnavailable' ? count : replicas - count));
    };
    return { setting: `${name}: ${text}`, at: node.at, evictable };
  }
  return null;
}

/** A number of replicas, or a percentage of them rounded up (Kubernetes, Deployments: Max Surge); null where it is neither. */
function roundedUp(text: string, replicas: number): number | null {
  const match = /^(\d{1,9})(%?)$/.exec(text);
  if (!match) return null;
  return match[2] ? Math.ceil((replicas * Number(match[1])) / 100) : Number(match[1]);
}
