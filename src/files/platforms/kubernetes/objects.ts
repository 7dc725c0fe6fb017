import type { Source } from '../../text-file.js';
import { retold } from '../../yaml-overlay.js';
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
  const items = document.get('items');
  return items?.isList ? items.items().flatMap((item) => flatten(item, given, depth + 1)) : [document];
}

/** Values of a Template's parameters: the user's, else the defaults. */
function parametersOf(template: YamlNode, given: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const parameter of template.get('parameters')?.items() ?? []) {
    const name = parameter.get('name')?.text;
    const value = name === undefined ? undefined : (given.get(name) ?? parameter.get('value')?.text);
    if (name !== undefined && value !== undefined) values.set(name, value);
  }
  return values;
}

const filledBy = (values: ReadonlyMap<string, string>) => (text: string) =>
  text.includes('${')
    ? text.replace(/\$\{\{?([A-Za-z_]\w*)\}\}?/g, (whole, name: string) => values.get(name) ?? whole)
    : text;

export const nameOf = (object: YamlNode | null | undefined): string =>
  object?.path('metadata', 'name')?.text ?? 'unnamed';

export const kindOfObject = (object: YamlNode): string => object.get('kind')?.text ?? '';
