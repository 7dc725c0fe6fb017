import { MOST_SERVICES, MOST_VARIABLES, refuseMany } from '../limits.js';
import { cpuCores, kubernetesMemoryMiB, wholeNumber } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import { type CommandText, placedWord } from '../shell/command-text.js';
import { type Part, splitWords } from '../shell/words.js';
import { embedded, type Source } from '../text-file.js';
import { quantity, type YamlNode } from '../yaml-tree.js';
import { copiesOf } from './kubernetes-copies.js';
import { kindOfObject, nameOf } from './kubernetes-objects.js';
import { trafficOf } from './kubernetes-traffic.js';
import type { HeldVariables } from './kustomize-names.js';
import {
  EMPTY_SERVICE,
  type ReaderContext,
  type Resources,
  type ServiceReading,
  type Variable,
} from './service.js';

/** Objects that are applied together: those of the files that were given, or what a kustomization builds. */
export interface Applied {
  readonly objects: readonly YamlNode[];
  /** Variables of config maps that no object holds, by their names. */
  readonly maps: ReadonlyMap<string, HeldVariables>;
}

/** The containers of every workload. */
export function readKubernetes(
  { objects, maps }: Applied,
  { addConf }: Pick<ReaderContext, 'addConf'>,
): readonly ServiceReading[] {
  const ofKind = (kind: string) => objects.filter((object) => kindOfObject(object) === kind);
  const configMaps = new Map(ofKind('ConfigMap').map((object) => [nameOf(object), object]));
  for (const object of configMaps.values()) for (const held of heldConfs(object)) addConf(held);
  const around = {
    scalers: [...ofKind('HorizontalPodAutoscaler'), ...ofKind('ScaledObject')],
    budgets: ofKind('PodDisruptionBudget'),
    fronts: [...ofKind('Ingress'), ...ofKind('Service')],
    configMaps,
    maps,
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
      containerOf(container, { ...around, object, pod, isOnly, inMemory }),
    );
  });
}

/** The containers of a pod, and those that start before them and go on (`restartPolicy: Always`). */
const containersOf = (pod: YamlNode): readonly YamlNode[] => [
  ...(pod.get('initContainers')?.items() ?? []).filter((one) => one.get('restartPolicy')?.text === 'Always'),
  ...(pod.get('containers')?.items() ?? []),
];

/** Configuration files that a ConfigMap holds, to be mounted. */
function heldConfs(object: YamlNode): readonly Source[] {
  const { source } = object;
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

type ConfigMaps = ReadonlyMap<string, YamlNode>;

interface Around {
  readonly object: YamlNode;
  readonly pod: YamlNode;
  readonly scalers: readonly YamlNode[];
  readonly budgets: readonly YamlNode[];
  readonly fronts: readonly YamlNode[];
  readonly configMaps: ConfigMaps;
  readonly maps: Applied['maps'];
  /** Whether there is no other workload. */
  readonly isOnly: boolean;
  readonly inMemory: ReadonlySet<string | undefined>;
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
    ...environmentOf(container, around),
    resources: resourcesOf(container),
    copies: copiesOf(around),
    traffic: trafficOf(container, around),
    stopGraceSeconds: quantity(grace, wholeNumber, 'number of seconds'),
    memoryDirectories: memoryDirectories(container, around.inMemory),
    image: container.get('image')?.text ?? null,
  };
}

function wordsOf(node: YamlNode | null): CommandText | null {
  if (!node?.isList) return null;
  return {
    kind: 'words',
    words: node
      .items()
      .map((item) =>
        placedWord(partsOf(item.text ?? ''), { source: item.source, from: item.from, to: item.to }),
      ),
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
  { configMaps, maps }: Around,
): Pick<ServiceReading, 'environment' | 'environmentIncomplete'> {
  const variables: Variable[] = [];
  let incomplete: string | null = null;
  for (const from of container.get('envFrom')?.items() ?? []) {
    const reference = from.get('configMapRef') ?? from.get('secretRef');
    const name = reference?.get('name')?.text ?? 'a reference';
    const prefix = from.get('prefix')?.text ?? '';
    const data = from.get('configMapRef') ? configMaps.get(name)?.get('data') : null;
    const built = maps.get(name);
    if (built) variables.push(...built.variables.map((one) => ({ ...one, name: prefix + one.name })));
    else if (data)
      for (const { key, value } of data.entries())
        variables.push({ name: prefix + key, value: known(value.text ?? '', value.at) });
    else incomplete = `envFrom ${name}, which was not given`;
    if (built?.missing) incomplete = `envFrom ${name}, whose file ${built.missing} was not given`;
  }
  for (const item of container.get('env')?.items() ?? []) {
    const name = item.get('name')?.text;
    if (name) variables.push({ name, value: variableOf(name, item, container, { configMaps, maps }) });
  }
  refuseMany(container.source.file, variables.length, MOST_VARIABLES, 'variables for one container');
  return {
    environment: variables.map((one) => withReferences(one, variables)),
    environmentIncomplete: incomplete,
  };
}

/** `$(X)` in a value is filled in with the variables before it. */
function withReferences({ name, value }: Variable, all: readonly Variable[]): Variable {
  if (!value.known || !value.value.includes('$(')) return { name, value };
  let open = false;
  const text = value.value.replace(
    /(\$?)\$\(([A-Za-z_][\w.-]*)\)/g,
    (whole, dollar: string, other: string) => {
      if (dollar !== '') return whole.slice(1);
      const found = all.find((one) => one.name === other)?.value;
      if (found?.known) return found.value;
      open ||= found !== undefined;
      return whole;
    },
  );
  return {
    name,
    value: open ? unknown('it refers to variables that are not known', value.at) : { ...value, value: text },
  };
}

function variableOf(
  name: string,
  item: YamlNode,
  container: YamlNode,
  { configMaps, maps }: Pick<Around, 'configMaps' | 'maps'>,
): Reading<string> {
  const value = item.get('value');
  if (value) return known(value.text ?? '', value.at);
  const key = item.path('valueFrom', 'configMapKeyRef');
  const map = key?.get('name')?.text ?? '';
  const built = key && maps.get(map)?.variables.find((one) => one.name === key.get('key')?.text);
  if (built) return built.value;
  const found = key ? configMaps.get(map)?.path('data', key.get('key')?.text ?? '') : null;
  if (found) return known(found.text ?? '', found.at);
  const resource = item.path('valueFrom', 'resourceFieldRef');
  if (resource) return resourceField(resource, container);
  return item.get('valueFrom')
    ? unknown(
        `${name} comes from ${key ? `config map ${map}` : 'a secret or another object'}, which was not given`,
        item.at,
        name,
      )
    : known('', item.at);
}

/** A limit or request as a variable: divided by `divisor` and rounded up (Kubernetes, Downward API). */
function resourceField(reference: YamlNode, container: YamlNode): Reading<string> {
  const resource = reference.get('resource')?.text ?? '';
  const [section = '', name = ''] = resource.split('.');
  const node =
    container.path('resources', section, name) ??
    (section === 'requests' ? container.path('resources', 'limits', name) : null);
  const parse = (text: string) => (name === 'cpu' ? cpuCores(text) : kubernetesMemoryMiB(text));
  const amount = node?.text === undefined ? null : parse(node.text);
  if (amount === null)
    return unknown(`there is no ${resource}, for which the machine's own is taken`, reference.at);
  const divisor = reference.get('divisor')?.text ?? '1';
  const unit = divisor === '0' ? parse('1') : parse(divisor);
  return unit
    ? known(String(Math.ceil(amount / unit - 1e-9)), reference.at)
    : unknown('its divisor is not read', reference.at);
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
