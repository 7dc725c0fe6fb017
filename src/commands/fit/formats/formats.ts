import type { FitReport } from '../../../observe/fit-report.js';
import type { Formats } from '../../../output/deliver.js';

export const FIT_FORMATS: Formats<FitReport> = {
  table: async () => {
    const { logTable } = await import('./table.js');
    const { loadTestTable } = await import('./load-test-table.js');
    const { prometheusTable } = await import('./prometheus-table.js');
    return (report, context) => {
      if (report.kind === 'logs') return logTable(report, context);
      return report.kind === 'prometheus' ? prometheusTable(report, context) : loadTestTable(report, context);
    };
  },
  json: async () => (await import('./json.js')).fitJson,
  yaml: async () => (await import('./yaml.js')).fitYaml,
  profile: async () => (await import('./profile.js')).fitProfile,
};
