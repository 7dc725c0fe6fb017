import { readDotenv } from '../dotenv.js';
import { environmentOf } from '../environment.js';
import { composeMemoryMiB, composeSeconds, cpuCores, wholeNumber } from '../quantities.js';
import { known, type Reading, type Surroundings, unknown } from '../reading.js';
import { type CommandText, plainWord } from '../shell/command-text.js';
import { resolveParts } from '../shell/resolve-word.js';
import { type Part, splitWords } from '../shell/words.js';
import { baseName, directoryOf, joinPath, type Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import {
  EMPTY_SERVICE,
  type ReaderContext,
  type Resources,
  type ServiceReading,
  type Variable,
} from './service.js';

/** The services of a compose file. `${X}` is filled in from `.env` beside it, as Compose does. */
export function readCompose(source: Source, context: ReaderContext): readonly ServiceReading[] {
  const directory = directoryOf(source.file);
  const beside = context.load(joinPath(directory, '.env'));
  const variables = [...(beside ? readDotenv(beside) : []), ...context.dotenv, ...context.overrides];
  const fill = filler({ environment: environmentOf(variables), cpuCount: null });
  return readYaml(source).flatMap((document) =>
    (document.get('services')?.entries() ?? []).map(({ key, value }) =>
      readService(key, value, source, context, fill),
    ),
  );
}

type Fill = (node: YamlNode, text?: string) => Reading<string>;

function readService(
  name: string,
  node: YamlNode,
  source: Source,
  context: ReaderContext,
  fill: Fill,
): ServiceReading {
  const files = envFiles(node, source, context);
  const command = node.get('command');
  const build = node.get('build');
  const context_ = build?.text ?? build?.get('context')?.text ?? (build ? '.' : undefined);
  return {
    ...EMPTY_SERVICE,
    name,
    platform: 'compose',
    file: source.file,
    at: command?.at ?? node.at,
    entrypoint: commandOf(node.get('entrypoint'), source, fill),
    command: commandOf(command, source, fill),
    environment: [...files.variables, ...environment(node.get('environment'), fill)],
    environmentIncomplete: files.missing,
    resources: resourcesOf(node, fill),
    copies: {
      ...EMPTY_SERVICE.copies,
      replicas: quantity(
        node.path('deploy', 'replicas') ?? node.get('scale'),
        filled(fill, wholeNumber),
        'number',
      ),
    },
    stopGraceSeconds: quantity(node.get('stop_grace_period'), filled(fill, composeSeconds), 'duration'),
    memoryDirectories: directoriesOf(node.get('tmpfs')),
    build:
      context_ === undefined
        ? null
        : {
            directory: joinPath(directoryOf(source.file), context_),
            dockerfile: build?.get('dockerfile')?.text ?? null,
          },
    image: node.get('image')?.text ?? null,
  };
}

function resourcesOf(node: YamlNode, fill: Fill): Resources {
  const limits = node.path('deploy', 'resources', 'limits');
  const reservations = node.path('deploy', 'resources', 'reservations');
  const cpu = (at: YamlNode | null | undefined) =>
    quantity(at ?? null, filled(fill, cpuCores), 'number of CPUs');
  const memory = (at: YamlNode | null | undefined) =>
    quantity(at ?? null, filled(fill, composeMemoryMiB), 'size');
  return {
    cpuLimit: cpu(limits?.get('cpus') ?? node.get('cpus')),
    cpuRequest: cpu(reservations?.get('cpus')),
    memoryLimitMiB: memory(limits?.get('memory') ?? node.get('mem_limit')),
    memoryRequestMiB: memory(reservations?.get('memory') ?? node.get('mem_reservation')),
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

/** Compose fills in `$X` and `${X:-2}`, and `$$` is a dollar sign for the shell inside. */
function filler(outer: Surroundings): Fill {
  return (node, text = node.text ?? '') => {
    if (!text.includes('$')) return known(text, node.at);
    const parts: Part[] = [];
    for (const [i, piece] of text.split('$$').entries()) {
      if (i > 0) parts.push({ kind: 'text', text: '$' });
      parts.push(...interpolated(piece));
    }
    return resolveParts(parts, node.at, outer);
  };
}

/** Variables within a text that is otherwise left as it is. */
function interpolated(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$(?:[A-Za-z_]\w*|\{[^}]*\})/g)) {
    parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(...(splitWords(match[0].replaceAll(/\s/g, ''), 'shell')?.[0]?.parts ?? []));
    at = match.index + match[0].length;
  }
  return [...parts, { kind: 'text', text: text.slice(at) }];
}

/** A text is split into words without a shell; a list is words as they are. */
function commandOf(node: YamlNode | null, source: Source, fill: Fill): CommandText | null {
  if (!node || node.scalar === null) return null;
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

function environment(node: YamlNode | null, fill: Fill): Variable[] {
  if (!node) return [];
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

function envFiles(node: YamlNode, source: Source, context: ReaderContext) {
  const list = node.get('env_file');
  const paths = list?.isList ? list.items().map((item) => item.text ?? item.get('path')?.text) : [list?.text];
  const variables: Variable[] = [];
  let missing: string | null = null;
  for (const path of paths) {
    if (!path) continue;
    const file = context.load(joinPath(directoryOf(source.file), path));
    if (file) variables.push(...readDotenv(file));
    else missing = `env_file ${baseName(path)}, which was not given`;
  }
  return { variables, missing };
}

function directoriesOf(node: YamlNode | null): readonly string[] {
  const all = node?.isList ? node.items().map((item) => item.text ?? '') : [node?.text ?? ''];
  return all.map((path) => path.split(':')[0]!).filter((path) => path !== '');
}
