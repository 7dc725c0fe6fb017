import { MOST_VARIABLES, refuseMany } from '../../limits.js';
import { cpuCores, kubernetesMemoryMiB } from '../../quantities.js';
import { known, type Reading, unknown } from '../../reading.js';
import { textReading, type YamlNode } from '../../yaml-tree.js';
import type { ServiceReading, Variable } from '../service.js';
import { kindOfObject, nameOf } from './objects.js';

/** Variables of a config map or secret, and the file of further ones that is not there, if there is one. */
interface HeldMap {
  readonly data: YamlNode | null;
  readonly missing: string | null;
}

export type HeldMaps = ReadonlyMap<string, HeldMap>;

/** Config maps, and secrets that are generated of what is known, by kind and name. */
export function heldMaps(
  objects: readonly YamlNode[],
  generated: ReadonlyMap<string, string | null>,
): HeldMaps {
  const maps = new Map<string, HeldMap>();
  for (const object of objects) {
    const name = `${kindOfObject(object)}/${nameOf(object)}`;
    if (kindOfObject(object) === 'ConfigMap' || generated.has(name))
      maps.set(name, { data: object.get('data'), missing: generated.get(name) ?? null });
  }
  return maps;
}

/** The variables of a container, and why there may be more. */
export function environmentOf(
  container: YamlNode,
  maps: HeldMaps,
): Pick<ServiceReading, 'environment' | 'environmentIncomplete'> {
  const variables: Variable[] = [];
  let incomplete: string | null = null;
  for (const from of container.get('envFrom')?.items() ?? []) {
    const kind = from.get('configMapRef') ? 'ConfigMap' : 'Secret';
    const name = (from.get('configMapRef') ?? from.get('secretRef'))?.get('name')?.text ?? 'a reference';
    const prefix = from.get('prefix')?.text ?? '';
    const held = maps.get(`${kind}/${name}`);
    for (const { key, value } of held?.data?.entries() ?? [])
      variables.push({ name: prefix + key, value: textReading(value) });
    if (!held) incomplete = `envFrom ${name}, which was not given`;
    else if (held.missing !== null) incomplete = `envFrom ${name}, whose file ${held.missing} was not given`;
    else if (held.data?.unread !== undefined) incomplete = `envFrom ${name}: ${held.data.unread}`;
  }
  for (const item of container.get('env')?.items() ?? []) {
    const name = item.get('name')?.text;
    if (name) variables.push({ name, value: variableOf(name, item, container, maps) });
  }
  for (const key of ['env', 'envFrom']) incomplete ??= container.get(key)?.unread ?? null;
  refuseMany(container.source.file, variables.length, MOST_VARIABLES, 'variables for one container');
  return {
    environment: variables.map((one) => withReferences(one, variables)),
    environmentIncomplete: incomplete,
  };
}

/** `$(X)` in a value is filled in with the variables before it. */
function withReferences({ name, value }: Variable, all: readonly Variable[]): Variable {
  if (!value.known || !value.value.includes('$(')) return { name, value };
  let open = false;
  const text = value.value.replace(
    /(\$?)\$\(([A-Za-z_][\w.-]*)\)/g,
    (whole, dollar: string, other: string) => {
      if (dollar !== '') return whole.slice(1);
      const found = all.find((one) => one.name === other)?.value;
      if (found?.known) return found.value;
      open ||= found !== undefined;
      return whole;
    },
  );
  return {
    name,
    value: open ? unknown('it refers to variables that are not known', value.at) : { ...value, value: text },
  };
}

function variableOf(name: string, item: YamlNode, container: YamlNode, maps: HeldMaps): Reading<string> {
  const value = item.get('value');
  if (value) return textReading(value);
  const key = item.path('valueFrom', 'configMapKeyRef');
  const secretKey = item.path('valueFrom', 'secretKeyRef');
  const map = key?.get('name')?.text ?? '';
  const held = maps.get(key ? `ConfigMap/${map}` : `Secret/${secretKey?.get('name')?.text}`);
  const found = held?.data?.get((key ?? secretKey)?.get('key')?.text ?? '');
  if (found) return textReading(found);
  const resource = item.path('valueFrom', 'resourceFieldRef');
  if (resource) return resourceField(resource, container);
  return item.get('valueFrom')
    ? unknown(
        `${name} comes from ${key ? `config map ${map}` : 'a secret or another object'}, which was not given`,
        item.at,
        name,
      )
    : known('', item.at);
}

/** A limit or request as a variable: divided by `divisor` and rounded up (Kubernetes, Downward API). */
function resourceField(reference: YamlNode, container: YamlNode): Reading<string> {
  const resource = reference.get('resource')?.text ?? '';
  const [section = '', name = ''] = resource.split('.');
  const node =
    container.path('resources', section, name) ??
    (section === 'requests' ? container.path('resources', 'limits', name) : null);
  const parse = (text: string) => (name === 'cpu' ? cpuCores(text) : kubernetesMemoryMiB(text));
  const amount = node?.text === undefined ? null : parse(node.text);
  if (amount === null)
    return unknown(`there is no ${resource}, for which the machine's own is taken`, reference.at);
  const divisor = reference.get('divisor')?.text ?? '1';
  const unit = divisor === '0' ? parse('1') : parse(divisor);
  return unit
    ? known(String(Math.ceil(amount / unit - 1e-9)), reference.at)
    : unknown('its divisor is not read', reference.at);
}
