import type { Load } from '../../files/find-file.js';
import type { FileKind } from '../../files/kind.js';
import type { Applied } from '../../files/platforms/kubernetes/workloads.js';
import { readFormation, readProcfile } from '../../files/platforms/procfile.js';
import type { ReaderContext, ServiceReading, Variable } from '../../files/platforms/service.js';
import { baseName, directoryOf, joinPath, type Source } from '../../files/text-file.js';
import { SourceError, TemplateError } from '../../host/errors.js';
import type { Note } from './deployment.js';

/** A file that could not be read, and the sentence that says why. */
export interface Failure {
  readonly file: string;
  readonly message: string;
  readonly isTemplate?: boolean;
}

export interface ServicesInput {
  readonly sources: readonly Source[];
  readonly kindOf: (source: Source) => FileKind | undefined;
  /** Files that were come across and not named. */
  readonly found: ReadonlySet<string>;
  readonly dotenv: readonly Variable[];
  readonly overrides: readonly Variable[];
  readonly load: Load;
  readonly addConf: (source: Source) => void;
}

export interface ServicesFound {
  readonly services: readonly ServiceReading[];
  readonly dockerfiles: readonly ServiceReading[];
  /** The image of each service that is built from a Dockerfile of the project. */
  readonly images: ReadonlyMap<ServiceReading, ServiceReading>;
  readonly notes: readonly Note[];
  readonly failures: readonly Failure[];
}

/** Reads every file by its own format into the services that it describes. */
export async function readServices(input: ServicesInput): Promise<ServicesFound> {
  const failures: Failure[] = [];
  const attempt = <T>(source: Source, read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      const failure = failureOf(error, source);
      if (!failures.some(({ message }) => message === failure.message)) failures.push(failure);
      return null;
    }
  };
  const kinds = new Map(input.sources.map((source) => [source, input.kindOf(source)]));
  const ofKind = (kind: FileKind) => input.sources.filter((source) => kinds.get(source) === kind);
  const context: ReaderContext = input;
  const services: ServiceReading[] = [];
  const formations = ofKind('app-json').flatMap(
    (source) => attempt(source, () => readFormation(source)) ?? [],
  );
  for (const source of ofKind('procfile')) services.push(...readProcfile(source, formations[0]));
  services.push(...(await composed(ofKind('compose'), input, attempt)));
  const objects = await applied(ofKind('kubernetes'), ofKind('kustomization'), context, attempt);
  services.push(...objects.services);
  for (const [{ file }, kind] of kinds)
    if (kind === undefined && !objects.used.has(file))
      failures.push({ file, message: `${file}: ${UNKNOWN_KIND}` });
  services.push(...(await units(ofKind('systemd'), context)));
  for (const [kind, load] of Object.entries(SINGLE))
    for (const source of ofKind(kind as FileKind)) {
      const read = await load();
      services.push(...(attempt(source, () => read(source)) ?? []));
    }
  const { readDockerfile } = await import('../../files/platforms/dockerfile.js');
  const dockerfiles = ofKind('dockerfile').flatMap(
    (source) => attempt(source, () => readDockerfile(source)) ?? [],
  );
  const images = new Map<ServiceReading, ServiceReading>();
  for (const service of services) {
    const source = service.build && dockerfileOf(service.build, ofKind('dockerfile'), input.load);
    const [image] = source
      ? (attempt(source, () => readDockerfile(source, service.build!.target)) ?? [])
      : [];
    if (image) images.set(service, image);
  }
  return { services, dockerfiles, images, notes: objects.notes, failures };
}

const SINGLE: Readonly<Record<string, () => Promise<(source: Source) => readonly ServiceReading[]>>> = {
  fly: async () => (await import('../../files/platforms/fly.js')).readFly,
  render: async () => (await import('../../files/platforms/render.js')).readRender,
  'app-engine': async () => (await import('../../files/platforms/app-engine.js')).readAppEngine,
  'cloud-foundry': async () => (await import('../../files/platforms/cloud-foundry.js')).readCloudFoundry,
  'app-platform': async () => (await import('../../files/platforms/app-platform.js')).readAppPlatform,
  railway: async () => (await import('../../files/platforms/railway.js')).readRailway,
  ecs: async () => (await import('../../files/platforms/ecs.js')).readEcs,
};

type Attempt = <T>(source: Source, read: () => T) => T | null;

/**
 * Compose files of one directory: those that were named are used together in their order, as with `-f`. Of those that
 * were come across an override is laid over the first; others are a project each, laid over the first where they are not
 * complete by themselves.
 */
async function composed(
  sources: readonly Source[],
  input: ServicesInput,
  attempt: Attempt,
): Promise<readonly ServiceReading[]> {
  if (sources.length === 0) return [];
  const { includedFiles, readCompose, serviceNames } = await import(
    '../../files/platforms/compose/services.js'
  );
  const services: ServiceReading[] = [];
  const included = new Set(sources.flatMap((source) => attempt(source, () => includedFiles(source)) ?? []));
  for (const directory of new Set(sources.map(({ file }) => directoryOf(file)))) {
    const all = sources.filter(({ file }) => directoryOf(file) === directory && !included.has(file));
    if (all.length === 0) continue;
    for (const { sources: group, isLaidOver } of composeGroups(all, input)) {
      const last = group.at(-1)!;
      const read = attempt(last, () => readCompose(group, input)) ?? [];
      // What the file that is laid over does not speak of was read with the file beneath.
      const names = isLaidOver ? attempt(last, () => serviceNames(last)) : null;
      services.push(...(names ? read.filter(({ name }) => names.has(name)) : read));
    }
  }
  return services;
}

const BASE = /^(docker-)?compose\.ya?ml$/;
const OVERRIDE = /^(docker-)?compose\.override\.ya?ml$/;

interface ComposeGroup {
  readonly sources: readonly Source[];
  /** The last is one of several that are laid over the first, each by itself. */
  readonly isLaidOver?: true;
}

function composeGroups(all: readonly Source[], { found, load }: ServicesInput): readonly ComposeGroup[] {
  const named = all.filter(({ file }) => !found.has(file));
  const across = all.filter(({ file }) => found.has(file));
  const groups: ComposeGroup[] = [];
  if (named.length > 0) groups.push({ sources: named.length === 1 ? withOverride(named[0]!, load) : named });
  const base = across.find(({ file }) => BASE.test(baseName(file)));
  const override = across.find(({ file }) => OVERRIDE.test(baseName(file)));
  if (base) groups.push({ sources: override ? [base, override] : [base] });
  for (const source of across) {
    if (source === base || (base && source === override)) continue;
    groups.push(
      base && !isComplete(source) ? { sources: [base, source], isLaidOver: true } : { sources: [source] },
    );
  }
  return groups;
}

const OVERRIDES: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** A Compose file of the name that is read without being named, with the override beside it that is read then too. */
function withOverride(base: Source, load: Load): readonly Source[] {
  if (!BASE.test(baseName(base.file))) return [base];
  for (const name of OVERRIDES) {
    const override = load(joinPath(directoryOf(base.file), name));
    if (override) return [base, override];
  }
  return [base];
}

/** Whether a Compose file says of itself what its services are made of. */
const isComplete = ({ text }: Source): boolean => /^[ \t]+(image|build|extends)\s*:/m.test(text);

interface AppliedServices extends Pick<ServicesFound, 'services' | 'notes'> {
  /** Files that have a part in a kustomization. */
  readonly used: ReadonlySet<string>;
}

async function applied(
  manifests: readonly Source[],
  kustomizations: readonly Source[],
  context: ReaderContext,
  attempt: Attempt,
): Promise<AppliedServices> {
  if (manifests.length + kustomizations.length === 0) return { services: [], notes: [], used: new Set() };
  const { readKubernetes } = await import('../../files/platforms/kubernetes/workloads.js');
  const { objectsOf } = await import('../../files/platforms/kubernetes/objects.js');
  const { kustomize } = await import('../../files/platforms/kubernetes/kustomize/build.js');
  const builds = kustomizations.map((source) => {
    const used = new Set<string>();
    const unread: Note[] = [];
    const within = {
      ...context,
      used: (file: string) => used.add(file),
      unread: (one: Note) => unread.push(one),
    };
    return { source, used, unread, built: attempt(source, () => kustomize(source, within)) };
  });
  const isPart = (source: Source) => builds.some((one) => one.source !== source && one.used.has(source.file));
  // One that is part of another is built with that.
  const whole = builds.filter(({ source }) => !isPart(source));
  const used = new Set(builds.flatMap((one) => [...one.used]));
  const rest = manifests.filter(({ file }) => !used.has(file));
  const objects = rest.flatMap((source) => attempt(source, () => objectsOf(source, context)) ?? []);
  const groups: Applied[] = [...whole.flatMap(({ built }) => built ?? []), { objects }];
  return {
    services: groups.flatMap((group) => readKubernetes(group, context)),
    notes: whole.flatMap(({ unread }) => unread),
    used,
  };
}

async function units(sources: readonly Source[], context: ReaderContext): Promise<readonly ServiceReading[]> {
  if (sources.length === 0) return [];
  const { isDropIn, readSystemd } = await import('../../files/platforms/systemd.js');
  const dropIns = sources.filter(({ file }) => isDropIn(file));
  return sources
    .filter(({ file }) => !isDropIn(file))
    .flatMap((source) => readSystemd(source, dropIns, context));
}

/** The Dockerfile that an image is built from: the one that is named, or the one in its directory. */
function dockerfileOf(
  { directory, dockerfile }: NonNullable<ServiceReading['build']>,
  given: readonly Source[],
  load: Load,
): Source | null {
  const path = joinPath(directory, dockerfile ?? 'Dockerfile');
  const named = given.find(({ file }) => file === path);
  if (named) return named;
  const beside =
    dockerfile === null
      ? given.find(({ file }) => directoryOf(file) === (directory === '.' ? '' : directory))
      : undefined;
  return beside ?? load(path) ?? (dockerfile === null ? load(joinPath(directory, 'Containerfile')) : null);
}

const UNKNOWN_KIND =
  'this kind of file is not known; accepted: gunicorn.conf.py, Procfile, Dockerfile, compose and Kubernetes YAML, kustomizations, systemd units, supervisord.conf, fly.toml, render.yaml, app.yaml, manifests of Cloud Foundry, railway.json, ECS task definitions, .env files and shell scripts';

function failureOf(error: unknown, { file }: Source): Failure {
  if (error instanceof SourceError)
    return { file, message: error.message, isTemplate: error instanceof TemplateError };
  // A parser ran out of stack.
  if (error instanceof RangeError) return { file, message: `${file}: it is nested too deeply to be read` };
  throw error;
}
