import type { ServiceReading } from '../../files/platforms/service.js';
import { baseName, type Source, type Span } from '../../files/text-file.js';
import type { Note, Unjudged } from './deployment.js';
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
  if (launch.kind === 'no-shell')
    return {
      ...of,
      at: launch.at,
      rule: 'shell-missing',
      server: null,
      why: `no shell reads this command, so "${launch.operator}" and what follows are given to ${launch.program}, and ${launch.server} is not started as it stands here`,
      give: 'let a shell read it: sh -c "…"',
    };
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

/** The server that a PasteDeploy file names: `[server:main]` with `use = egg:NAME#main`. */
const pasted = ({ text }: Source): string | undefined =>
  /^\[server:main\]/m.test(text)
    ? /^[ \t]*use\s*=\s*egg:([\w-]+)/m.exec(text.slice(text.indexOf('[server:main]')))?.[1]
    : undefined;

/** A configuration file of another server. */
export function otherServer(source: Source): Unjudged {
  const name = baseName(source.file);
  const server = pasted(source) ?? /^[a-z_]+/i.exec(name)?.[0].toLowerCase() ?? name;
  return {
    name,
    platform: 'conf',
    at: source.at(0),
    files: [source.file],
    server,
    why: `${name} configures ${server}, whose settings are not read`,
    give: 'size it with wcalc plan --workers N, and accept it here with --allow-unknown',
  };
}

/** A service whose image starts a server by itself, with settings that the image decides. */
export const startedByImage = (
  service: ServiceReading,
  image: ServiceReading | null,
  name: string,
  give: string,
  at: Span,
): Unjudged => ({
  ...whatIs(service, image, []),
  at,
  server: null,
  why: `${service.name} runs what ${name} starts by itself, which was not read`,
  give,
});

/** A service whose image may or may not be the one that a Dockerfile of the project makes. */
export const imageNotSaid = (service: ServiceReading): Unjudged => ({
  ...whatIs(service, null, []),
  at: service.at,
  server: null,
  why: `${service.name} runs the image ${service.image ?? ''}, and which Dockerfile makes it is not said`,
  give: 'check it with the Dockerfile of this image and no other, or write its command',
});

/** A service of which nothing says what it starts. */
export const imageNotRead = (service: ServiceReading, image: string): Note => ({
  at: service.at,
  message: `${service.name} runs the image ${image}, and what it starts was not read`,
});
