import { listOf, mapOf, unreadNode } from '../../../yaml-overlay.js';
import type { YamlNode } from '../../../yaml-tree.js';
import { madeNode } from './embedded.js';
import { findsPattern } from './select.js';

/**
 * The parts of a path such as `spec.template.spec.containers.[name=web].image`: they stand between dots, but for those
 * after a backslash and in brackets (kustomize, `SmarterPathSplitter`).
 */
export function fieldPath(text: string): readonly string[] {
  const parts = text
    .replace(/^\./, '')
    .replace(/(\w)\[(\d+)\]/g, '$1.$2')
    .match(/\[[^\]]*\]|(?:\\.|[^.\\])+/g);
  return (parts ?? []).map((part) =>
    /^\[[^=]*\]$/.test(part) ? part.slice(1, -1) : part.replaceAll('\\.', '.'),
  );
}

const INDEX = /^\d+$/;
/** `[name=web]` chooses items of a list. */
const CHOICE = /^\[([^=]*)=(.*)\]$/s;

/** What stands at a path; null where nothing does. */
export const lookedUp = (node: YamlNode, path: readonly string[]): YamlNode | null =>
  path.reduce<YamlNode | null>((at, part) => {
    if (!at || at.unread !== undefined || !at.isList) return at?.get(part) ?? null;
    const [, key = '', wanted] = CHOICE.exec(part) ?? [];
    if (wanted === undefined) return (INDEX.test(part) && at.items()[Number(part)]) || null;
    return at.items().find((item) => (key === '' ? item : item.get(key))?.text === wanted) ?? null;
  }, node);

/**
 * A node with every value that stands at a path replaced by what `change` makes of it; null where there is none. What is
 * missing on the way is made where `makeAt`, a place for it, is given.
 */
export function changedAt(
  node: YamlNode | null,
  path: readonly string[],
  change: (old: YamlNode | null) => YamlNode,
  makeAt: YamlNode | null,
): YamlNode | null {
  const [part, ...rest] = path;
  if (part === undefined) return change(node);
  const inside = (inner: YamlNode | null) => changedAt(inner, rest, change, makeAt);
  if (node?.unread !== undefined) return node;
  const choice = CHOICE.exec(part);
  if (node?.isList || (!node && makeAt && choice)) {
    const items = node?.items() ?? [];
    const isIt = (item: YamlNode, i: number) => {
      if (!choice) return part === '*' || part === String(i);
      const text = (choice[1] === '' ? item : item.get(choice[1]!))?.text;
      return text !== undefined && findsPattern(text, choice[2]!);
    };
    const wanted = items.filter(isIt);
    const list = node ?? makeAt!;
    if (wanted.length === 0 && makeAt && (choice || part === String(items.length))) {
      const fresh = inside(choice ? madeNode(makeAt, made(choice)) : null);
      return fresh && listOf(list, [...items, fresh]);
    }
    const changed = new Map(wanted.map((item) => [item, inside(item)]));
    if (![...changed.values()].some((item) => item !== null)) return null;
    return listOf(
      list,
      items.map((item) => changed.get(item) ?? item),
    );
  }
  // Kustomize also finds its way in texts that are JSON or YAML by themselves.
  if (node?.text !== undefined && node.scalar !== null)
    return unreadNode(node, 'a replacement changes a part of it');
  const like = node ?? makeAt;
  if (!like) return null;
  const entries = new Map((node?.entries() ?? []).map(({ key, value }) => [key, value]));
  let isChanged = false;
  for (const key of part === '*' ? [...entries.keys()] : [part]) {
    const old = entries.get(key) ?? null;
    const inner = old || makeAt ? inside(old) : null;
    if (inner) entries.set(key, inner);
    isChanged ||= inner !== null;
  }
  return isChanged ? mapOf(like, entries) : null;
}

const made = ([, key = '', value = '']: RegExpExecArray): unknown => (key === '' ? value : { [key]: value });
