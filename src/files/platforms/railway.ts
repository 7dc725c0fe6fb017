import { readIni } from '../ini.js';
import { wholeNumber } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import type { CommandText } from '../shell/command-text.js';
import { joinPath, type Source, type Span } from '../text-file.js';
import { quantity, readYaml } from '../yaml-tree.js';
import { EMPTY_SERVICE, type ServiceReading } from './service.js';
import { shellLine } from './shell-line.js';

/** What a file of Railway's, or of the builders that it uses, says of the one service that it is about. */
interface Start {
  readonly at: Span;
  readonly command: CommandText | null;
  readonly replicas: Reading<number> | null;
  readonly dockerfile: string | null;
}

/** The service of a `railway.json`, `railway.toml` or `nixpacks.toml`. */
export function readRailway(source: Source): readonly ServiceReading[] {
  const { at, command, replicas, dockerfile } = /\.toml$/.test(source.file) ? inToml(source) : inJson(source);
  return [
    {
      ...EMPTY_SERVICE,
      name: 'web',
      platform: 'railway',
      file: source.file,
      at,
      command,
      copies: { ...EMPTY_SERVICE.copies, replicas },
      build:
        dockerfile === null ? null : { directory: '', dockerfile: joinPath('', dockerfile), target: null },
    },
  ];
}

function inJson(source: Source): Start {
  const [root] = readYaml(source);
  const command = root?.path('deploy', 'startCommand') ?? null;
  return {
    at: command?.at ?? source.at(0),
    command: command?.text ? shellLine(command) : null,
    replicas: quantity(root?.path('deploy', 'numReplicas') ?? null, wholeNumber, 'number'),
    dockerfile: root?.path('build', 'dockerfilePath')?.text ?? null,
  };
}

function inToml(source: Source): Start {
  const entries = readIni(source, { comments: '#' });
  const of = (section: string, key: string) =>
    entries.findLast((entry) => entry.section === section && entry.key === key);
  const command = of('deploy', 'startCommand') ?? of('start', 'cmd');
  const replicas = of('deploy', 'numReplicas');
  const count = replicas ? wholeNumber(replicas.value) : null;
  return {
    at: command?.at ?? source.at(0),
    command: command
      ? {
          kind: 'line',
          text: command.value,
          isShell: true,
          variables: 'shell',
          place: { source, from: command.from, to: command.to },
        }
      : null,
    replicas: replicas
      ? count === null
        ? unknown('this number is not read', replicas.at)
        : known(count, replicas.at)
      : null,
    dockerfile: of('build', 'dockerfilePath')?.value ?? null,
  };
}
