import type { DiffResult } from '../../check/diff.js';
import type { Formats } from '../deliver.js';
import { json } from '../json.js';

export const DIFF_FORMATS: Formats<DiffResult> = {
  text: async () => (await import('./diff-text.js')).diffText,
  json: async () => (result) => json(result),
  markdown: async () => (await import('./diff-markdown.js')).diffMarkdown,
};
