import { directoryOf, joinPath } from '../../text-file.js';
import { heldFile, type YamlNode } from '../../yaml-tree.js';
import type { Mount } from '../service.js';
import type { Fill, Layers } from './layers.js';

/** Where files of each kind are put that say no path of their own. */
const ROOTS = { configs: '/', secrets: '/run/secrets' } as const;

/** What a service has in places of its own: files and directories of the project, configs and secrets. */
export const mountsOf = (layers: Layers, documents: readonly YamlNode[]): readonly Mount[] => [
  ...layers.all('volumes').flatMap((list) => list.items().flatMap((item) => bound(item, layers.fill) ?? [])),
  ...(['configs', 'secrets'] as const).flatMap((kind) =>
    layers.all(kind).flatMap((list) => list.items().map((item) => held(item, kind, documents, layers.fill))),
  ),
];

const filledText = (node: YamlNode | null, fill: Fill): string | undefined => {
  const value = node && fill(node);
  return value?.known ? value.value : undefined;
};

/** `./conf:/etc/app:ro`, or the same with keys; volumes that have a name hold what nobody sees here. */
function bound(item: YamlNode, fill: Fill): Mount | null {
  const [short, target] = filledText(item, fill)?.split(':') ?? [];
  const from = item.isMap ? filledText(item.get('source'), fill) : short;
  const to = item.isMap ? filledText(item.get('target'), fill) : target;
  if (from === undefined || to === undefined || !/^[./~]/.test(from)) return null;
  return { to: to.replace(/(.)\/$/, '$1'), from: joinPath(directoryOf(item.source.file), from) };
}

/** A config or secret by its name, which the top of the file says the text or the file of. */
function held(item: YamlNode, kind: keyof typeof ROOTS, documents: readonly YamlNode[], fill: Fill): Mount {
  const name = item.text ?? item.get('source')?.text ?? '';
  const to = joinPath(ROOTS[kind], filledText(item.get('target'), fill) ?? name);
  const own = documents.findLast((document) => document.path(kind, name))?.path(kind, name);
  const file = filledText(own?.get('file') ?? null, fill);
  if (own && file !== undefined) return { to, from: joinPath(directoryOf(own.source.file), file) };
  const content = own?.get('content');
  const text = filledText(content ?? null, fill);
  return { to, from: content && text !== undefined ? heldFile(content, to, text) : null };
}
