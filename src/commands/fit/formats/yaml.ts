import type { FitReport } from '../../../observe/fit-report.js';
import { observedYaml } from '../../../output/observed-yaml.js';

/** Options with their values, and the distributions as quantiles in ms, for `--profile`. */
export function fitYaml({ source, observed, laws }: FitReport): string {
  const quantiles = Object.entries(laws).map(([name, law]) => [name, law.quantiles]);
  const section = quantiles.length > 0 ? { laws: Object.fromEntries(quantiles) } : {};
  return observedYaml(`Learnt by wcalc fit from ${source}.`, observed, section);
}
