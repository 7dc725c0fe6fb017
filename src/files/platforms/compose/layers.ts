import { known, type Reading, type Surroundings } from '../../reading.js';
import { resolveParts } from '../../shell/resolve-word.js';
import { type Part, splitWords } from '../../shell/words.js';
import type { YamlNode } from '../../yaml-tree.js';

/** The text of a scalar, with its variables filled in. */
export type Fill = (node: YamlNode, text?: string) => Reading<string>;

/** What a service says in several places, the last of which wins. */
export class Layers {
  readonly nodes: readonly YamlNode[];
  readonly fill: Fill;

  constructor(nodes: readonly YamlNode[], fill: Fill) {
    this.nodes = nodes;
    this.fill = fill;
  }

  /** The value of a key in the last place that has it. */
  path(...keys: readonly string[]): YamlNode | null {
    return this.nodes.findLast((node) => node.path(...keys))?.path(...keys) ?? null;
  }

  /** The values of a key in all places, in order. */
  all(key: string): readonly YamlNode[] {
    return this.nodes.flatMap((node) => node.get(key) ?? []);
  }
}

/** Compose fills in `$X` and `${X:-2}`, and `$$` is a dollar sign for the shell inside. */
export function filler(outer: Surroundings): Fill {
  return (node, text = node.text ?? '') => {
    if (!text.includes('$')) return known(text, node.at);
    const parts: Part[] = [];
    for (const [i, piece] of text.split('$$').entries()) {
      if (i > 0) parts.push({ kind: 'text', text: '$' });
      parts.push(...interpolated(piece));
    }
    return resolveParts(parts, node.at, outer);
  };
}

/** Variables within a text that is otherwise left as it is. */
function interpolated(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$(?:[A-Za-z_]\w*|\{[^}]*\})/g)) {
    parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(...(splitWords(match[0].replaceAll(/\s/g, ''), 'shell')?.[0]?.parts ?? []));
    at = match.index + match[0].length;
  }
  return [...parts, { kind: 'text', text: text.slice(at) }];
}
