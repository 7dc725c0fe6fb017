import { SourceError } from '../../host/errors.js';
import { readDotenv } from '../dotenv.js';
import { known } from '../reading.js';
import { directoryOf, joinPath, type Source, sourceOf } from '../text-file.js';
import { edited, overlay } from '../yaml-overlay.js';
import { readYaml, type YamlNode } from '../yaml-tree.js';
import { kindOfObject, objectsOf } from './kubernetes-objects.js';
import {
  fitsPattern,
  type Generated,
  type HeldVariables,
  isCalled,
  type Named,
  NO_VARIABLES,
  type Resource,
  renamed,
} from './kustomize-names.js';
import { fitsSelector } from './label-selector.js';
import type { ReaderContext, Variable } from './service.js';

/** What a kustomization builds. */
export interface Built {
  readonly objects: readonly YamlNode[];
  /** Generated config maps and secrets, by their names. */
  readonly maps: ReadonlyMap<string, HeldVariables>;
  /** Files that have a part in it. */
  readonly files: ReadonlySet<string>;
}

const DEEPEST = 8;

const GENERATED_KINDS = { configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' } as const;

/** Builds each kustomization that no other one names, as `kustomize build` does for what sizes a server. */
export function kustomize(sources: readonly Source[], context: ReaderContext): readonly Built[] {
  const builds = sources.map((source) => ({ source, built: build(source, context, 0) }));
  const inner = new Set(
    builds.flatMap(({ source, built }) => [...built.files].filter((file) => file !== source.file)),
  );
  return builds
    .filter(({ source }) => !inner.has(source.file))
    .map(({ built: { resources, generated, ...built } }) => ({
      ...built,
      objects: resources.map(({ object }) => object),
      maps: new Map(generated.map((one) => [one.name, one])),
    }));
}

/** What one kustomization builds, for another that is laid over it. */
type Layer = Pick<Built, 'files'> & Named;

const NOTHING: Named = { resources: [], generated: [] };

/** A kustomization over what comes before it, of which a component changes all. */
function build(source: Source, context: ReaderContext, depth: number, before = NOTHING): Layer {
  const [root] = readYaml(source);
  const directory = directoryOf(source.file);
  const files = new Set([source.file]);
  let resources: Resource[] = [...before.resources];
  let generated: Generated[] = [...before.generated];
  const open = (path: string): Source | null => {
    const file = joinPath(directory, path);
    const found = context.load(file);
    if (found) files.add(found.file);
    return found;
  };
  for (const key of ['bases', 'resources', 'components'])
    for (const path of texts(root?.get(key))) {
      const below = depth < DEEPEST ? kustomizationIn(joinPath(directory, path), context) : null;
      if (below) {
        const isComponent = key === 'components';
        const built = build(below, context, depth + 1, isComponent ? { resources, generated } : NOTHING);
        if (isComponent) [resources, generated] = [[], []];
        resources.push(...built.resources);
        generated.push(...built.generated);
        for (const file of built.files) files.add(file);
      } else if (/\.(ya?ml|json)$/.test(path)) {
        const found = open(path);
        const objects = found ? objectsOf(found, context) : [];
        resources.push(...objects.map((object) => ({ object, formerNames: [] })));
      } else if (key === 'components') throw notGiven(source, path);
    }
  for (const key of ['configMapGenerator', 'secretGenerator'] as const)
    for (const generator of root?.get(key)?.items() ?? []) {
      const name = generator.get('name')?.text ?? '';
      const behavior = generator.get('behavior')?.text ?? 'create';
      const at = behavior === 'create' ? -1 : generated.findIndex((one) => isCalled(one, name));
      const of = generated[at] ?? { name, kind: GENERATED_KINDS[key], formerNames: [], ...NO_VARIABLES };
      const kept = behavior === 'merge' ? of : NO_VARIABLES;
      const own = variablesOf(generator, open);
      const variables = [...kept.variables, ...own.variables];
      const missing = own.missing ?? kept.missing;
      generated.splice(at < 0 ? generated.length : at, 1, { ...of, variables, missing });
    }
  const patch = (path: string): Source => {
    const found = open(path);
    if (!found) throw notGiven(source, path);
    return found;
  };
  const patches = root ? patched(resources, root, patch) : resources;
  return { ...renamed({ resources: patches, generated }, root), files };
}

/** What is laid over the rest may change any of it. */
const notGiven = ({ file }: Source, path: string): SourceError =>
  new SourceError(
    `${file}: it lays ${path} over its resources, which was not given; name it among the files to check`,
  );

function kustomizationIn(directory: string, context: ReaderContext): Source | null {
  for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
    const found = context.load(joinPath(directory, name));
    if (found) return found;
  }
  return null;
}

const texts = (list: YamlNode | null | undefined): readonly string[] =>
  list?.items().flatMap((item) => item.text ?? []) ?? [];

function variablesOf(generator: YamlNode, open: (path: string) => Source | null): HeldVariables {
  const literals = generator.get('literals')?.items() ?? [];
  const envs = [
    ...texts(generator.get('envs')),
    ...(generator.get('env')?.text ? [generator.get('env')!.text!] : []),
  ];
  const files = envs.map((path) => ({ path, file: open(path) }));
  const written = literals.flatMap((item): Variable[] => {
    const match = /^([^=]+)=([\s\S]*)$/.exec(item.text ?? '');
    if (!match) return [];
    const value = match[2]!.replace(/^(["'])(.*)\1$/, '$2');
    return [{ name: match[1]!, value: known(value, item.at) }];
  });
  return {
    variables: [...files.flatMap(({ file }) => (file ? readDotenv(file) : [])), ...written],
    missing: files.find(({ file }) => file === null)?.path ?? null,
  };
}

/** Applies patches, replicas and images. */
function patched(
  resources: readonly Resource[],
  root: YamlNode,
  open: (path: string) => Source,
): readonly Resource[] {
  let result = resources;
  const change = (isIt: (resource: Resource) => boolean, to: (object: YamlNode) => YamlNode | null) => {
    result = result.map((one) => (isIt(one) ? { ...one, object: to(one.object) ?? one.object } : one));
  };
  const apply = (patch: YamlNode, target: YamlNode | null) =>
    change(
      (resource) => fits(resource, target ?? patch, target !== null),
      (object) => overlay(object, patch),
    );
  const documents = (node: YamlNode | null): readonly YamlNode[] => {
    const text = node?.text;
    if (text === undefined) return [];
    if (/\n/.test(text) || /^\s*[-{]/.test(text)) return embeddedYaml(node!, text);
    return readYaml(open(text));
  };
  for (const item of root.get('patchesStrategicMerge')?.items() ?? [])
    for (const patch of documents(item)) apply(patch, null);
  for (const key of ['patches', 'patchesJson6902'])
    for (const item of root.get(key)?.items() ?? []) {
      const target = item.get('target');
      for (const patch of documents(item.get('path') ?? item.get('patch'))) {
        if (!patch.isList) apply(patch, target);
        else if (target)
          change(
            (resource) => fits(resource, target, true),
            (object) => operated(object, patch),
          );
      }
    }
  for (const item of root.get('replicas')?.items() ?? []) {
    const count = item.get('count');
    change(
      (resource) =>
        isCalled(resource, item.get('name')?.text) && resource.object.path('spec', 'template') !== null,
      (object) => edited(object, ['spec', 'replicas'], count),
    );
  }
  for (const item of root.get('images')?.items() ?? [])
    change(
      () => true,
      (object) => withImage(object, item),
    );
  return result;
}

const CONTAINERS: readonly (readonly string[])[] = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'containers'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
];

/** `images: [{name, newName, newTag}]`: the containers whose image has this name get the other. */
function withImage(object: YamlNode, item: YamlNode): YamlNode {
  const name = item.get('name')?.text;
  let result = object;
  for (const path of CONTAINERS)
    for (const [i, container] of (object.path(...path)?.items() ?? []).entries()) {
      const [, own, tag = ''] =
        /^([^@]*?)((?::[^/:@]*)?(?:@.*)?)$/.exec(container.get('image')?.text ?? '') ?? [];
      if (own === undefined || own !== name) continue;
      const digest = item.get('digest')?.text;
      const newTag = item.get('newTag')?.text;
      const ending = digest ? `@${digest}` : newTag ? `:${newTag}` : tag;
      const image = JSON.stringify(`${item.get('newName')?.text ?? own}${ending}`);
      const [node] = embeddedYaml(item, image);
      result = edited(result, [...path, String(i), 'image'], node ?? null) ?? result;
    }
  return result;
}

/** A patch that stands in the kustomization itself; its places are those of the text as a whole. */
function embeddedYaml(node: YamlNode, text: string): readonly YamlNode[] {
  const inner = sourceOf(node.source.file, text);
  return readYaml({ ...inner, at: () => node.at, line: node.source.line });
}

const SELECTORS = [
  ['labelSelector', 'labels'],
  ['annotationSelector', 'annotations'],
] as const;

/** Whether an object is the one that a patch, or the target of one, names. */
function fits(resource: Resource, wanted: YamlNode, isTarget: boolean): boolean {
  const kind = wanted.get('kind')?.text;
  const name = (isTarget ? wanted.get('name') : wanted.path('metadata', 'name'))?.text;
  if (kind !== undefined && kind !== kindOfObject(resource.object)) return false;
  if (isTarget)
    for (const [selector, place] of SELECTORS) {
      const wantedLabels = wanted.get(selector)?.text;
      const labels = resource.object.path('metadata', place);
      if (wantedLabels !== undefined && !fitsSelector(wantedLabels, labels)) return false;
    }
  if (name === undefined) return isTarget;
  return isTarget ? fitsPattern(resource, name) : isCalled(resource, name);
}

/** A JSON patch (RFC 6902): add, replace and remove. */
function operated(object: YamlNode, operations: YamlNode): YamlNode {
  let result = object;
  for (const operation of operations.items().slice(0, 200)) {
    const path = (operation.get('path')?.text ?? '').split('/').slice(1);
    const keys = path.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const isRemove = operation.get('op')?.text === 'remove';
    result = edited(result, keys, isRemove ? null : operation.get('value')) ?? result;
  }
  return result;
}
