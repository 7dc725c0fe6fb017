import type { Configuration, PlanResult } from '../../plan/types.js';
import type { Formats, Renderer } from '../deliver.js';

/** Text made from the recommended settings alone; nothing where there is no recommendation. */
const emitted =
  (emit: (best: Configuration, plan: PlanResult) => string): Renderer<PlanResult> =>
  (plan) =>
    plan.recommendation ? emit(plan.recommendation, plan) : '';

/** Every format of `plan`, by the name that `--format` takes. */
export const PLAN_FORMATS: Formats<PlanResult> = {
  table: async () => (await import('./table.js')).planTable,
  json: async () => (await import('../json.js')).json,
  yaml: async () => (await import('../yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).planCsv,
  markdown: async () => (await import('./markdown.js')).planMarkdown,
  env: async () => {
    const { environment } = await import('../../emit/env.js');
    return emitted((best) => environment(best.settings));
  },
  args: async () => {
    const { argumentLine } = await import('../../emit/arguments.js');
    return emitted((best) => argumentLine(best.settings));
  },
  gunicorn: async () => {
    const { recommendedConf } = await import('./gunicorn.js');
    return emitted(recommendedConf);
  },
};
