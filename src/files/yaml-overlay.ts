import type { Span } from './text-file.js';
import type { YamlNode } from './yaml-tree.js';

/** Keys by which the items of a list are the same in a base and in what is laid over it; other lists are replaced. */
const IDENTITIES: readonly string[] = ['name', 'mountPath', 'containerPort'];

/**
 * A map laid over another as a strategic merge patch is: maps are merged, lists whose items have names are merged by
 * them, everything else is replaced. Each value keeps the place where it stands.
 */
export function overlay(base: YamlNode | null, over: YamlNode | null): YamlNode | null {
  if (!base || !over) return over ?? base;
  if (over.get('$patch')?.text === 'delete') return null;
  if (over.isMap && base.isMap) return mergedMap(base, over);
  if (over.isList && base.isList) return mergedList(base, over);
  return over;
}

function mergedMap(base: YamlNode, over: YamlNode): YamlNode {
  if (over.get('$patch')?.text === 'replace') return edited(over, ['$patch'], null) ?? over;
  const get = (key: string) => {
    const fresh = over.get(key);
    return fresh?.scalar === null && fresh.text === '' ? base.get(key) : overlay(base.get(key), fresh);
  };
  return wrapped(over, {
    get,
    entries: () => {
      const keys = new Set([...base.entries(), ...over.entries()].map(({ key }) => key));
      return [...keys].flatMap((key) => {
        const value = get(key);
        return value ? [{ key, value }] : [];
      });
    },
  });
}

function mergedList(base: YamlNode, over: YamlNode): YamlNode {
  const key = IDENTITIES.find((name) => over.items().every((item) => item.get(name)?.text !== undefined));
  if (over.items().some((item) => item.get('$patch')?.text === 'replace'))
    return listOf(
      over,
      over.items().filter((item) => !item.get('$patch')),
    );
  if (key === undefined || over.items().length === 0) return over;
  const fresh = new Map(over.items().map((item) => [item.get(key)!.text!, item]));
  const kept = base.items().flatMap((item) => {
    const name = item.get(key)?.text;
    const patch = name === undefined ? undefined : fresh.get(name);
    if (patch && name !== undefined) fresh.delete(name);
    return (patch ? overlay(item, patch) : item) ?? [];
  });
  const added = [...fresh.values()].filter((item) => item.get('$patch')?.text !== 'delete');
  return listOf(over, [...kept, ...added]);
}

/** A list of these items, at the place of a node. */
export const listOf = (at: YamlNode, items: readonly YamlNode[]): YamlNode =>
  wrapped(at, {
    isList: true,
    isMap: false,
    scalar: undefined,
    text: undefined,
    unread: undefined,
    get: () => null,
    items: () => items,
    entries: () => [],
  });

/** A map of these entries, at the place of a node. */
export const mapOf = (at: YamlNode, entries: ReadonlyMap<string, YamlNode>): YamlNode =>
  wrapped(listOf(at, []), {
    isList: false,
    isMap: true,
    get: (key) => entries.get(key) ?? null,
    entries: () => [...entries].map(([key, value]) => ({ key, value })),
  });

/** A text of a file. */
export const textNode = (like: YamlNode, text: string, at: Span, source = like.source): YamlNode =>
  wrapped(listOf(like, []), { isList: false, scalar: text, text, at, source });

/** What stands in a place, and is not known with all that may stand in it. */
export function unreadNode(at: YamlNode, why: string): YamlNode {
  const self: YamlNode = wrapped(listOf(at, []), { isList: false, unread: why, get: () => self });
  return self;
}

/** A node with one value at a path replaced, added (`-` ends a list) or, where it is null, taken away. */
export function edited(
  node: YamlNode | null,
  path: readonly string[],
  value: YamlNode | null,
): YamlNode | null {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (node?.isList) {
    const items = [...node.items()];
    const at = key === '-' ? items.length : Number(key);
    if (!Number.isInteger(at) || at < 0 || at > items.length) return node;
    const next = edited(items[at] ?? null, rest, value);
    items.splice(at, items[at] ? 1 : 0, ...(next ? [next] : []));
    return listOf(node, items);
  }
  const inner = edited(node?.get(key) ?? null, rest, value);
  const like = node ?? inner;
  if (!like) return node;
  return wrapped(like, {
    isMap: true,
    isList: false,
    scalar: undefined,
    text: undefined,
    unread: node?.unread,
    items: () => [],
    get: (name) => (name === key ? inner : (node?.get(name) ?? null)),
    entries: () => [
      ...(node?.entries() ?? []).filter((entry) => entry.key !== key),
      ...(inner ? [{ key, value: inner }] : []),
    ],
  });
}

/** A text in another's place, or why it is not known. */
type Retold = string | { readonly why: string };

/** A node whose texts are what `change` makes of them, and of the keys of maps that lead to them. */
export function retold(
  node: YamlNode,
  change: (text: string, keys: readonly string[]) => Retold,
  keys: readonly string[] = [],
): YamlNode {
  if (node.unread !== undefined) return node;
  const inside = (inner: YamlNode, key: string) => retold(inner, change, [...keys, key]);
  const text = node.text === undefined ? undefined : change(node.text, keys);
  if (typeof text === 'object') return unreadNode(node, text.why);
  return wrapped(node, {
    get: (key) => {
      const inner = node.get(key);
      return inner && inside(inner, key);
    },
    items: () => node.items().map((item) => retold(item, change, keys)),
    entries: () => node.entries().map(({ key, value }) => ({ key, value: inside(value, key) })),
    text,
    scalar: text !== node.text ? text : node.scalar,
  });
}

function wrapped(node: YamlNode, changes: Partial<YamlNode>): YamlNode {
  const self: YamlNode = {
    ...node,
    ...changes,
    path: (...keys) => keys.reduce<YamlNode | null>((at, key) => at?.get(key) ?? null, self),
  };
  return self;
}
