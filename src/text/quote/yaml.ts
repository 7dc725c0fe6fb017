import { stringify } from 'yaml';
import { hashComment } from './comment.js';

/** A YAML document under its comment lines. */
export const yamlText = (head: readonly string[], document: unknown): string =>
  `${hashComment(head)}\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
