import { environmentOf } from '../../files/environment.js';
import { imageOf, scriptAmong, wholeCommand } from '../../files/platforms/image.js';
import type { ServiceReading, Variable } from '../../files/platforms/service.js';
import {
  both,
  type Environment,
  known,
  type Reading,
  type Scalar,
  type Surroundings,
  unknown,
} from '../../files/reading.js';
import { resolveParts } from '../../files/shell/resolve-word.js';
import { splitWords } from '../../files/shell/words.js';
import type { Span } from '../../files/text-file.js';
import { type ArgsReading, readGunicornArgs } from '../gunicorn/arguments.js';
import { type ConfLookup, confLayer } from '../gunicorn/conf-layer.js';
import { findGunicorn, type GunicornCommand, type Start } from '../gunicorn/find.js';
import { effectiveSettings, type SettingLayer } from '../gunicorn/layers.js';
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
  readonly conf: ConfLookup;
  /** What `cpu_count()` answers on a server with such a CPU limit. */
  readonly cpuCount: (limit: Reading<number> | null) => Surroundings['cpuCount'];
}

export interface Assembled {
  readonly deployments: readonly Deployment[];
  readonly unjudged: readonly Unjudged[];
  /** What is started and is not Gunicorn, and other things that people should know. */
  readonly notes: readonly Note[];
}

/** Follows every service to the Gunicorn that it starts, through its image, its script and its configuration file. */
export function assemble(parts: Parts): Assembled {
  const usedImages = new Set<ServiceReading>();
  const usedScripts = new Set<ServiceReading>();
  const notes: Note[] = [];
  const deployments: Deployment[] = [];
  const unjudged: Unjudged[] = [];
  const follow = (service: ServiceReading, image: ServiceReading | null): void => {
    const command = wholeCommand(service, image);
    if (!command) return;
    const found = findGunicorn(command);
    const { start, script } = throughScripts(found, parts.scripts, image ?? service);
    if (script) usedScripts.add(script);
    if (start.kind === 'gunicorn') {
      if (image) usedImages.add(image);
      deployments.push(deploymentOf(service, image, script, start.command, parts));
      return;
    }
    const open = unjudgedStart(service, image, script, start);
    if (open && image) usedImages.add(image);
    if (open) unjudged.push(open);
    else notes.push({ at: service.at, message: notGunicorn(service, start) });
  };
  for (const service of parts.services) follow(service, imageOf(service, parts.dockerfiles));
  for (const dockerfile of parts.dockerfiles) if (!usedImages.has(dockerfile)) follow(dockerfile, null);
  for (const script of parts.scripts) if (!usedScripts.has(script)) follow(script, null);
  return { deployments, unjudged, notes };
}

/** What the command text itself sets, each value over those before it. */
function assigned(assignments: GunicornCommand['assignments'], before: Surroundings): readonly Variable[] {
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

const notGunicorn = (service: ServiceReading, start: Exclude<Start, { kind: 'gunicorn' }>): string =>
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
  return script?.command ? { start: findGunicorn(script.command), script } : { start, script: null };
}

function deploymentOf(
  service: ServiceReading,
  image: ServiceReading | null,
  script: ServiceReading | null,
  command: GunicornCommand,
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
  const args = readGunicornArgs(command.args, outer);
  const fromVariable = cmdArgsOf(outer);
  const conf = confLayer({ args, fromVariable, file: service.file, outer, lookup: parts.conf });
  const layers = [
    ...webConcurrencyLayer(outer.environment, command.at),
    ...conf.layers,
    ...(fromVariable ? [argsLayer('GUNICORN_CMD_ARGS', fromVariable)] : []),
    argsLayer('command line', args),
  ];
  return {
    name: service.name,
    platform: service.platform,
    at: command.at,
    files: [
      ...new Set(
        [service.file, image?.file, script?.file, conf.file].filter(
          (file) => file !== undefined && file !== null,
        ),
      ),
    ],
    settings: effectiveSettings(layers),
    app: args.app,
    environment: outer.environment,
    variables,
    resources: service.resources,
    copies: service.copies,
    stopGraceSeconds: service.stopGraceSeconds,
    memoryDirectories: service.memoryDirectories,
    unknownFlags: args.unknownFlags,
    ignoredNames: conf.ignoredNames,
    notes: [
      ...command.others.map((at) => ({
        at,
        message: 'Gunicorn is started here too; the last start is the one that is read',
      })),
      ...conf.notes,
      ...args.opaque.map(({ why, at }) => ({ at, message: why })),
    ],
    assumes: incomplete === null || fromVariable ? [] : [`GUNICORN_CMD_ARGS is not set by ${incomplete}`],
  };
}

function argsLayer(layer: SettingLayer['layer'], args: ArgsReading): SettingLayer {
  return { layer, settings: args.settings, mayAlsoSet: args.opaque[0] ?? null };
}

/** `WEB_CONCURRENCY` is the default of `workers`, no more; an empty one is kept, since Gunicorn fails on it. */
export function webConcurrencyLayer(environment: Environment, at: Span): SettingLayer[] {
  const name = 'WEB_CONCURRENCY';
  const value =
    environment.get(name) ??
    (environment.incomplete === null
      ? undefined
      : unknown(`${name} may be set by ${environment.incomplete}`, at, name));
  return value
    ? [
        {
          layer: 'WEB_CONCURRENCY',
          settings: new Map([['workers', value as Reading<Scalar>]]),
          mayAlsoSet: null,
        },
      ]
    : [];
}

/** The words of `GUNICORN_CMD_ARGS`, split as `shlex.split` does. */
export function cmdArgsOf(outer: Surroundings): ArgsReading | null {
  const value = outer.environment.get('GUNICORN_CMD_ARGS');
  if (!value) return null;
  const nothing = { settings: new Map(), app: null, unknownFlags: [] };
  if (!value.known) return { ...nothing, opaque: [{ why: value.why, at: value.at }] };
  const words = splitWords(value.value);
  if (!words)
    return { ...nothing, opaque: [{ why: 'the quotes of GUNICORN_CMD_ARGS do not match', at: value.at }] };
  const args = readGunicornArgs(
    words.map(({ parts, from, to }) => ({ parts, at: within(value.at, value.value, from, to), place: null })),
    outer,
  );
  const withAssumptions = (reading: Reading<Scalar>): Reading<Scalar> =>
    reading.known ? known(reading.value, reading.at, both(reading, value)) : reading;
  return {
    ...args,
    settings: new Map([...args.settings].map(([name, reading]) => [name, withAssumptions(reading)])),
  };
}

/** The place of a part of a text whose whole is at `at`, where the text stands there as it is or in quotes. */
function within(at: Span, text: string, from: number, to: number): Span {
  const quotes = (at.endColumn - at.column - text.length) / 2;
  if (quotes !== 0 && quotes !== 1) return at;
  return { ...at, column: at.column + quotes + from, endColumn: at.column + quotes + to };
}
