import { MOST_SERVICES, refuseMany } from '../../limits.js';
import { cpuCores, kubernetesMemoryMiB, wholeNumber } from '../../quantities.js';
import { type Unknown, unknown } from '../../reading.js';
import { type CommandText, placedWord } from '../../shell/command-text.js';
import { type Part, splitWords } from '../../shell/words.js';
import type { Source } from '../../text-file.js';
import { heldFile, quantity, type YamlNode } from '../../yaml-tree.js';
import { EMPTY_SERVICE, type ReaderContext, type Resources, type ServiceReading } from '../service.js';
import { copiesOf } from './copies.js';
import { kindOfObject, nameOf } from './objects.js';
import { trafficOf } from './traffic.js';
import { environmentOf, type HeldMaps, heldMaps } from './variables.js';

/** Objects that are applied together: those of the files that were given, or what a kustomization builds. */
export interface Applied {
  readonly objects: readonly YamlNode[];
  /** Of a generated config map or secret, by kind and name: the file of its variables that is not there, if there is one. */
  readonly generated?: ReadonlyMap<string, string | null>;
  /** Of an object: what was not read and may change any of it. */
  readonly mayChange?: ReadonlyMap<YamlNode, Unknown>;
}

/** The containers of every workload. */
export function readKubernetes(
  { objects, generated = new Map(), mayChange = new Map() }: Applied,
  { addConf }: Pick<ReaderContext, 'addConf'>,
): readonly ServiceReading[] {
  const ofKind = (kind: string) => objects.filter((object) => kindOfObject(object) === kind);
  for (const object of ofKind('ConfigMap')) for (const held of heldConfs(object)) addConf(held);
  const around = {
    scalers: [...ofKind('HorizontalPodAutoscaler'), ...ofKind('ScaledObject')],
    budgets: ofKind('PodDisruptionBudget'),
    fronts: [...ofKind('Ingress'), ...ofKind('Service')],
    maps: heldMaps(objects, generated),
  };
  const workloads = objects.flatMap((object) => {
    const pod = podOf(object);
    return pod ? [{ object, pod, containers: containersOf(pod) }] : [];
  });
  const count = workloads.reduce((sum, { containers }) => sum + containers.length, 0);
  refuseMany(workloads[0]?.object.source.file ?? '', count, MOST_SERVICES, 'containers');
  const isOnly = workloads.length === 1;
  return workloads.flatMap(({ object, pod, containers }) => {
    const inMemory = volumesInMemory(pod);
    return containers.map((container) =>
      containerOf(container, {
        ...around,
        ...{ object, pod, isOnly, inMemory, mayChange: mayChange.get(object) },
      }),
    );
  });
}

/** The containers of a pod, and those that start before them and go on (`restartPolicy: Always`). */
const containersOf = (pod: YamlNode): readonly YamlNode[] => [
  ...(pod.get('initContainers')?.items() ?? []).filter((one) => one.get('restartPolicy')?.text === 'Always'),
  ...(pod.get('containers')?.items() ?? []),
];

/** Configuration files that a ConfigMap holds, to be mounted. */
const heldConfs = (object: YamlNode): readonly Source[] =>
  (object.get('data')?.entries() ?? [])
    .filter(({ key, value }) => /gunicorn[\w.-]*\.py$/.test(key) && value.text !== undefined)
    .map(({ key, value }) => heldFile(value, key));

/** The pod of a workload, wherever its kind keeps it. */
function podOf(object: YamlNode): YamlNode | null {
  const spec = object.get('spec');
  const places = [
    spec?.path('jobTemplate', 'spec', 'template', 'spec'),
    spec?.path('template', 'spec'),
    spec?.path('template', 'spec', 'template', 'spec'),
    spec,
  ];
  return places.find((place) => place?.get('containers')?.isList) ?? null;
}

interface Around {
  readonly object: YamlNode;
  readonly pod: YamlNode;
  readonly scalers: readonly YamlNode[];
  readonly budgets: readonly YamlNode[];
  readonly fronts: readonly YamlNode[];
  readonly maps: HeldMaps;
  /** Whether there is no other workload. */
  readonly isOnly: boolean;
  readonly inMemory: ReadonlySet<string | undefined>;
  /** What was not read and may change any of the object. */
  readonly mayChange: Unknown | undefined;
}

function containerOf(container: YamlNode, around: Around): ServiceReading {
  const { object, pod } = around;
  const kind = object.get('kind')?.text ?? 'workload';
  const command = container.get('command');
  const args = container.get('args');
  const grace = pod.get('terminationGracePeriodSeconds');
  return {
    ...EMPTY_SERVICE,
    name: `${kind} ${nameOf(object)} / ${container.get('name')?.text ?? 'container'}`,
    platform: 'kubernetes',
    file: (command ?? args ?? container).source.file,
    at: (command ?? args ?? container.get('name') ?? container).at,
    entrypoint: wordsOf(command),
    command: wordsOf(args),
    ...environmentOf(container, around.maps),
    resources: resourcesOf(container),
    copies: copiesOf(around),
    traffic: trafficOf(container, around),
    stopGraceSeconds: quantity(grace, wholeNumber, 'number of seconds'),
    memoryDirectories: memoryDirectories(container, around.inMemory),
    image: container.get('image')?.text ?? null,
    ...(around.mayChange && { mayChange: around.mayChange }),
  };
}

function wordsOf(node: YamlNode | null): CommandText | null {
  if (!node?.isList && node?.unread === undefined) return null;
  const items = node.isList ? node.items() : [node];
  return {
    kind: 'words',
    words: items.map((item) => ({
      ...placedWord(partsOf(item), { source: item.source, from: item.from, to: item.to }),
      at: item.at,
    })),
  };
}

/** `$(X)` is filled in by Kubernetes; all other dollars are left to what runs. */
function partsOf({ text = '', unread, at: span }: YamlNode): readonly Part[] {
  if (unread !== undefined)
    return [{ kind: 'value', reading: unknown(unread, span), text: '', isSplit: true }];
  if (!/\$\(|\$\$/.test(text)) return [{ kind: 'text', text }];
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$\$\([A-Za-z_][\w.-]*\)|\$\([A-Za-z_][\w.-]*\)/g)) {
    parts.push({ kind: 'text', text: text.slice(at, match.index) });
    if (match[0].startsWith('$$')) parts.push({ kind: 'text', text: match[0].slice(1) });
    else parts.push(...(splitWords(match[0], 'kubernetes')?.[0]?.parts ?? []));
    at = match.index + match[0].length;
  }
  parts.push({ kind: 'text', text: text.slice(at) });
  return parts.filter((part) => part.kind !== 'text' || part.text !== '');
}

function resourcesOf(container: YamlNode): Resources {
  const read = <T>(parse: (text: string) => T | null, ...path: string[]) =>
    quantity(container.path('resources', ...path), parse, 'quantity');
  return {
    cpuLimit: read(cpuCores, 'limits', 'cpu'),
    cpuRequest: read(cpuCores, 'requests', 'cpu'),
    memoryLimitMiB: read(kubernetesMemoryMiB, 'limits', 'memory'),
    memoryRequestMiB: read(kubernetesMemoryMiB, 'requests', 'memory'),
  };
}

/** Names of the volumes of `emptyDir: {medium: Memory}`. */
const volumesInMemory = (pod: YamlNode): ReadonlySet<string | undefined> =>
  new Set(
    (pod.get('volumes')?.items() ?? [])
      .filter((volume) => volume.path('emptyDir', 'medium')?.text === 'Memory')
      .map((volume) => volume.get('name')?.text),
  );

/** Where such volumes are mounted. */
function memoryDirectories(
  container: YamlNode,
  inMemory: ReadonlySet<string | undefined>,
): readonly string[] {
  const mounts = container.get('volumeMounts')?.items() ?? [];
  return mounts
    .filter((mount) => inMemory.has(mount.get('name')?.text))
    .map((mount) => mount.get('mountPath')?.text ?? '');
}
