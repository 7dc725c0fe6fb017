import { SourceError } from '../../../host/errors.js';
import { readDotenv } from '../../dotenv.js';
import { environmentOf } from '../../environment.js';
import { MOST_SERVICES, MOST_VARIABLES, refuseMany } from '../../limits.js';
import { composeMemoryMiB, composeSeconds, cpuCores, wholeNumber } from '../../quantities.js';
import { unknown } from '../../reading.js';
import { type CommandText, plainWord } from '../../shell/command-text.js';
import { baseName, directoryOf, joinPath, type Source } from '../../text-file.js';
import { quantity, readYaml, type YamlNode } from '../../yaml-tree.js';
import {
  EMPTY_SERVICE,
  type ReaderContext,
  type Resources,
  type ServiceReading,
  type Variable,
} from '../service.js';
import { type Fill, filler, Layers } from './layers.js';
import { mountsOf } from './mounts.js';

/**
 * The services of Compose files that are used together, a later one over those before it, as with several `-f`. `${X}` is
 * filled in from `.env` beside the first, as Compose does.
 */
export function readCompose(
  sources: readonly Source[],
  context: ReaderContext,
  depth = 0,
): readonly ServiceReading[] {
  const [first] = sources;
  if (!first) return [];
  const besides = context.load(joinPath(directoryOf(first.file), '.env'));
  const variables = [...(besides ? readDotenv(besides) : []), ...context.dotenv, ...context.overrides];
  const fill = filler({ environment: environmentOf(variables), cpuCount: null });
  const documents = sources.flatMap((source) => readYaml(source));
  const names = namesOf(documents);
  refuseMany(first.file, names.size, MOST_SERVICES, 'services');
  const open = (path: string): Source => {
    const source = context.load(path);
    if (source) return source;
    throw new SourceError(
      `${first.file}: it includes ${path}, which was not given; name it among the files to check`,
    );
  };
  const included = depth < DEEPEST ? documents.flatMap(includedBy) : [];
  const further = included.flatMap((paths) => readCompose(paths.map(open), context, depth + 1));
  const services = [...names].map((name) => {
    const own = documents.flatMap((document) => document.path('services', name) ?? []);
    const extended: Extended = { layers: [], missing: null };
    for (const node of own) extendedLayers(node, context, extended, 0);
    return readService(name, new Layers(extended.layers, fill), extended.missing, documents, context);
  });
  return [...services, ...further.filter(({ name }) => !names.has(name))];
}

/** `include`: paths of projects that are part of this one; several files of one are laid over each other. */
const includedBy = (document: YamlNode): readonly (readonly string[])[] =>
  (document.get('include')?.items() ?? []).map((item) => {
    const path = item.get('path') ?? item;
    const paths = (path.isList ? path.items() : [path]).map(({ text }) => text ?? '');
    return paths.map((one) => joinPath(directoryOf(document.source.file), one));
  });

/** The files that a Compose file includes. */
export const includedFiles = (source: Source): readonly string[] =>
  /^["']?include\b/m.test(source.text) ? readYaml(source).flatMap(includedBy).flat() : [];

const namesOf = (documents: readonly YamlNode[]): ReadonlySet<string> =>
  new Set(documents.flatMap((document) => (document.get('services')?.entries() ?? []).map(({ key }) => key)));

/** The names of the services that one Compose file speaks of. */
export const serviceNames = (source: Source): ReadonlySet<string> => namesOf(readYaml(source));

interface Extended {
  readonly layers: YamlNode[];
  missing: string | null;
}

const DEEPEST = 10;

/** A service after those that it extends. */
function extendedLayers(node: YamlNode, context: ReaderContext, extended: Extended, depth: number): void {
  const from = node.get('extends');
  const service = from?.text ?? from?.get('service')?.text;
  if (service !== undefined && depth < DEEPEST) {
    const path = from?.get('file')?.text;
    const source =
      path === undefined ? node.source : context.load(joinPath(directoryOf(node.source.file), path));
    const base =
      source &&
      readYaml(source)
        .flatMap((document) => document.path('services', service) ?? [])
        .at(0);
    if (base) extendedLayers(base, context, extended, depth + 1);
    else extended.missing = `service ${service} of ${path ?? node.source.file}, which was not given`;
  }
  extended.layers.push(node);
}

function readService(
  name: string,
  layers: Layers,
  missing: string | null,
  documents: readonly YamlNode[],
  context: ReaderContext,
): ServiceReading {
  const { fill } = layers;
  const files = envFiles(layers.all('env_file'), context);
  const command = layers.path('command');
  const entrypoint = layers.path('entrypoint');
  const node = layers.nodes.at(-1)!;
  const own = layers.all('environment').flatMap((one) => environment(one, fill));
  refuseMany(node.source.file, own.length, MOST_VARIABLES, 'variables for one service');
  return {
    ...EMPTY_SERVICE,
    name,
    platform: 'compose',
    file: (command ?? node).source.file,
    at: command?.at ?? node.at,
    entrypoint: commandOf(entrypoint, fill),
    command: commandOf(command, fill),
    environment: [...files.variables, ...own],
    environmentIncomplete: files.missing ?? missing,
    resources: resourcesOf(layers, fill),
    copies: {
      ...EMPTY_SERVICE.copies,
      replicas: quantity(
        layers.path('deploy', 'replicas') ?? layers.path('scale'),
        filled(fill, wholeNumber),
        'number',
      ),
    },
    stopGraceSeconds: quantity(layers.path('stop_grace_period'), filled(fill, composeSeconds), 'duration'),
    memoryDirectories: layers.all('tmpfs').flatMap(directoriesOf),
    mounts: mountsOf(layers, documents),
    build: buildOf(layers),
    image: layers.path('image')?.text ?? null,
  };
}

function buildOf(layers: Layers): ServiceReading['build'] {
  const build = layers.path('build');
  if (!build) return null;
  const context = build.text ?? layers.path('build', 'context')?.text ?? '.';
  const read = (node: YamlNode | null) => {
    const value = node ? layers.fill(node) : null;
    return value?.known ? value.value : null;
  };
  return {
    directory: joinPath(directoryOf(build.source.file), context),
    dockerfile: read(layers.path('build', 'dockerfile')),
    target: read(layers.path('build', 'target')),
  };
}

function resourcesOf(layers: Layers, fill: Fill): Resources {
  const limit = (name: string) => layers.path('deploy', 'resources', 'limits', name);
  const reservation = (name: string) => layers.path('deploy', 'resources', 'reservations', name);
  const cpu = (at: YamlNode | null | undefined) =>
    quantity(at ?? null, filled(fill, cpuCores), 'number of CPUs');
  const memory = (at: YamlNode | null | undefined) =>
    quantity(at ?? null, filled(fill, composeMemoryMiB), 'size');
  return {
    cpuLimit: cpu(limit('cpus') ?? layers.path('cpus')),
    cpuRequest: cpu(reservation('cpus')),
    memoryLimitMiB: memory(limit('memory') ?? layers.path('mem_limit')),
    memoryRequestMiB: memory(reservation('memory') ?? layers.path('mem_reservation')),
  };
}

const POINT = { file: '', line: 1, column: 1, endColumn: 2 };

/** Parses a quantity once its variables are filled in. */
const filled =
  <T>(fill: Fill, parse: (text: string) => T | null) =>
  (text: string): T | null => {
    const value = fill({ at: POINT } as YamlNode, text);
    return value.known ? parse(value.value) : null;
  };

/** A text is split into words without a shell; a list is words as they are. */
function commandOf(node: YamlNode | null, fill: Fill): CommandText | null {
  if (!node || node.scalar === null) return null;
  const { source } = node;
  const place = { source, from: node.from, to: node.to };
  if (node.isList)
    return {
      kind: 'words',
      words: node.items().map((item) => {
        const at = { source, from: item.from, to: item.to };
        const value = fill(item);
        return value.known
          ? plainWord(value.value, at)
          : { parts: [{ kind: 'substitution', text: value.why }], at: item.at, place: at };
      }),
    };
  const text = node.text ?? '';
  const whole = fill(node);
  return {
    kind: 'line',
    text: whole.known ? whole.value : text,
    isShell: false,
    variables: whole.known ? 'none' : 'shell',
    place,
  };
}

function environment(node: YamlNode, fill: Fill): Variable[] {
  if (node.isList)
    return node.items().flatMap((item): Variable[] => {
      const match = /^([^=\s]+)(?:=([\s\S]*))?$/.exec(item.text ?? '');
      if (!match) return [];
      const [, name = '', text] = match;
      const shift = item.to - item.from - (item.text ?? '').length === 2 ? 1 : 0;
      const from = item.at.column + shift + name.length + 1;
      const at = { ...item.at, column: Math.min(from, item.at.endColumn - 1) };
      if (text === undefined) return [{ name, value: unknown(`${name} is passed on from outside`, item.at) }];
      const value = fill({ ...item, at }, text);
      return [{ name, value }];
    });
  return node.entries().map(({ key, value }) => ({
    name: key,
    value:
      value.scalar === null && value.text === ''
        ? unknown(`${key} is passed on from outside`, value.at)
        : fill(value),
  }));
}

const MOST_ENV_FILES = 100;

function envFiles(lists: readonly YamlNode[], context: ReaderContext) {
  const paths = lists.flatMap((list) =>
    (list.isList ? list.items() : [list]).flatMap((item) => {
      const path = item.text ?? item.get('path')?.text;
      return path ? [{ path, from: directoryOf(item.source.file) }] : [];
    }),
  );
  const variables: Variable[] = [];
  let missing: string | null = null;
  refuseMany(lists[0]?.source.file ?? '', paths.length, MOST_ENV_FILES, 'env_files for one service');
  for (const { path, from } of paths) {
    const file = context.load(joinPath(from, path));
    if (file) variables.push(...readDotenv(file));
    else missing = `env_file ${baseName(path)}, which was not given`;
    refuseMany(lists[0]?.source.file ?? '', variables.length, MOST_VARIABLES, 'variables for one service');
  }
  return { variables, missing };
}

function directoriesOf(node: YamlNode): readonly string[] {
  const all = node.isList ? node.items().map((item) => item.text ?? '') : [node.text ?? ''];
  return all.map((path) => path.split(':')[0]!).filter((path) => path !== '');
}
