import type { Formats } from '../../../output/deliver.js';
import type { SweepResult } from '../types.js';

/** Every format of `sweep`. */
export const SWEEP_FORMATS: Formats<SweepResult> = {
  table: async () => (await import('./table.js')).sweepTable,
  json: async () => (await import('../../../text/json.js')).json,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).sweepCsv,
  markdown: async () => (await import('./markdown.js')).sweepMarkdown,
  svg: async () => (await import('./svg.js')).sweepSvg,
};
