import { composeMemoryMiB, wholeNumber } from '../quantities.js';
import { known, unknown } from '../reading.js';
import type { Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import { EMPTY_SERVICE, type ServiceReading, type Variable } from './service.js';
import { shellLine } from './shell-line.js';

/** The processes of a manifest of Cloud Foundry (docs.cloudfoundry.org, App manifest attribute reference). */
export function readCloudFoundry(source: Source): readonly ServiceReading[] {
  return readYaml(source).flatMap((document) =>
    (document.get('applications')?.items() ?? []).flatMap((application) => {
      const processes = application.get('processes')?.items() ?? [];
      return processes.length === 0
        ? [processOf(application, application)]
        : processes.map((one) => processOf(application, one));
    }),
  );
}

/** One process, which takes from its application what it does not say. */
function processOf(application: YamlNode, one: YamlNode): ServiceReading {
  const said = (key: string) => one.get(key) ?? application.get(key);
  const name = said('name')?.text ?? 'application';
  const type = one.get('type')?.text;
  const command = said('command');
  return {
    ...EMPTY_SERVICE,
    name: type === undefined ? name : `${name} / ${type}`,
    platform: 'cloud-foundry',
    file: one.source.file,
    at: (command ?? said('name') ?? one).at,
    command: command?.text ? shellLine(command) : null,
    environment: (application.get('env')?.entries() ?? []).map(variableOf),
    resources: {
      ...EMPTY_SERVICE.resources,
      memoryLimitMiB: quantity(said('memory'), composeMemoryMiB, 'size'),
    },
    copies: { ...EMPTY_SERVICE.copies, replicas: quantity(said('instances'), wholeNumber, 'number') },
    image: application.path('docker', 'image')?.text ?? null,
  };
}

/** `((name))` is filled in by `cf push --var`. */
function variableOf({ key, value }: { readonly key: string; readonly value: YamlNode }): Variable {
  const text = value.text ?? '';
  return {
    name: key,
    value: text.includes('((')
      ? unknown(`${text} is filled in when it is pushed`, value.at, key)
      : known(text, value.at),
  };
}
