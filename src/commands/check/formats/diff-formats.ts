import type { DiffResult } from '../../../check/diff.js';
import type { Formats } from '../../../output/deliver.js';
import { json } from '../../../text/json.js';

const text = async () => (await import('./diff-text.js')).diffText;

export const DIFF_FORMATS: Formats<DiffResult> = {
  text,
  table: text,
  json: async () => (result) => json(result),
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
  markdown: async () => (await import('./diff-markdown.js')).diffMarkdown,
};
