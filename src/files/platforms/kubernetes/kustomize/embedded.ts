import { sourceOf } from '../../../text-file.js';
import { readYaml, type YamlNode } from '../../../yaml-tree.js';

/** A patch that stands in the kustomization itself; its places are those of the text as a whole. */
export function embeddedYaml(node: YamlNode, text: string): readonly YamlNode[] {
  const inner = sourceOf(node.source.file, text);
  return readYaml({ ...inner, at: () => node.at, line: node.source.line });
}

/** A value that a kustomization makes, at the place that it is made by. */
export function madeNode(at: YamlNode, value: unknown): YamlNode {
  const [node] = embeddedYaml(at, JSON.stringify(value));
  if (!node) throw new Error('a value of JSON is a document of YAML');
  return node;
}

export const texts = (list: YamlNode | null | undefined): readonly string[] =>
  list?.items().flatMap((item) => item.text ?? []) ?? [];
