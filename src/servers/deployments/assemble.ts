import { environmentOf, notListed } from '../../files/environment.js';
import type { Load } from '../../files/find-file.js';
import { imageStart, unreadImage } from '../../files/platforms/base-images.js';
import {
  imageFinder,
  mountedAt,
  type OwnImage,
  runsOther,
  scriptFinder,
  wholeCommand,
} from '../../files/platforms/image.js';
import type { ServiceReading, Variable } from '../../files/platforms/service.js';
import { programService, scriptService } from '../../files/platforms/shell-script.js';
import { readSupervisor } from '../../files/platforms/supervisor.js';
import type { Reading, Surroundings } from '../../files/reading.js';
import type { CommandText } from '../../files/shell/command-text.js';
import { baseName, type Source } from '../../files/text-file.js';
import type { Lookup } from '../manual.js';
import { manualOf } from '../manuals.js';
import type { Server } from '../server.js';
import { effectiveSettings } from '../settings/layers.js';
import type { Deployment, Note, Unjudged } from './deployment.js';
import { djangoDatabase } from './django.js';
import type { Launch, LaunchContext } from './launch.js';
import { launchesOf, launchesOfScript } from './launches.js';
import { isDevelopment } from './programs.js';
import { mergedStarts, type ServerLaunch } from './same-start.js';
import { supervisorFile } from './supervisor-file.js';
import { imageNotRead, imageNotSaid, startedByImage, unjudgedLaunch, unreadable } from './unjudged.js';
import { sizedProgram } from './unread-starts.js';

/** Everything that deployments are put together from. */
export interface Parts {
  readonly services: readonly ServiceReading[];
  readonly dockerfiles: readonly ServiceReading[];
  /** The image of each service that is built from a Dockerfile of the project. */
  readonly images: ReadonlyMap<ServiceReading, ServiceReading>;
  readonly scripts: readonly Source[];
  readonly supervisors: readonly Source[];
  /** Python files that may start a server by themselves, asked for once everything else is put together. */
  readonly programs: () => readonly Source[];
  /** Variables of `.env` files that were given. */
  readonly dotenv: readonly Variable[];
  /** Variables given by the user, which win over all. */
  readonly overrides: readonly Variable[];
  readonly lookup: Lookup;
  /** Opens a further file of the project. */
  readonly load: Load;
  /** What `cpu_count()` answers on a server with such a CPU limit. */
  readonly cpuCount: (limit: Reading<number> | null) => Surroundings['cpuCount'];
}

export interface Assembled {
  readonly deployments: readonly Deployment[];
  readonly unjudged: readonly Unjudged[];
  /** What is started and is not Gunicorn, and other things that people should know. */
  readonly notes: readonly Note[];
}

/** Follows every service to the servers that it starts, through its image, its scripts and its configuration file. */
export function assemble(parts: Parts): Assembled {
  const usedImages = new Set<string>();
  const usedScripts = new Set<string>();
  const notes: Note[] = [];
  const deployments: Deployment[] = [];
  const unjudged: Unjudged[] = [];
  const settle = (
    service: ServiceReading,
    image: ServiceReading | null,
    launches: readonly Launch[],
    confs: readonly Source[] = [],
  ): void => {
    for (const { scripts } of launches) for (const { file } of scripts) usedScripts.add(file);
    const started = startedServers(launches);
    if (image && (started.length > 0 || launches.some(({ kind }) => kind === 'unread'))) used(image);
    for (const launch of started) {
      const named =
        started.length > 1 ? { ...service, name: placedName(service.name, launch, started) } : service;
      const programs = launch.program === 'supervisord' ? supervised(named, image, launch) : null;
      if (programs) for (const program of programs) follow(program, image);
      else if (launch.server)
        deployments.push(deploymentOf(named, image, launch, launch.server, withConfs(parts, confs)));
      else unjudged.push(unjudgedLaunch(named, image, launch));
    }
    if (started.length > 0) return;
    const deciding = launches.filter(({ condition }, i) => condition !== null || i === launches.length - 1);
    const unread = deciding.find(
      (launch): launch is Exclude<Launch, { kind: 'other' }> => launch.kind !== 'other',
    );
    const open = unread ?? sizedProgram(service, image, deciding);
    if (open && !runsOther(service)) unjudged.push(unjudgedLaunch(service, image, open));
    else notes.push(...othersOf(service, deciding));
  };
  const used = (image: ServiceReading) => usedImages.add(image.file);
  const serves = (image: ServiceReading): boolean => {
    const command = wholeCommand(image, null);
    const launches = command ? launchesOf(command, contextOf(image, null, parts)) : null;
    return launches?.some(({ kind }) => kind === 'server') ?? imageStart(image, null) !== null;
  };
  /** The programs of the supervisord that a service starts, with what the service has. */
  const supervised = (
    service: ServiceReading,
    image: ServiceReading | null,
    launch: ServerLaunch,
  ): readonly ServiceReading[] | null => {
    const source = supervisorFile(
      launch.args,
      parts.supervisors,
      scriptFinder(service, image, parts.supervisors, parts.load),
    );
    if (!source) return null;
    usedScripts.add(source.file);
    return readSupervisor(source).map((program) => ({
      ...service,
      ...program,
      name: `${service.name} / ${program.name}`,
      environment: [...service.environment, ...program.environment],
      environmentIncomplete: service.environmentIncomplete,
      resources: service.resources,
      entrypoint: EMPTY_ENTRYPOINT,
    }));
  };
  const follow = (service: ServiceReading, image: ServiceReading | null): void => {
    const command = wholeCommand(service, image);
    const start = command ? null : imageStart(service, image);
    if (!command && !start) {
      const unread = unreadImage(service, image);
      if (unread !== null && !runsOther(service)) notes.push(imageNotRead(service, unread));
      return;
    }
    if (start?.kind === 'unread') {
      if (image) used(image);
      unjudged.push(startedByImage(service, image, start.name, start.give, start.at));
      return;
    }
    const launches = launchesOf(command ?? start!.command, contextOf(service, image, parts));
    if (launches) settle(service, image, launches, start?.confs);
    else unjudged.push(unreadable(service, image));
  };
  const ownImage = imageFinder(parts.services, parts.dockerfiles, parts.images);
  for (const service of parts.services) {
    const built = parts.images.get(service);
    const { image, several }: OwnImage = built ? { image: built } : ownImage(service);
    if (built) used(built);
    const bare = !service.command && !service.entrypoint && !image && TAKES_SCRIPT.has(service.platform);
    const [script, ...more] = bare ? parts.scripts : [];
    if (script && more.length === 0) {
      const launches = launchesOfScript(script, contextOf(service, null, parts));
      if (launches?.some(({ kind }) => kind === 'server')) {
        settle(service, null, launches);
        continue;
      }
    }
    const isOpen = several && !service.command && !service.entrypoint && !imageStart(service, null);
    if (isOpen && parts.dockerfiles.some(serves)) unjudged.push(imageNotSaid(service));
    else follow(service, image);
  }
  for (const dockerfile of parts.dockerfiles) if (!usedImages.has(dockerfile.file)) follow(dockerfile, null);
  for (const script of parts.scripts) {
    if (usedScripts.has(script.file)) continue;
    const service = scriptService(script);
    const launches = launchesOfScript(script, contextOf(service, null, parts));
    if (launches?.some(({ kind }) => kind === 'server')) settle(service, null, launches);
    else if (!launches) unjudged.push(unreadable(service, null));
  }
  for (const source of parts.supervisors)
    if (!usedScripts.has(source.file)) for (const program of readSupervisor(source)) follow(program, null);
  for (const source of parts.programs())
    if (!usedScripts.has(source.file)) follow(programService(source), null);
  return { deployments, unjudged, notes };
}

/** With configuration files that an image holds. */
function withConfs(parts: Parts, confs: readonly Source[]): Parts {
  if (confs.length === 0) return parts;
  const find: Lookup['find'] = (path, from, among) =>
    confs.find(({ alias }) => alias === path) ?? parts.lookup.find(path, from, among);
  return { ...parts, lookup: { ...parts.lookup, find } };
}

/** Platforms whose file may leave it to a script what runs. */
const TAKES_SCRIPT: ReadonlySet<string> = new Set(['fly', 'render', 'app-engine']);

/** Takes an image's entry point away: supervisord starts its programs by themselves. */
const EMPTY_ENTRYPOINT: CommandText = { kind: 'words', words: [] };

/** The servers among what is started; a development server only where there is no other. */
function startedServers(launches: readonly Launch[]): readonly ServerLaunch[] {
  const all = launches.filter((launch) => launch.kind === 'server');
  const real = all.filter((launch) => !isDevelopment(launch));
  return mergedStarts(real.length > 0 ? real : all);
}

/** A name for one of the servers that a service starts: with the place of its start, and the program where it takes that. */
function placedName(name: string, { at, program }: ServerLaunch, all: readonly ServerLaunch[]): string {
  const isAlone = all.filter((one) => one.at.file === at.file && one.at.line === at.line).length === 1;
  return `${name} (${isAlone ? '' : `${program} at `}${baseName(at.file)}:${at.line})`;
}

const othersOf = (service: ServiceReading, launches: readonly Launch[]): readonly Note[] => {
  const programs = [
    ...new Set(launches.flatMap((launch) => (launch.kind === 'other' ? [launch.program] : []))),
  ];
  return programs.length === 0
    ? []
    : [
        {
          at: service.at,
          message: `${service.name} starts ${programs.join(' or ')}, which is no known server`,
        },
      ];
};

/** Variables that a service is started with before any script sets more; later ones win. */
function givenTo(service: ServiceReading, image: ServiceReading | null, parts: Parts): readonly Variable[] {
  const isBare = service.platform === 'procfile' || service.platform === 'script';
  return [
    ...(image?.environment ?? []),
    ...service.environment,
    ...(isBare ? parts.dotenv : []),
    ...parts.overrides,
  ];
}

const STARTED_ELSEWHERE: ReadonlySet<string> = new Set(['dockerfile', 'procfile', 'script', 'railway']);

function contextOf(service: ServiceReading, image: ServiceReading | null, parts: Parts): LaunchContext {
  const given = environmentOf(givenTo(service, image, parts), service.environmentIncomplete);
  // What an image or a script is started with is decided elsewhere, unless the user says it.
  const isListed = !STARTED_ELSEWHERE.has(service.platform) || parts.overrides.length > 0;
  const environment = isListed ? given : notListed(given);
  const find = scriptFinder(service, image, parts.scripts, parts.load);
  return {
    outer: { environment, cpuCount: parts.cpuCount(service.resources.cpuLimit) },
    locked: new Set(parts.overrides.map(({ name }) => name)),
    script: find,
    python: find,
  };
}

function deploymentOf(
  service: ServiceReading,
  image: ServiceReading | null,
  launch: ServerLaunch,
  server: Server,
  parts: Parts,
): Deployment {
  const outer: Surroundings = {
    environment: launch.environment,
    cpuCount: parts.cpuCount(service.resources.cpuLimit),
  };
  const { lookup } = parts;
  const inImage = scriptFinder(service, image, lookup.given, parts.load);
  const mounted = (path: string) => mountedAt(service, path, lookup.load);
  const read = manualOf(server).read({
    at: launch.at,
    words: launch.args,
    outer,
    file: service.file,
    lookup: {
      ...lookup,
      mounted,
      find: (path, from, among) => {
        const held = mounted(path);
        return held === undefined ? (lookup.find(path, from, among) ?? (among ? null : inImage(path))) : held;
      },
    },
  });
  const files = [service.file, image?.file, ...launch.scripts.map(({ file }) => file), read.configFile];
  return {
    name: service.name,
    server,
    platform: service.platform,
    at: launch.at,
    files: [...new Set(files.filter((file) => file !== undefined && file !== null))],
    settings: effectiveSettings(server.commandLine, read.layers),
    app: read.app,
    environment: outer.environment,
    django: djangoDatabase(read.app, service.file, outer, parts.lookup),
    variables: givenTo(service, image, parts),
    resources: service.resources,
    copies: service.copies,
    traffic: service.traffic,
    sharedWith: service.sharedWith,
    stopGraceSeconds: service.stopGraceSeconds,
    memoryDirectories: service.memoryDirectories,
    unknownFlags: read.unknownFlags,
    ignoredNames: read.ignoredNames,
    others: read.others ?? [],
    notes: read.notes,
    ...(service.mayChange && { mayChange: service.mayChange }),
    ...(read.mayOverride && { mayOverride: read.mayOverride }),
    assumes: [
      ...(launch.condition === null ? [] : [`${launch.condition} leads to this start`]),
      ...read.assumes,
    ],
  };
}
