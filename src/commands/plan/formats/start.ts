import { shellLine, type Target } from '../../../output/deploy/target.js';
import type { Configuration, PlanResult } from '../../../plan/types.js';
import { serverNamed } from '../../../servers/index.js';
import type { Start } from '../../../servers/server.js';

/** How a configuration is started. */
export const startOf = ({ settings }: Configuration): Start => serverNamed('gunicorn').start(settings);

/** The same as one line of a shell, without the application. */
export function commandLine(configuration: Configuration): string {
  const { program, words } = startOf(configuration);
  return shellLine([program, ...words]);
}

/** A configuration and the machine it was made for, as deployments take them. */
export function targetOf(best: Configuration, plan: PlanResult): Target {
  const { cores, memoryMiB, replicas } = plan.inputs;
  return {
    server: 'gunicorn',
    settings: best.settings,
    ...startOf(best),
    cores: Number(cores),
    memoryMiB: typeof memoryMiB === 'number' ? memoryMiB : null,
    replicas: typeof replicas === 'number' ? replicas : 1,
    head: [`Made by wcalc ${plan.tool.version}.`, best.why],
  };
}
