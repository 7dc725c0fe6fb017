import { lookUp } from '../../text/lookup.js';
import { wholeNumber } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import { baseName, type Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import { EMPTY_SERVICE, type ServiceReading, type Variable } from './service.js';
import { shellLine } from './shell-line.js';

/** MiB of App Engine's instance classes, second generation (Google, App Engine instance classes). */
const CLASSES: Readonly<Record<string, number>> = {
  F1: 384,
  F2: 768,
  F4: 1536,
  F4_1G: 3072,
  B1: 384,
  B2: 768,
  B4: 1536,
  B4_1G: 3072,
  B8: 3072,
};

const DEFAULT_CLASS = 'F1';

/** Requests that an instance of the standard environment is sent at once, where nothing is set. */
const DEFAULT_CONCURRENCY = 10;

/** The service of an `app.yaml` of App Engine, standard or flexible. */
export function readAppEngine(source: Source): readonly ServiceReading[] {
  return readYaml(source).flatMap((document) => {
    const runtime = document.get('runtime')?.text ?? '';
    if (!/^(python|custom)/.test(runtime)) return [];
    const entrypoint = document.get('entrypoint');
    const isFlexible = [document.get('env')?.text, document.get('vm')?.text].some(
      (text) => text === 'flex' || text === 'true',
    );
    const memory = document.path('resources', 'memory_gb');
    const size = document.get('instance_class');
    const scaling = document.get('automatic_scaling');
    const manual = document.path('manual_scaling', 'instances');
    const most = scaling?.get('max_instances') ?? scaling?.get('max_num_instances') ?? null;
    return [
      {
        ...EMPTY_SERVICE,
        name: document.get('service')?.text ?? baseName(source.file),
        platform: 'app-engine' as const,
        file: source.file,
        at: (entrypoint ?? document.get('runtime') ?? document).at,
        command: entrypoint?.text ? shellLine(entrypoint) : null,
        environment: (document.get('env_variables')?.entries() ?? []).map(
          ({ key, value }): Variable => ({ name: key, value: known(value.text ?? '', value.at) }),
        ),
        resources: {
          ...EMPTY_SERVICE.resources,
          cpuLimit: quantity(document.path('resources', 'cpu'), wholeNumber, 'number'),
          memoryLimitMiB: isFlexible
            ? quantity(memory, (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1024 : null), 'size')
            : classMemory(size, document),
        },
        copies: {
          ...EMPTY_SERVICE.copies,
          replicas: quantity(manual, wholeNumber, 'number'),
          most: quantity(most, wholeNumber, 'number'),
        },
        traffic: {
          ...EMPTY_SERVICE.traffic,
          concurrency: isFlexible ? null : concurrencyOf(scaling, document),
        },
        base:
          entrypoint?.text || runtime === 'custom'
            ? null
            : { image: `App Engine's runtime ${runtime}`, at: (document.get('runtime') ?? document).at },
      },
    ];
  });
}

function classMemory(size: YamlNode | null, document: YamlNode): Reading<number> {
  const memory = lookUp(CLASSES, size?.text ?? DEFAULT_CLASS);
  const { at } = size ?? document.get('runtime') ?? document;
  return memory === undefined ? unknown('this instance class is not known', at) : known(memory, at);
}

function concurrencyOf(
  scaling: YamlNode | null,
  document: YamlNode,
): ServiceReading['traffic']['concurrency'] {
  const set = quantity(scaling?.get('max_concurrent_requests') ?? null, wholeNumber, 'number');
  return {
    name: 'max_concurrent_requests',
    limit: set ?? known(DEFAULT_CONCURRENCY, (document.get('runtime') ?? document).at),
  };
}
