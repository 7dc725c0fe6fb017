import { observedYaml } from '../observed-yaml.js';
import type { FitReport } from './formats.js';

/** The profile: options with their values, and the distributions as quantiles in ms, for `--profile`. */
export function fitProfile({ result, observed }: FitReport): string {
  const { service, cpu, io } = result;
  const laws = cpu && io ? { cpu: cpu.empirical, io: io.empirical } : { service: service.empirical };
  const quantiles = Object.fromEntries(
    Object.entries(laws).flatMap(([name, law]) => (law ? [[name, law.quantiles]] : [])),
  );
  const section = Object.keys(quantiles).length > 0 ? { laws: quantiles } : {};
  return observedYaml(`Learnt by wcalc fit from ${result.log.files.join(', ')}.`, observed, section);
}
