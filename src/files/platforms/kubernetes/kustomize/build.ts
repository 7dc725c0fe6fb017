import { lookUp } from '../../../../text/lookup.js';
import type { Unknown } from '../../../reading.js';
import { directoryOf, joinPath, type Source, type Span } from '../../../text-file.js';
import { readYaml, type YamlNode } from '../../../yaml-tree.js';
import type { ReaderContext } from '../../service.js';
import { kindOfObject, nameOf, objectsOf } from '../objects.js';
import { embeddedYaml, texts } from './embedded.js';
import { generated } from './generators.js';
import type { Resource } from './names.js';
import { notGiven } from './patches.js';
import { type Files, transformed } from './transform.js';
import { type VarReference, withVars } from './vars.js';

/** What a kustomization builds. */
export interface Built {
  readonly objects: readonly YamlNode[];
  /** Of a generated config map or secret, by kind and name: the file of its variables that is not there, if there is one. */
  readonly generated: ReadonlyMap<string, string | null>;
  /** Of an object: what was not read and may change any of it. */
  readonly mayChange: ReadonlyMap<YamlNode, Unknown>;
}

/** Things of a kustomization that were not read. */
interface Unread {
  readonly at: Span;
  readonly message: string;
}

/** What is known of all kustomizations together. */
export interface Kustomizing extends Pick<ReaderContext, 'load' | 'overrides'> {
  /** Takes each file that has a part in one. */
  readonly used: (file: string) => void;
  readonly unread: (unread: Unread) => void;
}

const DEEPEST = 8;

/** Builds a kustomization, as `kustomize build` does for what sizes a server. */
export function kustomize(source: Source, context: Kustomizing): Built {
  const vars: YamlNode[] = [];
  const references: VarReference[] = [];
  const layer = build(source, { ...context, vars, references }, 0, []);
  const resources = withVars(layer, vars, references);
  return {
    objects: resources.map(({ object }) => object),
    generated: new Map(
      resources.flatMap(({ object, generated: of }) =>
        of ? [[`${kindOfObject(object)}/${nameOf(object)}`, of.missing] as const] : [],
      ),
    ),
    mayChange: new Map(
      resources.flatMap(({ object, mayChange }) => (mayChange ? [[object, mayChange] as const] : [])),
    ),
  };
}

interface Building extends Kustomizing {
  /** Vars of all kustomizations in it, which are filled in at the end. */
  readonly vars: YamlNode[];
  readonly references: VarReference[];
}

const GENERATED_KINDS: Readonly<Record<string, string>> = {
  configMapGenerator: 'ConfigMap',
  secretGenerator: 'Secret',
  ConfigMapGenerator: 'ConfigMap',
  SecretGenerator: 'Secret',
};

/** A kustomization over what comes before it, of which a component changes all. */
function build(
  source: Source,
  building: Building,
  depth: number,
  before: readonly Resource[],
): readonly Resource[] {
  const [root] = readYaml(source);
  building.used(source.file);
  if (!root) return before;
  const directory = directoryOf(source.file);
  const open = (path: string): Source | null => {
    const found = building.load(joinPath(directory, path));
    if (found) building.used(found.file);
    return found;
  };
  const need = (path: string): Source => {
    const found = open(path);
    if (!found) throw notGiven(source, path);
    return found;
  };
  const below = (path: string, over: readonly Resource[]): readonly Resource[] | null => {
    const inner = depth < DEEPEST ? kustomizationIn(joinPath(directory, path), building) : null;
    return inner && build(inner, building, depth + 1, over);
  };
  const objects = (path: string): readonly Resource[] | null => {
    const built = below(path, []);
    if (built) return built;
    const found = open(path);
    return found && objectsOf(found, building).map((object) => ({ object, formerNames: [] }));
  };
  const files: Files = {
    open,
    need,
    objects: (item) => {
      const text = item.text ?? '';
      if (/[\n{]/.test(text)) return embeddedYaml(item, text);
      return objects(text)?.map(({ object }) => object) ?? null;
    },
  };
  let resources = before;
  for (const key of ['bases', 'resources'])
    for (const item of root.get(key)?.items() ?? []) {
      const found = objects(item.text ?? '');
      if (found) resources = [...resources, ...found];
      else building.unread(unreadAt(item, `${item.text} is part of this kustomization and was not given`));
    }
  for (const key of ['configMapGenerator', 'secretGenerator'])
    for (const item of root.get(key)?.items() ?? [])
      resources = generated(resources, item, GENERATED_KINDS[key]!, open);
  for (const item of root.get('generators')?.items() ?? [])
    for (const config of files.objects(item) ?? [item]) {
      const kind = lookUp(GENERATED_KINDS, kindOfObject(config));
      if (kind !== undefined) resources = generated(resources, config, kind, open);
      else building.unread(unreadAt(item, madeBy(config, item)));
    }
  for (const key of ['helmCharts', 'helmChartInflationGenerator'])
    for (const item of root.get(key)?.items() ?? [])
      building.unread(
        unreadAt(item, `this kustomization also has what Helm makes of the chart ${chartOf(item)}`),
      );
  for (const path of texts(root.get('components'))) {
    const built = below(path, resources);
    if (!built) throw notGiven(source, path);
    resources = built;
  }
  building.vars.push(...(root.get('vars')?.items() ?? []));
  for (const path of texts(root.get('configurations')))
    for (const item of (open(path) ? readYaml(open(path)!) : []).flatMap(
      (one) => one.get('varReference')?.items() ?? [],
    ))
      building.references.push({ path: item.get('path')?.text ?? '', kind: item.get('kind')?.text });
  return transformed(resources, root, files);
}

const unreadAt = (item: YamlNode, what: string): Unread => ({
  at: item.at,
  message: `${what}: what that starts was not read`,
});

const madeBy = (config: YamlNode, item: YamlNode): string => {
  const kind = kindOfObject(config);
  if (kind === 'HelmChartInflationGenerator')
    return `this kustomization also has what Helm makes of the chart ${chartOf(config)}`;
  return kind === ''
    ? `the generators of ${item.text} are part of this kustomization and were not given`
    : `this kustomization also has what the generator ${kind} makes`;
};

const chartOf = (item: YamlNode): string =>
  (item.get('name') ?? item.get('chartName'))?.text ?? 'without a name';

function kustomizationIn(directory: string, { load }: Kustomizing): Source | null {
  for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
    const found = load(joinPath(directory, name));
    if (found) return found;
  }
  return null;
}
