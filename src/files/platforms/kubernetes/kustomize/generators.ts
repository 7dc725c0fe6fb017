import { readDotenv } from '../../../dotenv.js';
import { baseName, type Source } from '../../../text-file.js';
import { edited, mapOf, overlay, textNode, unreadNode } from '../../../yaml-overlay.js';
import type { YamlNode } from '../../../yaml-tree.js';
import { kindOfObject } from '../objects.js';
import { madeNode, texts } from './embedded.js';
import type { Resource } from './names.js';
import { isCalled } from './select.js';

type Open = (path: string) => Source | null;

/** With the config map or secret that a generator makes, or changes where its `behavior` says so. */
export function generated(
  resources: readonly Resource[],
  generator: YamlNode,
  kind: string,
  open: Open,
): readonly Resource[] {
  const name = (generator.get('name') ?? generator.path('metadata', 'name'))?.text ?? '';
  const behavior = generator.get('behavior')?.text ?? 'create';
  const { data, missing } = dataOf(generator, open);
  const at =
    behavior === 'create'
      ? -1
      : resources.findIndex((one) => kindOfObject(one.object) === kind && isCalled(one, name));
  const before = resources[at];
  if (!before) {
    const head = madeNode(generator, { apiVersion: 'v1', kind, metadata: { name } });
    const object = edited(head, ['data'], data) ?? head;
    return [...resources, { object, formerNames: [], generated: { missing } }];
  }
  const isMerge = behavior === 'merge';
  const all = isMerge ? overlay(before.object.get('data'), data) : data;
  const object = edited(before.object, ['data'], all) ?? before.object;
  const former = isMerge ? (before.generated?.missing ?? null) : null;
  return resources.with(at, { ...before, object, generated: { missing: missing ?? former } });
}

/** Variables of files first, then those that are written, then whole files by their names. */
function dataOf(
  generator: YamlNode,
  open: Open,
): { readonly data: YamlNode; readonly missing: string | null } {
  const data = new Map<string, YamlNode>();
  let missing: string | null = null;
  const found = (path: string): Source | null => {
    const file = open(path);
    if (!file) missing ??= path;
    return file;
  };
  for (const path of [...texts(generator.get('envs')), generator.get('env')?.text ?? []].flat()) {
    const file = found(path);
    for (const { name, value } of file ? readDotenv(file) : [])
      data.set(
        name,
        value.known
          ? textNode(generator, value.value, value.at)
          : unreadNode({ ...generator, at: value.at }, value.why),
      );
  }
  for (const item of generator.get('literals')?.items() ?? []) {
    const match = /^([^=]+)=([\s\S]*)$/.exec(item.text ?? '');
    if (match) data.set(match[1]!, textNode(item, match[2]!.replace(/^(["'])(.*)\1$/, '$2'), item.at));
  }
  for (const path of texts(generator.get('files'))) {
    const [, key, of = path] = /^([^=]+)=(.+)$/.exec(path) ?? [];
    const file = found(of);
    if (file) data.set(key ?? baseName(of), textNode(generator, file.text, file.at(0), file));
  }
  return { data: mapOf(generator, data), missing };
}
