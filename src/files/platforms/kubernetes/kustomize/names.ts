import { lookUp } from '../../../../text/lookup.js';
import type { Unknown } from '../../../reading.js';
import { edited, retold } from '../../../yaml-overlay.js';
import type { YamlNode } from '../../../yaml-tree.js';
import { kindOfObject, nameOf } from '../objects.js';

/** An object as a kustomization has it. */
export interface Resource {
  readonly object: YamlNode;
  /** Names that it had before kustomizations gave it others. */
  readonly formerNames: readonly string[];
  readonly formerNamespaces?: readonly string[];
  /** Of a config map or secret that a generator makes: the file of its variables that is not there, if there is one. */
  readonly generated?: { readonly missing: string | null };
  /** What was not read and may change any of it. */
  readonly mayChange?: Unknown;
}

/** Kinds whose names kustomize leaves as they are. */
const KEEPS_NAME: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition', 'APIService']);

/** What the key of a map whose `name` is another object's names: a kind, or any workload. */
const REFERENCES: Readonly<Record<string, string>> = {
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  configMap: 'ConfigMap',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
  service: 'Service',
  scaleTargetRef: 'workload',
};

/** With a prefix and a suffix in all names, and where objects name each other. */
export function renamed(resources: readonly Resource[], prefix: string, suffix: string): readonly Resource[] {
  if (prefix === '' && suffix === '') return resources;
  const full = (name: string) => `${prefix}${name}${suffix}`;
  const names = new Set(
    resources.flatMap(({ object }) => {
      const key = object.path('spec', 'template') ? 'workload' : kindOfObject(object);
      return [`${key}/${nameOf(object)}`, `${kindOfObject(object)}/${nameOf(object)}`];
    }),
  );
  const referred = (text: string, keys: readonly string[]) => {
    const kind = referredKind(keys);
    return kind !== undefined && names.has(`${kind}/${text}`) ? full(text) : text;
  };
  return resources.map((resource) => {
    const { object, formerNames } = resource;
    const inner = retold(object, referred);
    const name = object.path('metadata', 'name');
    if (!name || KEEPS_NAME.has(kindOfObject(object))) return { ...resource, object: inner };
    return {
      ...resource,
      object: edited(inner, ['metadata', 'name'], retold(name, full)) ?? inner,
      formerNames: [...formerNames, nameOf(object)],
    };
  });
}

function referredKind(keys: readonly string[]): string | undefined {
  const [holder = '', key] = keys.slice(-2);
  if (key === 'secretName') return 'Secret';
  if (key === 'serviceName') return 'Service';
  return key === 'name' ? lookUp(REFERENCES, holder) : undefined;
}

/** With all objects in a namespace. */
export const inNamespace = (
  resources: readonly Resource[],
  namespace: YamlNode | null,
): readonly Resource[] =>
  namespace === null
    ? resources
    : resources.map((resource) => ({
        ...resource,
        object: edited(resource.object, ['metadata', 'namespace'], namespace) ?? resource.object,
        formerNamespaces: [...(resource.formerNamespaces ?? []), ...namespaceOf(resource.object)],
      }));

const namespaceOf = (object: YamlNode): readonly string[] => {
  const written = object.path('metadata', 'namespace')?.text;
  return written === undefined ? [] : [written];
};

/** All namespaces that an object is or was in; none where nothing says so. */
export const namespacesOf = ({ object, formerNamespaces = [] }: Resource): readonly string[] => [
  ...namespaceOf(object),
  ...formerNamespaces,
];

/** With labels (or annotations) of a kustomization, in pods too where it says so. */
export function labelled(
  resources: readonly Resource[],
  place: 'labels' | 'annotations',
  pairs: YamlNode | null,
  isInPods: boolean,
): readonly Resource[] {
  const added = (object: YamlNode, ...path: readonly string[]) =>
    (pairs?.entries() ?? []).reduce(
      (to, { key, value }) => edited(to, [...path, 'metadata', place, key], value) ?? to,
      object,
    );
  return resources.map((resource) => {
    const object = added(resource.object);
    const isPod = isInPods && object.path('spec', 'template')?.isMap === true;
    return { ...resource, object: isPod ? added(object, 'spec', 'template') : object };
  });
}
