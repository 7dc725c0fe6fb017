import type { FitReport } from '../../../observe/fit-report.js';
import type { Formats } from '../../../output/deliver.js';

export const FIT_FORMATS: Formats<FitReport> = {
  table: async () => (await import('./table.js')).fitTable,
  json: async () => (await import('./json.js')).fitJson,
  yaml: async () => (await import('./yaml.js')).fitYaml,
  profile: async () => (await import('./profile.js')).fitProfile,
};
