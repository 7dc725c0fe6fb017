import { readDotenv } from '../../files/dotenv.js';
import { environmentOf, notListed } from '../../files/environment.js';
import { findFile, type Load } from '../../files/find-file.js';
import { type FileKind, kindOf } from '../../files/kind.js';
import { NO_RESOURCES, NO_TRAFFIC, ONE_COPY, type Variable } from '../../files/platforms/service.js';
import type { Reading, Surroundings } from '../../files/reading.js';
import { refuseTemplate } from '../../files/template.js';
import { baseName, type Source } from '../../files/text-file.js';
import { TemplateError } from '../../host/errors.js';
import { SERVERS } from '../index.js';
import type { Lookup } from '../manual.js';
import { MANUALS } from '../manuals.js';
import { effectiveSettings } from '../settings/layers.js';
import { assemble } from './assemble.js';
import type { Deployment, Note, Pinned, Unjudged } from './deployment.js';
import { pinnedVersion } from './pinned.js';
import { importedServer } from './python-starts.js';
import { type Failure, readServices } from './services.js';
import { otherServer } from './unjudged.js';

export interface ProjectInput {
  readonly sources: readonly Source[];
  /** Files that were come across and not named. */
  readonly found?: ReadonlySet<string>;
  /** Opens a further file that one of the sources names. */
  readonly load: Load;
  /** Variables given by the user. */
  readonly variables: readonly Variable[];
  readonly cpuCount: (limit: Reading<number> | null) => Surroundings['cpuCount'];
}

/** What a project's files say of the servers that they start. */
export interface Project {
  readonly deployments: readonly Deployment[];
  /** What starts a server that was not read. */
  readonly unjudged: readonly Unjudged[];
  /** Every file that was read, those found by reference included. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly notes: readonly Note[];
  readonly failures: readonly Failure[];
}

/** A server's own configuration file is known by that server; other files by their platform. */
const kindIn = (source: Source): FileKind | undefined =>
  MANUALS.some((manual) => manual.owns(source)) ? 'conf' : kindOf(source.file, source.text);

/** A Python file that imports a server to start it, and is not by its name a configuration file. */
const isProgram = (source: Source): boolean =>
  !SERVERS.some(({ files }) => files?.test(baseName(source.alias ?? source.file))) &&
  importedServer(source) !== null;
function templateFailure(source: Source, kind: FileKind | undefined): Failure | null {
  if (kind === undefined) return null;
  try {
    refuseTemplate(source, kind);
    return null;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { file: source.file, message: error.message, isTemplate: true };
  }
}

/** Reads files together: each by its own format, then all of them into the servers they start. */
export async function readProject(input: ProjectInput): Promise<Project> {
  const sources = new Map(input.sources.map((source) => [source.file, source]));
  const failures: Failure[] = [];
  const kinds = new Map(input.sources.map((source) => [source, kindIn(source)]));
  const filled = input.sources.filter((source) => {
    const template = templateFailure(source, kinds.get(source));
    if (template) failures.push(template);
    return !template;
  });
  const load: Load = (path) => {
    const found = sources.get(path) ?? input.load(path);
    if (found) sources.set(found.file, found);
    return found;
  };
  const ofKind = (kind: FileKind) => filled.filter((source) => kinds.get(source) === kind);
  const dotenv = ofKind('dotenv').flatMap((source) => readDotenv(source));
  const heldConfs: Source[] = [];
  const read = await readServices({
    sources: filled,
    kindOf: (source) => kinds.get(source),
    found: input.found ?? new Set(),
    dotenv,
    overrides: input.variables,
    load,
    addConf: (source) => heldConfs.push(source),
  });
  failures.push(...read.failures);
  const usedConfs = new Set<Source>();
  const isHeld = ({ file, text }: Source) => heldConfs.some((one) => one.file === file && one.text === text);
  const given = [...ofKind('conf').filter((source) => !isHeld(source)), ...heldConfs];
  const programs = ofKind('conf').filter(isProgram);
  const lookup: Lookup = {
    given,
    find: (path, from, among) => findFile(path, from, among ?? given, among ? () => null : load),
    load,
    used: (source) => usedConfs.add(source),
    failed: (file, message) => failures.push({ file, message }),
  };
  const { deployments, unjudged, notes } = assemble({
    services: read.services,
    dockerfiles: read.dockerfiles,
    images: read.images,
    scripts: ofKind('script'),
    supervisors: ofKind('supervisor'),
    programs: () => programs.filter((source) => !usedConfs.has(source)),
    load,
    dotenv,
    overrides: input.variables,
    lookup,
    cpuCount: input.cpuCount,
  });
  const peek: Load = (path) => sources.get(path) ?? input.load(path);
  // A server's deployments of the same files have the same pins: a list may hold a thousand of them.
  const pins = new Map<string, Pinned | null>();
  const pinOf = (deployment: Deployment): Pinned | null => {
    const key = [deployment.server.name, ...deployment.files].join('\n');
    if (!pins.has(key)) pins.set(key, pinnedVersion(deployment, peek));
    return pins.get(key) ?? null;
  };
  const withVersion = (deployment: Deployment): Deployment => {
    const pinned = pinOf(deployment);
    if (pinned) load(pinned.at.file);
    return pinned ? { ...deployment, pinned } : deployment;
  };
  const alone = given
    .filter((source) => !usedConfs.has(source) && !programs.includes(source))
    .flatMap((source) => confAlone(source, [...dotenv, ...input.variables], input.cpuCount(null), lookup));
  return {
    deployments: withOwnNames([...deployments, ...alone]).map(withVersion),
    unjudged: [...unjudged, ...ofKind('other-server').map(otherServer)],
    sources,
    notes: [...notes, ...read.notes],
    failures: distinct(failures),
  };
}

/** Servers of the same name get their file's name too, and a number where that is not enough. */
function withOwnNames(deployments: readonly Deployment[]): readonly Deployment[] {
  const times = new Map<string, number>();
  for (const { name } of deployments) times.set(name, (times.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return deployments.map((deployment) => {
    if (times.get(deployment.name) === 1) return deployment;
    const name = `${deployment.name} (${deployment.at.file})`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { ...deployment, name: count === 1 ? name : `${name} #${count}` };
  });
}

const distinct = (failures: readonly Failure[]): Failure[] => [
  ...new Map(failures.map((failure) => [failure.message, failure])).values(),
];

/** A configuration file that nothing given refers to: servers of which nothing else is known. */
function confAlone(
  source: Source,
  variables: readonly Variable[],
  cpuCount: Surroundings['cpuCount'],
  lookup: Lookup,
): readonly Deployment[] {
  // What it is started with was not read: only the user's variables may be all of them.
  const given = environmentOf(variables);
  const environment = variables.length > 0 ? given : notListed(given);
  const outer: Surroundings = { environment, cpuCount };
  const owners = MANUALS.filter((manual) => manual.owns(source));
  const file = source.alias ?? baseName(source.file);
  for (const { server, readAlone } of owners.length > 0 ? owners : MANUALS) {
    const readings = readAlone(source, outer, lookup);
    if (readings.length === 0) continue;
    return readings.map((read) => ({
      name: readings.length > 1 && read.name !== undefined ? `${file} / ${read.name}` : file,
      server,
      platform: 'conf',
      at: source.at(0),
      files: [source.file],
      settings: effectiveSettings(server.commandLine, read.layers),
      app: read.app,
      environment: outer.environment,
      django: null,
      variables,
      resources: NO_RESOURCES,
      copies: ONE_COPY,
      traffic: NO_TRAFFIC,
      sharedWith: [],
      stopGraceSeconds: null,
      memoryDirectories: [],
      unknownFlags: read.unknownFlags,
      ignoredNames: read.ignoredNames,
      others: read.others ?? [],
      notes: read.notes,
      assumes: [],
    }));
  }
  return [];
}
