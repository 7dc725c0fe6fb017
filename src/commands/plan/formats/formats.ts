import type { Formats, Renderer } from '../../../output/deliver.js';
import type { Target } from '../../../output/deploy/target.js';
import type { Configuration, PlanResult } from '../../../plan/types.js';
import { settled } from './settled.js';
import { startOf, targetOf } from './start.js';

/** Formats that hold an answer with all that led to it; the others hold settings alone. */
const ANSWERS: ReadonlySet<string> = new Set(['table', 'json', 'yaml', 'csv', 'markdown', 'html', 'svg']);

export const isSettings = (format: string): boolean => !ANSWERS.has(format);

/** Text made from settings alone; nothing where there are none. */
const emitted =
  (emit: (best: Configuration, plan: PlanResult) => string): Renderer<PlanResult> =>
  (plan) => {
    const best = settled(plan);
    return best ? emit(best, plan) : '';
  };

/** A deployment's settings, from the recommendation and the machine it was made for. */
const deployed = (emit: (target: Target) => string): Renderer<PlanResult> =>
  emitted((best, plan) => emit(targetOf(best, plan)));

/** Every format of `plan`, by the name that `--format` takes. */
export const PLAN_FORMATS: Formats<PlanResult> = {
  table: async () => (await import('./table.js')).planTable,
  json: async () => (await import('../../../text/json.js')).json,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
  csv: async () => (await import('./csv.js')).planCsv,
  markdown: async () => (await import('./markdown.js')).planMarkdown,
  html: async () => (await import('../page/document.js')).planHtml,
  svg: async () => (await import('./svg.js')).planSvg,
  env: async () => {
    const { environment } = await import('../../../output/deploy/env.js');
    return deployed(environment);
  },
  args: async () => {
    const { shellLine } = await import('../../../output/deploy/target.js');
    return emitted((best) => shellLine(startOf(best).words));
  },
  config: async () => emitted((await import('./config.js')).configurationText),
  gunicorn: async () => emitted((await import('./config.js')).configurationTextOf('gunicorn')),
  procfile: async () => deployed((await import('../../../output/deploy/procfile.js')).procfile),
  systemd: async () => deployed((await import('../../../output/deploy/systemd.js')).systemdDropIn),
  compose: async () => deployed((await import('../../../output/deploy/compose.js')).composeOverride),
  kubernetes: async () =>
    deployed((await import('../../../output/deploy/kubernetes.js')).kubernetesDeployment),
  'kubernetes-patch': async () =>
    deployed((await import('../../../output/deploy/kubernetes.js')).kubernetesPatch),
  helm: async () => deployed((await import('../../../output/deploy/helm.js')).helmValues),
  dockerfile: async () => deployed((await import('../../../output/deploy/dockerfile.js')).dockerfileCommand),
  ansible: async () => deployed((await import('../../../output/deploy/ansible.js')).ansibleVariables),
};
