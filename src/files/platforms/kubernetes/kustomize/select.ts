import { globMatches } from '../../../shell/glob.js';
import type { YamlNode } from '../../../yaml-tree.js';
import { fitsSelector } from '../label-selector.js';
import { kindOfObject, nameOf } from '../objects.js';
import { namespacesOf, type Resource } from './names.js';

/** Whether something has a name, or had it before: kustomize finds what a patch names by either. */
export const isCalled = ({ object, formerNames }: Resource, name: string | undefined): boolean =>
  name !== undefined && (nameOf(object) === name || formerNames.includes(name));

/**
 * Whether a text fits a pattern of kustomize as a whole. Such a pattern is a regular expression, of whose syntax that is
 * followed which names need: `.`, `.*`, `.+`, `|` and a group around all.
 */
const fitsPattern = (text: string, pattern: string): boolean =>
  pattern
    .replace(/^\^?(.*?)\$?$/s, '$1')
    .replace(/^\((?:\?:)?([^()]*)\)$/, '$1')
    .split('|')
    .some((part) => part === text || globMatches(text, globOf(part)) === true);

/** Whether a pattern of kustomize is found anywhere in a text, unless `^` and `$` say where. */
export const findsPattern = (text: string, pattern: string): boolean =>
  pattern
    .split('|')
    .some((part) =>
      fitsPattern(text, `${/^\^/.test(part) ? '' : '.*'}${part}${/\$$/.test(part) ? '' : '.*'}`),
    );

const globOf = (pattern: string): string =>
  pattern
    .replace(/^\^|\$$/g, '')
    .replaceAll('.*', '*')
    .replaceAll('.+', '?*')
    .replace(/\\?\./g, (dot) => (dot === '.' ? '?' : '.'));

const SELECTORS = [
  ['labelSelector', 'labels'],
  ['annotationSelector', 'annotations'],
] as const;

/** Whether an object is the one that a patch laid over it is about. */
export const isPatchedBy = ({ object, ...more }: Resource, patch: YamlNode): boolean =>
  kindOfObject(object) === (patch.get('kind')?.text ?? kindOfObject(object)) &&
  isCalled({ object, ...more }, patch.path('metadata', 'name')?.text);

type Fits = (text: string, wanted: string) => boolean;

/** Whether an object is among those that the target of a patch or a replacement names, by patterns. */
export const isTarget = (resource: Resource, target: YamlNode): boolean =>
  hasIdentity(resource, target, fitsPattern) &&
  SELECTORS.every(([selector, place]) => {
    const wanted = target.get(selector)?.text;
    return wanted === undefined || fitsSelector(wanted, resource.object.path('metadata', place));
  });

/** Whether an object is the one that the source of a replacement names. */
export const isSource = (resource: Resource, source: YamlNode): boolean =>
  hasIdentity(resource, source, (text, wanted) => text === wanted);

/** By group, version, kind, name and namespace, of which a selector leaves out what does not matter. */
function hasIdentity(resource: Resource, selector: YamlNode, fits: Fits): boolean {
  const { object, formerNames } = resource;
  const [version = '', group = ''] = (object.get('apiVersion')?.text ?? '').split('/').reverse();
  const namespaces = namespacesOf(resource);
  const is = (key: string, texts: readonly string[]) => {
    const wanted = selector.get(key)?.text ?? '';
    return wanted === '' || texts.some((text) => fits(text, wanted));
  };
  return (
    is('kind', [kindOfObject(object)]) &&
    is('name', [nameOf(object), ...formerNames]) &&
    (version === '' || (is('group', [group]) && is('version', [version]))) &&
    // Where none is written, an overlay may give one.
    (namespaces.length === 0 || is('namespace', namespaces))
  );
}
