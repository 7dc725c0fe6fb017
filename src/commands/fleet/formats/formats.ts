import { type FleetResult, fleetInUse } from '../../../fleet/plan-of-fleet.js';
import type { Formats, Renderer } from '../../../output/deliver.js';
import { type FleetTarget, targetOf } from './target.js';

const ANSWERS: ReadonlySet<string> = new Set(['table', 'json', 'yaml', 'csv', 'markdown', 'html', 'svg']);

/** Formats that hold what to deploy, and nothing else. */
export const isManifest = (format: string): boolean => !ANSWERS.has(format);

const deployed =
  (emit: (target: FleetTarget) => string): Renderer<FleetResult> =>
  (result) => {
    const fleet = fleetInUse(result);
    return fleet ? emit(targetOf(fleet, result)) : '';
  };

/** Every format of `fleet`, by the name that `--format` takes. */
export const FLEET_FORMATS: Formats<FleetResult> = {
  table: async () => (await import('./table.js')).fleetTable,
  json: async () => (await import('../../../text/json.js')).json,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).fleetCsv,
  markdown: async () => (await import('./markdown.js')).fleetMarkdown,
  svg: async () => (await import('./charts.js')).fleetSvg,
  html: async () => (await import('./html.js')).fleetHtml,
  kubernetes: async () => deployed((await import('./kubernetes.js')).fleetManifests),
  keda: async () => deployed((await import('./keda.js')).fleetScaledObject),
  helm: async () => deployed((await import('./helm.js')).fleetHelmValues),
  compose: async () => deployed((await import('../../../output/deploy/compose.js')).composeOverride),
};
