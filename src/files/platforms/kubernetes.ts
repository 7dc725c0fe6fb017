import { cpuCores, kubernetesMemoryMiB, wholeNumber } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import { type CommandText, placedWord } from '../shell/command-text.js';
import { type Part, splitWords } from '../shell/words.js';
import { embedded, type Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import {
  type Copies,
  EMPTY_SERVICE,
  type ReaderContext,
  type Resources,
  type ServiceReading,
  type Variable,
} from './service.js';

/** The containers of every workload in a file of manifests, lists included. */
export function readKubernetes(
  source: Source,
  { addConf }: Pick<ReaderContext, 'addConf'>,
): readonly ServiceReading[] {
  const objects = readYaml(source).flatMap((document) => flatten(document));
  const ofKind = (kind: string) => objects.filter((object) => object.get('kind')?.text === kind);
  const scalers = ofKind('HorizontalPodAutoscaler');
  const configMaps = new Map(ofKind('ConfigMap').map((object) => [nameOf(object), object]));
  for (const object of configMaps.values()) for (const held of heldConfs(object, source)) addConf(held);
  return objects.flatMap((object) => {
    const pod = podOf(object);
    if (!pod) return [];
    const copies = copiesOf(object, scalers);
    const containers = pod.get('containers')?.items() ?? [];
    return containers.map((container) => containerOf(container, { object, pod, copies, configMaps, source }));
  });
}

function flatten(document: YamlNode, depth = 0): readonly YamlNode[] {
  const items = document.get('items');
  if (!items?.isList || depth > 3) return [document];
  return items.items().flatMap((item) => flatten(item, depth + 1));
}

/** Configuration files that a ConfigMap holds, to be mounted. */
function heldConfs(object: YamlNode, source: Source): readonly Source[] {
  const files = object.get('data')?.entries() ?? [];
  return files.flatMap(({ key, value }) => {
    if (!/gunicorn[\w.-]*\.py$/.test(key) || value.text === undefined) return [];
    // Only a literal block keeps the lines as they are; of others the place of the whole is all there is.
    const whole = { file: source.file, text: value.text, alias: key, at: () => value.at, line: source.line };
    if (source.text[value.from] !== '|') return [whole];
    const firstLine = value.at.line + 1;
    const firstText = value.text.split('\n').findIndex((line) => line.trim() !== '');
    const indent = source.line(firstLine + firstText).indexOf(value.text.split('\n')[firstText] ?? '');
    return [embedded(source, value.text, key, firstLine, Math.max(0, indent))];
  });
}

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

const nameOf = (object: YamlNode | null | undefined): string =>
  object?.path('metadata', 'name')?.text ?? 'unnamed';

function copiesOf(object: YamlNode, scalers: readonly YamlNode[]): Copies {
  const kind = object.get('kind')?.text ?? '';
  const scaler = scalers.find(
    (other) =>
      other.path('spec', 'scaleTargetRef', 'name')?.text === nameOf(object) &&
      (other.path('spec', 'scaleTargetRef', 'kind')?.text ?? kind) === kind,
  );
  const update = object.path('spec', 'strategy');
  const isRolling = kind === 'Deployment' && update?.get('type')?.text !== 'Recreate';
  const surge = update?.path('rollingUpdate', 'maxSurge')?.text ?? '25%';
  return {
    replicas: quantity(object.path('spec', 'replicas'), wholeNumber, 'number'),
    most: quantity(scaler?.path('spec', 'maxReplicas') ?? null, wholeNumber, 'number'),
    surge: isRolling ? (replicas) => surgeOf(surge, replicas) : null,
  };
}

/** Percentages are rounded up (Kubernetes, Deployments: Max Surge). */
function surgeOf(text: string, replicas: number): number {
  const match = /^(\d{1,4})(%?)$/.exec(text);
  if (!match) return 0;
  return match[2] ? Math.ceil((replicas * Number(match[1])) / 100) : Number(match[1]);
}

type ConfigMaps = ReadonlyMap<string, YamlNode>;

interface Around {
  readonly object: YamlNode;
  readonly pod: YamlNode;
  readonly copies: Copies;
  readonly configMaps: ConfigMaps;
  readonly source: Source;
}

function containerOf(container: YamlNode, around: Around): ServiceReading {
  const { object, pod, source, copies } = around;
  const kind = object.get('kind')?.text ?? 'workload';
  const command = container.get('command');
  const args = container.get('args');
  const grace = pod.get('terminationGracePeriodSeconds');
  return {
    ...EMPTY_SERVICE,
    name: `${kind} ${nameOf(object)} / ${container.get('name')?.text ?? 'container'}`,
    platform: 'kubernetes',
    file: source.file,
    at: (command ?? args ?? container.get('name') ?? container).at,
    entrypoint: wordsOf(command, source),
    command: wordsOf(args, source),
    ...environmentOf(container, around),
    resources: resourcesOf(container),
    copies,
    stopGraceSeconds: quantity(grace, wholeNumber, 'number of seconds'),
    memoryDirectories: memoryDirectories(container, pod),
    image: container.get('image')?.text ?? null,
  };
}

function wordsOf(node: YamlNode | null, source: Source): CommandText | null {
  if (!node?.isList) return null;
  return {
    kind: 'words',
    words: node
      .items()
      .map((item) => placedWord(partsOf(item.text ?? ''), { source, from: item.from, to: item.to })),
  };
}

/** `$(X)` is filled in by Kubernetes; all other dollars are left to what runs. */
function partsOf(text: string): readonly Part[] {
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

function environmentOf(
  container: YamlNode,
  { configMaps }: Around,
): Pick<ServiceReading, 'environment' | 'environmentIncomplete'> {
  const variables: Variable[] = [];
  let incomplete: string | null = null;
  for (const from of container.get('envFrom')?.items() ?? []) {
    const reference = from.get('configMapRef') ?? from.get('secretRef');
    const name = reference?.get('name')?.text ?? 'a reference';
    const data = from.get('configMapRef') ? configMaps.get(name)?.get('data') : null;
    const prefix = from.get('prefix')?.text ?? '';
    if (data)
      for (const { key, value } of data.entries())
        variables.push({ name: prefix + key, value: known(value.text ?? '', value.at) });
    else incomplete = `envFrom ${name}, which was not given`;
  }
  for (const item of container.get('env')?.items() ?? []) {
    const name = item.get('name')?.text;
    if (name) variables.push({ name, value: variableOf(item, configMaps) });
  }
  return { environment: variables, environmentIncomplete: incomplete };
}

function variableOf(item: YamlNode, configMaps: ConfigMaps): Reading<string> {
  const value = item.get('value');
  if (value)
    return /\$\(/.test(value.text ?? '')
      ? unknown('it refers to other variables', value.at)
      : known(value.text ?? '', value.at);
  const key = item.path('valueFrom', 'configMapKeyRef');
  const found = key
    ? configMaps.get(key.get('name')?.text ?? '')?.path('data', key.get('key')?.text ?? '')
    : null;
  if (found) return known(found.text ?? '', found.at);
  return item.get('valueFrom')
    ? unknown('it comes from a secret or another object', item.at)
    : known('', item.at);
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

/** Where volumes of `emptyDir: {medium: Memory}` are mounted. */
function memoryDirectories(container: YamlNode, pod: YamlNode): readonly string[] {
  const volumes = pod.get('volumes')?.items() ?? [];
  const inMemory = new Set(
    volumes
      .filter((volume) => volume.path('emptyDir', 'medium')?.text === 'Memory')
      .map((volume) => volume.get('name')?.text),
  );
  const mounts = container.get('volumeMounts')?.items() ?? [];
  return mounts
    .filter((mount) => inMemory.has(mount.get('name')?.text))
    .map((mount) => mount.get('mountPath')?.text ?? '');
}
