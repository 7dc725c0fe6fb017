import { retold, unreadNode } from '../../../yaml-overlay.js';
import type { YamlNode } from '../../../yaml-tree.js';
import { changedAt, fieldPath, lookedUp } from './field-path.js';
import type { Resource } from './names.js';
import { isSource, isTarget } from './select.js';

/** What the path of a field is where none is written. */
const NAME = 'metadata.name';

/** A value of one object in the places of others (kustomize, `ReplacementTransformer`). */
export function replaced(resources: readonly Resource[], replacement: YamlNode): readonly Resource[] {
  const value = placedValue(resources, replacement);
  let result = resources;
  for (const target of replacement.get('targets')?.items() ?? []) {
    const select = target.get('select');
    if (!select) continue;
    const rejected = target.get('reject')?.items() ?? [];
    const paths = target.get('fieldPaths')?.items() ?? [];
    const options = target.get('options');
    const isCreated = options?.get('create')?.text === 'true';
    const change = (object: YamlNode, path: YamlNode | null) => {
      const from = typeof value === 'string' ? unreadNode(path ?? target, value) : value;
      const parts = fieldPath(path?.text ?? NAME);
      const put = (old: YamlNode | null) => joined(old, from, options);
      return changedAt(object, parts, put, isCreated ? from : null) ?? object;
    };
    result = result.map((resource) => {
      if (!isTarget(resource, select) || rejected.some((one) => isTarget(resource, one))) return resource;
      return { ...resource, object: (paths.length > 0 ? paths : [null]).reduce(change, resource.object) };
    });
  }
  return result;
}

/** What a replacement puts in other places, or why that is not known. */
function placedValue(resources: readonly Resource[], replacement: YamlNode): YamlNode | string {
  const written = replacement.get('sourceValue');
  if (written) return written;
  const source = replacement.get('source');
  if (!source) return 'a replacement takes its place and does not say by what';
  const field = source.get('fieldPath')?.text ?? NAME;
  const value = valueAt(resources, source, field, 'a replacement');
  const options = source.get('options');
  const delimiter = options?.get('delimiter')?.text ?? '';
  if (typeof value === 'string' || delimiter === '') return value;
  const part = value.text?.split(delimiter)[indexIn(options)];
  return part === undefined
    ? `a replacement takes its place by a part of ${field} that is not there`
    : retold(value, () => part);
}

/** What an object has at a path, or why that is not known to `taker`. */
export function valueAt(
  resources: readonly Resource[],
  selector: YamlNode,
  field: string,
  taker: string,
): YamlNode | string {
  const named = [selector.get('kind')?.text ?? 'object', selector.get('name')?.text];
  const open = (why: string) => `${taker} puts ${field} of ${named.join(' ').trimEnd()} in its place, ${why}`;
  const [found, ...more] = resources.filter((one) => isSource(one, selector));
  if (!found) return open('which was not given');
  if (more.length > 0) return open('of which there are several');
  const value = lookedUp(found.object, fieldPath(field));
  const missing = found.generated?.missing ?? null;
  if (!value) return open(missing === null ? 'which is not there' : `whose file ${missing} was not given`);
  return value.unread ?? value;
}

/** A value in the place of another, or of that part of it which the options choose. */
function joined(old: YamlNode | null, value: YamlNode, options: YamlNode | null): YamlNode {
  const delimiter = options?.get('delimiter')?.text ?? '';
  if (delimiter === '' || old?.text === undefined || value.text === undefined) return value;
  const parts = old.text.split(delimiter);
  const index = indexIn(options);
  if (index < 0) parts.unshift(value.text);
  else parts.splice(index, 1, value.text);
  return retold(value, () => parts.join(delimiter));
}

const indexIn = (options: YamlNode | null): number => Number(options?.get('index')?.text ?? 0);
