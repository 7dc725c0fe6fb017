import type { CommandText } from '../shell/command-text.js';
import type { YamlNode } from '../yaml-tree.js';

/** A text that a platform gives to a shell. */
export const shellLine = (node: YamlNode): CommandText => ({
  kind: 'line',
  text: node.text ?? '',
  isShell: true,
  variables: 'shell',
  place: { source: node.source, from: node.from, to: node.to },
});
