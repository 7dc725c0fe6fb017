import { childrenOf, type Frame, textOf } from './frame.js';
import type { SyntaxNode } from './syntax.js';
import { py } from './values.js';

/** `import a.b as c`, `from a import b as c`, `from a import *`. Nothing is loaded: names stand for their paths. */
export function importNames(node: SyntaxNode, frame: Frame): void {
  const words = childrenOf(node)
    .filter((child) => !['(', ')'].includes(child.name))
    .map((child) => textOf(child, frame));
  const from = words[0] === 'from' ? words.slice(1, words.indexOf('import')).join('') : null;
  const list = words.slice(words.indexOf('import') + 1);
  if (from !== null && list.includes('*')) {
    frame.run.poison ??= {
      why: `line ${frame.run.lineOf(node.from)} imports every name of ${from.slice(0, 60)}`,
      from: node.from,
    };
    return;
  }
  for (const item of splitAt(list, ',')) {
    const as = item.indexOf('as');
    const path = item.slice(0, as < 0 ? undefined : as).join('');
    if (path === '') continue;
    const alias = as < 0 ? undefined : item[as + 1];
    const bound = alias ?? (from === null ? path.split('.')[0]! : path);
    const target = from === null ? (alias ? path : bound) : `${from}.${path}`;
    frame.scope.set(bound, { value: py({ type: 'name', path: target }), from: node.from, to: node.to });
  }
}

function splitAt(words: readonly string[], mark: string): string[][] {
  const groups: string[][] = [[]];
  for (const word of words) {
    if (word === mark) groups.push([]);
    else groups.at(-1)!.push(word);
  }
  return groups;
}
