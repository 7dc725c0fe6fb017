import type { ServiceReading } from '../../files/platforms/service.js';
import type { Unjudged } from './deployment.js';
import type { Launch } from './launch.js';

type Open = Exclude<Launch, { kind: 'other' }>;

/** A service whose start cannot be read at all. */
export const unreadable = (service: ServiceReading, image: ServiceReading | null): Unjudged => ({
  ...whatIs(service, image, []),
  at: service.at,
  server: null,
  why: `the command of ${service.name} cannot be read: it is no shell command that can be followed`,
  give: 'mend the command, or name the file that it starts',
});

/** A start that is, or may hide, a server whose settings are not read. */
export function unjudgedLaunch(
  service: ServiceReading,
  image: ServiceReading | null,
  launch: Open,
): Unjudged {
  const of = {
    ...whatIs(service, image, launch.scripts),
    at: launch.scripts.length > 0 ? launch.at : service.at,
  };
  if (launch.kind === 'unread')
    return { ...of, server: null, why: `${service.name} starts ${launch.what}`, give: launch.give };
  const { program, title } = launch;
  if (title === null)
    return {
      ...of,
      server: null,
      why: `${service.name} starts ${program}, which starts others from a file that was not given`,
      give: `name the configuration file of ${program}, or what it starts, among the files to check`,
    };
  return {
    ...of,
    server: program,
    why: `${service.name} starts ${program} (${title}), whose settings are not read`,
    give: 'size it with wcalc plan --workers N, and accept it here with --allow-unknown',
  };
}

const whatIs = (
  service: ServiceReading,
  image: ServiceReading | null,
  scripts: Launch['scripts'],
): Pick<Unjudged, 'name' | 'platform' | 'files'> => ({
  name: service.name,
  platform: service.platform,
  files: [...new Set([service.file, ...(image ? [image.file] : []), ...scripts.map(({ file }) => file)])],
});
