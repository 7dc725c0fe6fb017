import { lookUp } from '../../text/lookup.js';
import { globMatches } from '../shell/glob.js';
import { edited, retold } from '../yaml-overlay.js';
import type { YamlNode } from '../yaml-tree.js';
import { kindOfObject, nameOf } from './kubernetes-objects.js';
import type { Variable } from './service.js';

/** An object, with the names that it had before kustomizations gave it others. */
export interface Resource {
  readonly object: YamlNode;
  readonly formerNames: readonly string[];
}

/** Variables that are read from files, of which one may not be there. */
export interface HeldVariables {
  readonly variables: readonly Variable[];
  readonly missing: string | null;
}

export const NO_VARIABLES: HeldVariables = { variables: [], missing: null };

/** A config map or secret that a kustomization makes. */
export interface Generated extends HeldVariables {
  readonly name: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly formerNames: readonly string[];
}

/** Everything of a kustomization that has a name. */
export interface Named {
  readonly resources: readonly Resource[];
  readonly generated: readonly Generated[];
}

/** Whether something has a name, or had it before: kustomize finds what a patch names by either. */
export const isCalled = (one: Resource | Generated, name: string | undefined): boolean =>
  name !== undefined && (nameIn(one) === name || one.formerNames.includes(name));

/**
 * The same by the pattern of a patch's target, which is a regular expression of the whole name. Of its syntax that is
 * followed which names need: `.`, `.*`, `.+` and `|`.
 */
export const fitsPattern = (one: Resource, pattern: string): boolean =>
  pattern
    .replace(/^\^|\$$/g, '')
    .split('|')
    .some((part) => {
      const glob = part
        .replaceAll('.*', '*')
        .replaceAll('.+', '?*')
        .replace(/\\?\./g, (dot) => (dot === '.' ? '?' : '.'));
      return isCalled(one, part) || [nameIn(one), ...one.formerNames].some((name) => globMatches(name, glob));
    });

const nameIn = (one: Resource | Generated): string => ('object' in one ? nameOf(one.object) : one.name);

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

/** With `namePrefix` and `nameSuffix` in all names, and where objects name each other. */
export function renamed({ resources, generated }: Named, root: YamlNode | null | undefined): Named {
  const prefix = root?.get('namePrefix')?.text ?? '';
  const suffix = root?.get('nameSuffix')?.text ?? '';
  if (prefix === '' && suffix === '') return { resources, generated };
  const full = (name: string) => `${prefix}${name}${suffix}`;
  const names = new Set([
    ...resources.flatMap(({ object }) => {
      const key = object.path('spec', 'template') ? 'workload' : kindOfObject(object);
      return [`${key}/${nameOf(object)}`, `${kindOfObject(object)}/${nameOf(object)}`];
    }),
    ...generated.map(({ kind, name }) => `${kind}/${name}`),
  ]);
  const referred = (text: string, keys: readonly string[]) => {
    const kind = referredKind(keys);
    return kind !== undefined && names.has(`${kind}/${text}`) ? full(text) : text;
  };
  return {
    resources: resources.map(({ object, formerNames }) => {
      const inner = retold(object, referred);
      const name = object.path('metadata', 'name');
      if (!name || KEEPS_NAME.has(kindOfObject(object))) return { object: inner, formerNames };
      return {
        object: edited(inner, ['metadata', 'name'], retold(name, full)) ?? inner,
        formerNames: [...formerNames, nameOf(object)],
      };
    }),
    generated: generated.map((one) => ({
      ...one,
      name: full(one.name),
      formerNames: [...one.formerNames, one.name],
    })),
  };
}

function referredKind(keys: readonly string[]): string | undefined {
  const [holder = '', key] = keys.slice(-2);
  if (key === 'secretName') return 'Secret';
  if (key === 'serviceName') return 'Service';
  return key === 'name' ? lookUp(REFERENCES, holder) : undefined;
}
