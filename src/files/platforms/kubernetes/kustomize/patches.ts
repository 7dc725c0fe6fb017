import { SourceError } from '../../../../host/errors.js';
import type { Source } from '../../../text-file.js';
import { edited, listOf, overlay } from '../../../yaml-overlay.js';
import { readYaml, type YamlNode } from '../../../yaml-tree.js';
import { embeddedYaml, madeNode } from './embedded.js';
import { lookedUp } from './field-path.js';
import type { Resource } from './names.js';
import { isCalled, isPatchedBy, isTarget } from './select.js';

type Resources = readonly Resource[];

/** Opens a file that a kustomization needs, or refuses to go on without it. */
type Need = (path: string) => Source;

/** What is laid over the rest may change any of it. */
export const notGiven = ({ file }: Source, path: string): SourceError =>
  new SourceError(
    `${file}: it lays ${path} over its resources, which was not given; name it among the files to check`,
  );

/** An item of `patches` or `patchesJson6902`: what is laid over, or operations, on a target. */
export function patched(resources: Resources, item: YamlNode, need: Need): Resources {
  const target = item.get('target');
  const patches = documents(item.get('path') ?? item.get('patch') ?? item.get('jsonOp'), need);
  return patches.reduce((before, patch) => {
    if (!patch.isList) return laidOver(before, patch, target);
    if (!target) return before;
    return changed(
      before,
      (resource) => isTarget(resource, target),
      (object) => operated(object, patch),
    );
  }, resources);
}

/** An item of `patchesStrategicMerge`. */
export const merged = (resources: Resources, item: YamlNode, need: Need): Resources =>
  documents(item, need).reduce((before, patch) => laidOver(before, patch, null), resources);

export const laidOver = (resources: Resources, patch: YamlNode, target: YamlNode | null): Resources =>
  changed(
    resources,
    (resource) => (target ? isTarget(resource, target) : isPatchedBy(resource, patch)),
    (object) => overlay(object, patch),
  );

const changed = (
  resources: Resources,
  isIt: (resource: Resource) => boolean,
  to: (object: YamlNode) => YamlNode | null,
): Resources =>
  resources.flatMap((one) => {
    if (!isIt(one)) return [one];
    const object = to(one.object);
    return object ? [{ ...one, object }] : [];
  });

function documents(node: YamlNode | null, need: Need): readonly YamlNode[] {
  const text = node?.text;
  if (!node || text === undefined) return [];
  if (/\n/.test(text) || /^\s*[-{[]/.test(text)) return embeddedYaml(node, text);
  return readYaml(need(text));
}

/** An item of `replicas`. */
export const scaled = (resources: Resources, item: YamlNode): Resources =>
  changed(
    resources,
    (resource) =>
      isCalled(resource, item.get('name')?.text) && resource.object.path('spec', 'template') !== null,
    (object) => edited(object, ['spec', 'replicas'], item.get('count')),
  );

const CONTAINERS: readonly (readonly string[])[] = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'containers'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
];

/** An item of `images`, `{name, newName, newTag}`: the containers whose image has this name get the other. */
export const withImage = (resources: Resources, item: YamlNode): Resources =>
  resources.map((resource) => ({ ...resource, object: objectWithImage(resource.object, item) }));

function objectWithImage(object: YamlNode, item: YamlNode): YamlNode {
  const name = item.get('name')?.text;
  let result = object;
  for (const path of CONTAINERS)
    for (const [i, container] of (object.path(...path)?.items() ?? []).entries()) {
      const [, own, tag = ''] =
        /^([^@]*?)((?::[^/:@]*)?(?:@.*)?)$/.exec(container.get('image')?.text ?? '') ?? [];
      if (own === undefined || own !== name) continue;
      const digest = item.get('digest')?.text;
      const newTag = item.get('newTag')?.text;
      const ending = digest ? `@${digest}` : newTag ? `:${newTag}` : tag;
      const image = madeNode(item, `${item.get('newName')?.text ?? own}${ending}`);
      result = edited(result, [...path, String(i), 'image'], image) ?? result;
    }
  return result;
}

/** A JSON patch (RFC 6902). */
function operated(object: YamlNode, operations: YamlNode): YamlNode {
  let result = object;
  for (const operation of operations.items().slice(0, 200)) {
    const path = pointer(operation.get('path')?.text);
    const from = pointer(operation.get('from')?.text);
    const op = operation.get('op')?.text;
    const value = op === 'copy' || op === 'move' ? lookedUp(result, from) : operation.get('value');
    if (op === 'test') continue;
    if (op === 'move') result = edited(result, from, null) ?? result;
    if (op === 'remove') result = edited(result, path, null) ?? result;
    else if (value) result = (op === 'replace' ? edited : added)(result, path, value) ?? result;
  }
  return result;
}

const pointer = (text = ''): readonly string[] =>
  text
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** In a list, what is added stands before what stood there. */
function added(object: YamlNode, path: readonly string[], value: YamlNode): YamlNode | null {
  const list = lookedUp(object, path.slice(0, -1));
  const at = path.at(-1) ?? '';
  if (!list?.isList || !/^\d+$/.test(at)) return edited(object, path, value);
  return edited(object, path.slice(0, -1), listOf(list, list.items().toSpliced(Number(at), 0, value)));
}
