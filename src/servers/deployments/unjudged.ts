import type { ServiceReading } from '../../files/platforms/service.js';
import type { Start } from '../find.js';
import type { Unjudged } from './deployment.js';
import { programOf, scriptIn } from './programs.js';

/** A start that is, or may hide, a server whose settings are not read; null where what is started is no server. */
export function unjudgedStart(
  service: ServiceReading,
  image: ServiceReading | null,
  script: ServiceReading | null,
  start: Exclude<Start, { kind: 'server' }>,
): Unjudged | null {
  const files = [service.file, image?.file, script?.file].filter((file) => file !== undefined);
  const of = { name: service.name, platform: service.platform, at: service.at, files: [...new Set(files)] };
  if (start.kind === 'unreadable')
    return {
      ...of,
      server: null,
      why: `the command of ${service.name} cannot be read: ${start.why}`,
      give: 'mend the command, or name the file that it starts',
    };
  for (const words of start.commands) {
    const program = programOf(words);
    if (program) return { ...of, ...unjudgedProgram(service.name, program) };
  }
  const unread = script ? undefined : start.commands.map(scriptIn).find((found) => found !== null);
  if (unread === undefined) return null;
  return {
    ...of,
    server: null,
    why: `${service.name} starts ${unread}, which was not given`,
    give: `name the script that ${unread} is among the files to check`,
  };
}

function unjudgedProgram(service: string, { name, title }: NonNullable<ReturnType<typeof programOf>>) {
  if (title === null)
    return {
      server: null,
      why: `${service} starts ${name}, which starts others from a file that was not given`,
      give: `name the configuration file of ${name}, or what it starts, among the files to check`,
    };
  return {
    server: name,
    why: `${service} starts ${name} (${title}), whose settings are not read`,
    give: `size it with wcalc plan --workers N, and accept it here with --allow-unknown`,
  };
}
