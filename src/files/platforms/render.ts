import { lookUp } from '../../text/lookup.js';
import { wholeNumber } from '../quantities.js';
import { known, unknown } from '../reading.js';
import { joinPath, type Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import { EMPTY_SERVICE, type Resources, type ServiceReading, type Variable } from './service.js';
import { shellLine } from './shell-line.js';

/** Cores and MiB of Render's plans (render.com, Pricing). */
const PLANS: Readonly<Record<string, readonly [number, number]>> = {
  free: [0.1, 512],
  starter: [0.5, 512],
  standard: [1, 2048],
  pro: [2, 4096],
  'pro plus': [4, 8192],
  'pro max': [4, 16_384],
  'pro ultra': [8, 32_768],
};

const SERVING = new Set(['web', 'pserv', 'worker']);

/** The services of a `render.yaml`. */
export function readRender(source: Source): readonly ServiceReading[] {
  return readYaml(source).flatMap((document) => {
    const groups = new Map(
      (document.get('envVarGroups')?.items() ?? []).map((group) => [group.get('name')?.text ?? '', group]),
    );
    return (document.get('services')?.items() ?? [])
      .filter((service) => SERVING.has(service.get('type')?.text ?? ''))
      .map((service) => serviceOf(service, groups));
  });
}

function serviceOf(service: YamlNode, groups: ReadonlyMap<string, YamlNode>): ServiceReading {
  const start = service.get('startCommand');
  const docker = service.get('dockerCommand');
  const command = start ?? docker;
  const isDocker = [service.get('runtime')?.text, service.get('env')?.text].includes('docker');
  const path = service.get('dockerfilePath')?.text;
  const most = service.path('scaling', 'maxInstances');
  return {
    ...EMPTY_SERVICE,
    name: service.get('name')?.text ?? 'service',
    platform: 'render',
    file: service.source.file,
    at: (command ?? service.get('name') ?? service).at,
    command: command ? shellLine(command) : null,
    ...environmentOf(service, groups),
    resources: resourcesOf(service.get('plan')),
    copies: {
      ...EMPTY_SERVICE.copies,
      replicas: quantity(service.get('numInstances'), wholeNumber, 'number'),
      most: quantity(most, wholeNumber, 'number'),
    },
    stopGraceSeconds: quantity(service.get('maxShutdownDelaySeconds'), wholeNumber, 'number'),
    build: isDocker
      ? {
          directory: service.get('rootDir')?.text ?? '',
          dockerfile: path ? joinPath('', path) : null,
          target: null,
        }
      : null,
  };
}

function environmentOf(
  service: YamlNode,
  groups: ReadonlyMap<string, YamlNode>,
): Pick<ServiceReading, 'environment' | 'environmentIncomplete'> {
  const variables: Variable[] = [];
  let incomplete: string | null = null;
  const add = (items: readonly YamlNode[]) => {
    for (const item of items) {
      const group = item.get('fromGroup')?.text;
      const name = item.get('key')?.text;
      const value = item.get('value');
      if (group !== undefined) {
        const found = groups.get(group);
        if (found) add(found.get('envVars')?.items() ?? []);
        else incomplete = `the group ${group}, which was not given`;
      } else if (name && value) variables.push({ name, value: known(value.text ?? '', value.at) });
      else if (name)
        variables.push({ name, value: unknown(`${name} is set outside of the file`, item.at, name) });
    }
  };
  add(service.get('envVars')?.items() ?? []);
  return { environment: variables, environmentIncomplete: incomplete };
}

function resourcesOf(plan: YamlNode | null): Resources {
  const found = plan?.text === undefined ? undefined : lookUp(PLANS, plan.text);
  if (!plan || !found) return EMPTY_SERVICE.resources;
  return {
    ...EMPTY_SERVICE.resources,
    cpuLimit: known(found[0], plan.at),
    memoryLimitMiB: known(found[1], plan.at),
  };
}
