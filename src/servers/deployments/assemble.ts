import { environmentOf } from '../../files/environment.js';
import { imageOf, scriptAmong, wholeCommand } from '../../files/platforms/image.js';
import type { ServiceReading, Variable } from '../../files/platforms/service.js';
import { type Reading, type Surroundings, unknown } from '../../files/reading.js';
import { resolveParts } from '../../files/shell/resolve-word.js';
import { findServer, type ServerCommand, type Start } from '../find.js';
import { effectiveSettings } from '../layers.js';
import type { Lookup } from '../manual.js';
import { manualOf } from '../manuals.js';
import type { Deployment, Note, Unjudged } from './deployment.js';
import { unjudgedStart } from './unjudged.js';

/** Everything that deployments are put together from. */
export interface Parts {
  readonly services: readonly ServiceReading[];
  readonly dockerfiles: readonly ServiceReading[];
  readonly scripts: readonly ServiceReading[];
  /** Variables of `.env` files that were given. */
  readonly dotenv: readonly Variable[];
  /** Variables given by the user, which win over all. */
  readonly overrides: readonly Variable[];
  readonly lookup: Lookup;
  /** What `cpu_count()` answers on a server with such a CPU limit. */
  readonly cpuCount: (limit: Reading<number> | null) => Surroundings['cpuCount'];
}

export interface Assembled {
  readonly deployments: readonly Deployment[];
  readonly unjudged: readonly Unjudged[];
  /** What is started and is no server, and other things that people should know. */
  readonly notes: readonly Note[];
}

/** Follows every service to the server that it starts, through its image, its script and its configuration file. */
export function assemble(parts: Parts): Assembled {
  const usedImages = new Set<ServiceReading>();
  const usedScripts = new Set<ServiceReading>();
  const notes: Note[] = [];
  const deployments: Deployment[] = [];
  const unjudged: Unjudged[] = [];
  const follow = (service: ServiceReading, image: ServiceReading | null): void => {
    const command = wholeCommand(service, image);
    if (!command) return;
    const found = findServer(command);
    const { start, script } = throughScripts(found, parts.scripts, image ?? service);
    if (script) usedScripts.add(script);
    if (start.kind === 'server') {
      if (image) usedImages.add(image);
      deployments.push(deploymentOf(service, image, script, start.command, parts));
      return;
    }
    const open = unjudgedStart(service, image, script, start);
    if (open && image) usedImages.add(image);
    if (open) unjudged.push(open);
    else notes.push({ at: service.at, message: notAServer(service, start) });
  };
  for (const service of parts.services) follow(service, imageOf(service, parts.dockerfiles));
  for (const dockerfile of parts.dockerfiles) if (!usedImages.has(dockerfile)) follow(dockerfile, null);
  for (const script of parts.scripts) if (!usedScripts.has(script)) follow(script, null);
  return { deployments, unjudged, notes };
}

/** What the command text itself sets, each value over those before it. */
function assigned(assignments: ServerCommand['assignments'], before: Surroundings): readonly Variable[] {
  const set: Variable[] = [];
  for (const { name, value, isConditional } of assignments) {
    const get = (other: string) =>
      set.findLast((variable) => variable.name === other)?.value ?? before.environment.get(other);
    const environment = { get, incomplete: before.environment.incomplete };
    const own = resolveParts(value.parts, value.at, { ...before, environment });
    const reading = isConditional ? eitherOf(name, get(name), own) : own;
    set.push({ name, value: reading });
  }
  return set;
}

/** A variable that may keep what it had. */
function eitherOf(name: string, before: Reading<string> | undefined, now: Reading<string>): Reading<string> {
  const valuesOf = (reading: Reading<string> | undefined) => {
    if (reading === undefined) return [''];
    return reading.known ? [reading.value] : reading.alternatives;
  };
  const [old, fresh] = [valuesOf(before), valuesOf(now)];
  const alternatives = old && fresh ? { alternatives: [...new Set([...old, ...fresh])] } : {};
  return { ...unknown(`${name} is set under a condition`, now.at), ...alternatives };
}

const notAServer = (service: ServiceReading, start: Exclude<Start, { kind: 'server' }>): string =>
  start.kind === 'other'
    ? `${service.name} starts ${start.program}, not Gunicorn`
    : `the command of ${service.name} cannot be read: ${start.why}`;

function throughScripts(
  start: Start,
  scripts: readonly ServiceReading[],
  image: ServiceReading,
): { readonly start: Start; readonly script: ServiceReading | null } {
  if (start.kind !== 'other') return { start, script: null };
  const script = scriptAmong(start.words, scripts, image);
  return script?.command ? { start: findServer(script.command), script } : { start, script: null };
}

function deploymentOf(
  service: ServiceReading,
  image: ServiceReading | null,
  script: ServiceReading | null,
  command: ServerCommand,
  parts: Parts,
): Deployment {
  const isBare = service.platform === 'procfile' || service.platform === 'script';
  const given = [...(image?.environment ?? []), ...(isBare ? parts.dotenv : []), ...service.environment];
  const incomplete = service.environmentIncomplete;
  const cpuCount = parts.cpuCount(service.resources.cpuLimit);
  const before: Surroundings = {
    environment: environmentOf([...given, ...parts.overrides], incomplete),
    cpuCount,
  };
  const typed = assigned(command.assignments, before);
  const variables = [...given, ...typed, ...parts.overrides];
  const outer: Surroundings = { environment: environmentOf(variables, incomplete), cpuCount };
  const manual = manualOf(command.server);
  const read = manual.read({
    at: command.at,
    words: command.args,
    outer,
    file: service.file,
    lookup: parts.lookup,
  });
  return {
    name: service.name,
    server: command.server,
    platform: service.platform,
    at: command.at,
    files: [
      ...new Set(
        [service.file, image?.file, script?.file, read.configFile].filter(
          (file) => file !== undefined && file !== null,
        ),
      ),
    ],
    settings: effectiveSettings(command.server.commandLine, read.layers),
    app: read.app,
    environment: outer.environment,
    variables,
    resources: service.resources,
    copies: service.copies,
    stopGraceSeconds: service.stopGraceSeconds,
    memoryDirectories: service.memoryDirectories,
    unknownFlags: read.unknownFlags,
    ignoredNames: read.ignoredNames,
    notes: [
      ...command.others.map((at) => ({
        at,
        message: `${command.server.title} is started here too; the last start is the one that is read`,
      })),
      ...read.notes,
    ],
    assumes: read.assumes,
  };
}
