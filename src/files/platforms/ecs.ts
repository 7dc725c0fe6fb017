import { wholeNumber } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import { type CommandText, placedWord } from '../shell/command-text.js';
import type { Source } from '../text-file.js';
import { quantity, readYaml, type YamlNode } from '../yaml-tree.js';
import { EMPTY_SERVICE, type ServiceReading, type Variable } from './service.js';

/** The containers of an ECS task definition; what has no limit of its own shares that of the task. */
export function readEcs(source: Source): readonly ServiceReading[] {
  return readYaml(source).flatMap((document) => {
    const task = document.get('taskDefinition') ?? document;
    const containers = task.get('containerDefinitions')?.items() ?? [];
    return containers.map((container) => containerOf(container, task, containers));
  });
}

function containerOf(container: YamlNode, task: YamlNode, all: readonly YamlNode[]): ServiceReading {
  const name = container.get('name')?.text ?? 'container';
  const command = container.get('command');
  const stop = container.get('stopTimeout');
  const own = container.get('memory');
  const isOpen = (other: YamlNode) => other !== container && !other.get('memory');
  return {
    ...EMPTY_SERVICE,
    name: `${task.get('family')?.text ?? 'task'} / ${name}`,
    platform: 'ecs',
    file: container.source.file,
    at: (command ?? container.get('name') ?? container).at,
    entrypoint: wordsOf(container.get('entryPoint')),
    command: wordsOf(command),
    environment: [
      ...(container.get('environment')?.items() ?? []).flatMap((item): Variable[] => {
        const value = item.get('value');
        const key = item.get('name')?.text;
        return key && value ? [{ name: key, value: known(value.text ?? '', value.at) }] : [];
      }),
      ...(container.get('secrets')?.items() ?? []).flatMap((item): Variable[] => {
        const key = item.get('name')?.text;
        return key ? [{ name: key, value: unknown(`${key} comes from a secret`, item.at, key) }] : [];
      }),
    ],
    environmentIncomplete: container.get('environmentFiles')?.items().length
      ? 'environmentFiles, which were not given'
      : null,
    resources: {
      ...EMPTY_SERVICE.resources,
      cpuLimit: sizeOf(task.get('cpu'), 1024, /vcpu$/i) ?? sizeOf(container.get('cpu'), 1024, /vcpu$/i),
      memoryLimitMiB: sizeOf(own, 1, null) ?? sizeOf(task.get('memory'), 1, /gb$/i),
      memoryRequestMiB: sizeOf(container.get('memoryReservation'), 1, null),
    },
    sharedWith: own ? [] : all.filter(isOpen).flatMap((other) => other.get('name')?.text ?? []),
    stopGraceSeconds: quantity(stop, wholeNumber, 'number of seconds'),
    image: container.get('image')?.text ?? null,
  };
}

function wordsOf(node: YamlNode | null): CommandText | null {
  if (!node?.isList || node.items().length === 0) return null;
  return {
    kind: 'words',
    words: node.items().map((item) =>
      placedWord([{ kind: 'text', text: item.text ?? '' }], {
        source: item.source,
        from: item.from,
        to: item.to,
      }),
    ),
  };
}

/** `"512"`, `512`, `"0.5 GB"`, `"1 vCPU"`; 1024 CPU units are a core. */
function sizeOf(node: YamlNode | null, per: number, unit: RegExp | null): Reading<number> | null {
  const text = node?.text?.trim();
  if (!node || text === undefined || text === '' || text === '0') return null;
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text);
  if (!match) return unknown(`${text.slice(0, 40)} is not read`, node.at);
  const value = Number(match[1]);
  if (unit?.test(match[2]!)) return known(per === 1 ? value * 1024 : value, node.at);
  return match[2] === '' ? known(value / per, node.at) : unknown(`${text.slice(0, 40)} is not read`, node.at);
}
