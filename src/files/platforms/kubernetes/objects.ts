import type { Source } from '../../text-file.js';
import { edited, listOf, mapOf, retold, textNode } from '../../yaml-overlay.js';
import { readYaml, type YamlNode } from '../../yaml-tree.js';
import type { ReaderContext } from '../service.js';

/** The objects of a file of manifests: those of lists and of OpenShift Templates with their parameters filled in. */
export function objectsOf(
  source: Source,
  { overrides }: Pick<ReaderContext, 'overrides'>,
): readonly YamlNode[] {
  const given = new Map(
    overrides.flatMap(({ name, value }) => (value.known ? [[name, value.value] as const] : [])),
  );
  return readYaml(source).flatMap((document) => flatten(document, given));
}

function flatten(document: YamlNode, given: ReadonlyMap<string, string>, depth = 0): readonly YamlNode[] {
  if (depth > 3) return [document];
  const objects = document.get('kind')?.text === 'Template' ? document.get('objects') : null;
  if (objects?.isList) {
    const values = parametersOf(document, given);
    return objects.items().flatMap((item) => flatten(retold(item, filledBy(values)), given, depth + 1));
  }
  if (kindOfObject(document) === 'ClowdApp') return deploymentsOf(document);
  const items = document.get('items');
  return items?.isList ? items.items().flatMap((item) => flatten(item, given, depth + 1)) : [document];
}

/** The Deployments that Clowder makes of a ClowdApp, each with the one container that its `podSpec` describes. */
const deploymentsOf = (app: YamlNode): readonly YamlNode[] =>
  (app.path('spec', 'deployments')?.items() ?? []).map((item) => {
    const text = (value: string) => textNode(item, value, item.at);
    const name = item.get('name')?.text ?? 'deployment';
    const container = edited(item.get('podSpec'), ['name'], text(name)) ?? item;
    const pod = mapOf(item, new Map([['containers', listOf(item, [container])]]));
    const replicas = item.get('minReplicas') ?? item.get('replicas');
    const spec = new Map([['template', mapOf(item, new Map([['spec', pod]]))]]);
    if (replicas) spec.set('replicas', replicas);
    return mapOf(
      item,
      new Map([
        ['kind', text('Deployment')],
        ['metadata', mapOf(item, new Map([['name', text(`${nameOf(app)}-${name}`)]]))],
        ['spec', mapOf(item, spec)],
      ]),
    );
  });

/** Values of a Template's parameters: the user's, else the defaults; null where there is none. */
function parametersOf(
  template: YamlNode,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  for (const parameter of template.get('parameters')?.items() ?? []) {
    const name = parameter.get('name')?.text;
    const value = name === undefined ? undefined : (given.get(name) ?? parameter.get('value')?.text);
    if (name !== undefined) values.set(name, value ?? null);
  }
  return values;
}

const filledBy = (values: ReadonlyMap<string, string | null>) => (text: string) => {
  if (!text.includes('${')) return text;
  let open: string | undefined;
  const filled = text.replace(/\$\{\{?([A-Za-z_]\w*)\}\}?/g, (whole, name: string) => {
    const value = values.get(name);
    if (value === null) open = name;
    return value ?? whole;
  });
  // In a script the shell finds it not set.
  return open === undefined || /\s/.test(filled)
    ? filled
    : { why: `the parameter ${open} has no value: give --env ${open}=VALUE` };
};

export const nameOf = (object: YamlNode | null | undefined): string =>
  object?.path('metadata', 'name')?.text ?? 'unnamed';

export const kindOfObject = (object: YamlNode): string => object.get('kind')?.text ?? '';
