import { brokenCommand } from '../../../output/deploy/command-lines.js';
import { shellLine, type Target } from '../../../output/deploy/target.js';
import type { Configuration, PlanResult } from '../../../plan/types.js';
import { serverNamed } from '../../../servers/index.js';
import type { Start } from '../../../servers/server.js';

/** How a configuration is started. */
export const startOf = ({ server, settings }: Configuration): Start => serverNamed(server).start(settings);

/** The command that starts a configuration as one line of a shell, without the application. */
export function commandLine(configuration: Configuration): string {
  const { program, words } = startOf(configuration);
  return shellLine([program, ...words]);
}

/** The command to be pasted into a shell, with the application in its place, in lines of at most `width` columns. */
export const commandLines = (configuration: Configuration, width: number): readonly string[] =>
  brokenCommand(startOf(configuration), width);

/** A configuration and the machine it was made for, as deployments take them. */
export function targetOf(best: Configuration, plan: PlanResult): Target {
  const { cores, memoryMiB, replicas } = plan.inputs;
  return {
    server: best.server,
    title: serverNamed(best.server).title,
    settings: best.settings,
    ...startOf(best),
    cores: Number(cores),
    memoryMiB: typeof memoryMiB === 'number' ? memoryMiB : null,
    replicas: typeof replicas === 'number' ? replicas : 1,
    head: [`Made by wcalc ${plan.tool.version}.`, best.why],
  };
}
