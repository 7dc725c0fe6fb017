import { learntLaws } from '../../../observe/logs/fitted-laws.js';
import { observedYaml } from '../../../output/observed-yaml.js';
import type { FitReport } from './formats.js';

/** The profile: options with their values, and the distributions as quantiles in ms, for `--profile`. */
export function fitProfile({ result, observed }: FitReport): string {
  const laws = Object.entries(learntLaws(result)).map(([name, { quantiles }]) => [name, quantiles]);
  const section = laws.length > 0 ? { laws: Object.fromEntries(laws) } : {};
  return observedYaml(`Learnt by wcalc fit from ${result.log.files.join(', ')}.`, observed, section);
}
