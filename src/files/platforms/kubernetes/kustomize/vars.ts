import { retold } from '../../../yaml-overlay.js';
import type { YamlNode } from '../../../yaml-tree.js';
import { kindOfObject } from '../objects.js';
import type { Resource } from './names.js';
import { valueAt } from './replacements.js';

/** Where a configuration says that variables stand. */
export interface VarReference {
  readonly path: string;
  readonly kind: string | undefined;
}

/** Where they stand in every workload (kustomize, `varReferenceFieldSpecs`). */
const IN_CONTAINERS =
  /(^|\/)spec\/(containers|initContainers)\/(args|command|env\/value|volumeMounts\/mountPath)$/;

/** With `$(NAME)` filled in by the `vars` of kustomizations, in the places that are looked at for them. */
export function withVars(
  resources: readonly Resource[],
  vars: readonly YamlNode[],
  references: readonly VarReference[],
): readonly Resource[] {
  if (vars.length === 0) return resources;
  const values = new Map<string, string | { readonly why: string }>();
  for (const one of vars) {
    const name = one.get('name')?.text ?? '';
    const object = one.get('objref');
    const field = one.path('fieldref', 'fieldpath') ?? one.path('fieldref', 'fieldPath');
    const value = object ? valueAt(resources, object, field?.text ?? 'metadata.name', `the var ${name}`) : '';
    values.set(name, typeof value === 'string' ? { why: value } : (value.text ?? ''));
  }
  return resources.map((resource) => {
    const kind = kindOfObject(resource.object);
    const isLookedAt = (keys: readonly string[]) =>
      IN_CONTAINERS.test(keys.join('/')) ||
      references.some(
        (one) =>
          (one.kind ?? kind) === kind &&
          [keys.join('/'), keys.slice(0, -1).join('/')].includes(one.path.replace(/^\//, '')),
      );
    return {
      ...resource,
      object: retold(resource.object, (text, keys) =>
        text.includes('$(') && isLookedAt(keys) ? filled(text, values) : text,
      ),
    };
  });
}

function filled(text: string, values: ReadonlyMap<string, string | { readonly why: string }>) {
  let open: { readonly why: string } | undefined;
  const result = text.replace(/(\$?)\$\(([A-Za-z_][\w.-]*)\)/g, (whole, dollar: string, name: string) => {
    const value = dollar === '' ? values.get(name) : undefined;
    if (typeof value === 'object') open = value;
    return typeof value === 'string' ? value : whole;
  });
  return open ?? result;
}
