import { UsageError } from '../../../host/errors.js';
import type { Configuration, PlanResult } from '../../../plan/types.js';
import { serverNamed } from '../../../servers/index.js';
import type { ConfigurationFile } from '../../../servers/server.js';

/** The configuration file, or the variables, that give a server these settings; null where it reads neither. */
export function configurationFile(best: Configuration, plan: PlanResult): ConfigurationFile | null {
  const { configurationFile: written } = serverNamed(best.server);
  return (
    written?.({
      settings: best.settings,
      reasons: best.settingReasons ?? {},
      head: [`Made by wcalc ${plan.tool.version}.`],
    }) ?? null
  );
}

/** The text of that file. */
export function configurationText(best: Configuration, plan: PlanResult): string {
  const file = configurationFile(best, plan);
  if (file) return file.text;
  throw new UsageError(
    `--format config: ${serverNamed(best.server).title} reads neither a configuration file nor variables; accepted: args, procfile, systemd, compose, kubernetes, dockerfile and other formats that hold its command line`,
  );
}

/** The text of a configuration's file for a format that is called after one server; refused for another server. */
export const configurationTextOf =
  (server: string) =>
  (best: Configuration, plan: PlanResult): string => {
    if (best.server === server) return configurationText(best, plan);
    const { title, configurationFile: written } = serverNamed(best.server);
    const accepted = written ? 'config' : 'args';
    throw new UsageError(
      `--format ${server}: these are settings of ${title}, not of ${serverNamed(server).title}; accepted: --format ${accepted}`,
    );
  };
