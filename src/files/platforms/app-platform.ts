import { lookUp } from '../../text/lookup.js';
import { wholeNumber } from '../quantities.js';
import { known, unknown } from '../reading.js';
import { joinPath, type Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import { EMPTY_SERVICE, type Resources, type ServiceReading, type Variable } from './service.js';
import { shellLine } from './shell-line.js';

/** Cores and GB of the sizes whose names do not say them (DigitalOcean, App Platform pricing). */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  'basic-xxs': [1, 0.5],
  'basic-xs': [1, 1],
  'basic-s': [1, 2],
  'basic-m': [2, 4],
};

/** The services and workers of an `app.yaml` of DigitalOcean's App Platform (App Specification reference). */
export function readAppPlatform(source: Source): readonly ServiceReading[] {
  return readYaml(source).flatMap((document) => {
    // `doctl apps spec` keeps them below a key of their own.
    const spec = document.get('spec') ?? document;
    const shared = spec.get('envs')?.items() ?? [];
    return ['services', 'workers'].flatMap((key) =>
      (spec.get(key)?.items() ?? []).map((component) => componentOf(component, shared)),
    );
  });
}

function componentOf(component: YamlNode, shared: readonly YamlNode[]): ServiceReading {
  const command = component.get('run_command');
  const dockerfile = component.get('dockerfile_path')?.text;
  const own = component.get('envs')?.items() ?? [];
  const variables = [...shared, ...own].flatMap(variableOf);
  const name = component.get('name') ?? component;
  const scaling = component.get('autoscaling');
  return {
    ...EMPTY_SERVICE,
    name: component.get('name')?.text ?? 'service',
    platform: 'app-platform',
    file: component.source.file,
    at: (command ?? name).at,
    command: command?.text ? shellLine(command) : null,
    environment: dockerfile === undefined ? [byBuildpack(name), ...variables] : variables,
    resources: resourcesOf(component.get('instance_size_slug')),
    copies: {
      ...EMPTY_SERVICE.copies,
      replicas: quantity(component.get('instance_count'), wholeNumber, 'number'),
      most: quantity(scaling?.get('max_instance_count') ?? null, wholeNumber, 'number'),
    },
    build:
      dockerfile === undefined
        ? null
        : {
            directory: joinPath('', component.get('source_dir')?.text ?? '.'),
            dockerfile: joinPath('', dockerfile),
            target: null,
          },
  };
}

/** Its buildpack for Python is Heroku's. */
function byBuildpack({ at }: YamlNode): Variable {
  const name = 'WEB_CONCURRENCY';
  return {
    name,
    value: unknown(
      `the buildpack may set ${name} by the size of the instance where nothing else does`,
      at,
      name,
    ),
  };
}

/** A variable that is there at run time; `${db.X}` and secrets are filled in by the platform. */
function variableOf(item: YamlNode): Variable[] {
  const name = item.get('key')?.text;
  const value = item.get('value');
  if (name === undefined || item.get('scope')?.text === 'BUILD_TIME') return [];
  if (value?.text === undefined || item.get('type')?.text === 'SECRET' || value.text.includes('${'))
    return [{ name, value: unknown(`${name} is set outside of the file`, item.at, name) }];
  return [{ name, value: known(value.text, value.at) }];
}

function resourcesOf(slug: YamlNode | null): Resources {
  if (slug?.text === undefined) return EMPTY_SERVICE.resources;
  const written = /^apps-[sd]-(\d+)vcpu-(\d+(?:\.\d+)?)gb/.exec(slug.text);
  const [cores, gb] = written ? [Number(written[1]), Number(written[2])] : (lookUp(SIZES, slug.text) ?? []);
  if (!cores || !gb) return EMPTY_SERVICE.resources;
  return {
    ...EMPTY_SERVICE.resources,
    cpuLimit: known(cores, slug.at),
    memoryLimitMiB: known(gb * 1024, slug.at),
  };
}
