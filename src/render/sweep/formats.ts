import type { SweepResult } from '../../sweep/types.js';
import type { Formats } from '../deliver.js';

/** Every format of `sweep`. */
export const SWEEP_FORMATS: Formats<SweepResult> = {
  table: async () => (await import('./table.js')).sweepTable,
  json: async () => (await import('../json.js')).json,
  yaml: async () => (await import('../yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).sweepCsv,
  markdown: async () => (await import('./markdown.js')).sweepMarkdown,
  svg: async () => (await import('./svg.js')).sweepSvg,
};
