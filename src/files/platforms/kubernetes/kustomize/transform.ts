import { lookUp } from '../../../../text/lookup.js';
import { unknown } from '../../../reading.js';
import type { Source } from '../../../text-file.js';
import { readYaml, type YamlNode } from '../../../yaml-tree.js';
import { embeddedYaml } from './embedded.js';
import { inNamespace, labelled, type Resource, renamed } from './names.js';
import { laidOver, merged, patched, scaled, withImage } from './patches.js';
import { replaced } from './replacements.js';

type Resources = readonly Resource[];

/** How files that a kustomization names are opened. */
export interface Files {
  /** Null where it is not there. */
  readonly open: (path: string) => Source | null;
  /** Refuses to go on where it is not there. */
  readonly need: (path: string) => Source;
  /** Objects of a file, of a directory with a kustomization, or of a text that is written in its place. */
  readonly objects: (item: YamlNode) => readonly YamlNode[] | null;
}

type Change = (resources: Resources, config: YamlNode, files: Files) => Resources;

const each =
  (key: string, change: Change): Change =>
  (resources, root, files) =>
    (root.get(key)?.items() ?? []).reduce((before, item) => change(before, item, files), resources);

const withPatch: Change = (resources, item, { need }) => patched(resources, item, need);
const withMerged: Change = (resources, item, { need }) => merged(resources, item, need);
const withNames: Change = (resources, config) =>
  renamed(
    resources,
    (config.get('prefix') ?? config.get('namePrefix'))?.text ?? '',
    (config.get('suffix') ?? config.get('nameSuffix'))?.text ?? '',
  );
const withAnnotations: Change = (resources, config) =>
  labelled(
    resources,
    'annotations',
    config.get('annotations') ?? config.get('commonAnnotations'),
    config.get('commonAnnotations') !== null,
  );
const withLabels: Change = (resources, item) => {
  const isInPods = ['includeSelectors', 'includeTemplates'].some((key) => item.get(key)?.text === 'true');
  return labelled(resources, 'labels', item.get('pairs'), isInPods);
};

const withReplacements: Change = each('replacements', (resources, item, { open }) => {
  const path = item.get('path');
  const file = path?.text === undefined ? null : open(path.text);
  if (path && !file)
    return mayBeChanged(
      resources,
      path,
      `the replacements of ${path.text}, which was not given, may change it`,
    );
  const documents = file ? readYaml(file) : [item];
  return documents.flatMap((one) => (one.isList ? one.items() : [one])).reduce(replaced, resources);
});

/** What a kustomization makes of its resources, in the order in which kustomize does (`configureBuiltinTransformers`). */
const STEPS: readonly Change[] = [
  each('patchesStrategicMerge', withMerged),
  each('patches', withPatch),
  (resources, root) => inNamespace(resources, root.get('namespace')),
  withNames,
  (resources, root) => labelled(resources, 'labels', root.get('commonLabels'), true),
  each('labels', withLabels),
  withAnnotations,
  each('patchesJson6902', withPatch),
  each('replicas', scaled),
  each('images', withImage),
  withReplacements,
  each('transformers', withTransformer),
];

export const transformed = (resources: Resources, root: YamlNode, files: Files): Resources =>
  STEPS.reduce((before, step) => step(before, root, files), resources);

/** Transformers of kustomize's own, by their kinds. */
const OWN: Readonly<Record<string, Change>> = {
  PatchTransformer: withPatch,
  PatchJson6902Transformer: withPatch,
  PatchStrategicMergeTransformer: (resources, config, files) => {
    const text = config.get('patches')?.text;
    const written = text === undefined ? [] : embeddedYaml(config, text);
    return each('paths', withMerged)(
      written.reduce((before, patch) => laidOver(before, patch, null), resources),
      config,
      files,
    );
  },
  ReplicaCountTransformer: (resources, config) => scaled(resources, config.get('replica') ?? config),
  ImageTagTransformer: (resources, config) => withImage(resources, config.get('imageTag') ?? config),
  PrefixTransformer: withNames,
  SuffixTransformer: withNames,
  PrefixSuffixTransformer: withNames,
  LabelTransformer: (resources, config) => labelled(resources, 'labels', config.get('labels'), false),
  AnnotationsTransformer: withAnnotations,
  NamespaceTransformer: (resources, config) => inNamespace(resources, config.path('metadata', 'namespace')),
  ReplacementTransformer: withReplacements,
  HashTransformer: (resources) => resources,
  SortOrderTransformer: (resources) => resources,
};

/** An item of `transformers`; what is not kustomize's own may change anything. */
function withTransformer(resources: Resources, item: YamlNode, files: Files): Resources {
  const configs = files.objects(item);
  if (!configs)
    return mayBeChanged(
      resources,
      item,
      `the transformers of ${item.text}, which was not given, may change it`,
    );
  return configs.reduce((before, config) => {
    const kind = config.get('kind')?.text ?? '';
    const own = lookUp(OWN, kind);
    if (own) return own(before, config, files);
    return mayBeChanged(before, item, `the transformer ${kind} may change it, and is not followed`);
  }, resources);
}

const mayBeChanged = (resources: Resources, at: YamlNode, why: string): Resources =>
  resources.map((one) => ({ mayChange: unknown(why, at.at), ...one }));
